package dev.samzabatch.system.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * What shows that an output is published: this file has these bytes. For a directory it is {@code _SUCCESS}, which
 * names the run; a single file shows it by itself.
 *
 * @param file where the file is when the output is published
 * @param bytes its length
 * @param checksum CRC32C of its bytes
 */
public record Proof(Path file, long bytes, long checksum) {

  private static final int BUFFER = 64 << 10;

  /** The proof that a file of these bytes gives. */
  static Proof of(Path file, byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return new Proof(file, bytes.length, crc.getValue());
  }

  /** Whether the file is there with its bytes. */
  boolean holds() throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != bytes) {
      return false;
    }
    CRC32C crc = new CRC32C();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
      }
    }
    return crc.getValue() == checksum;
  }
}
