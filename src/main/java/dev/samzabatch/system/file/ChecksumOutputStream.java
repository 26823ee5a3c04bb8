package dev.samzabatch.system.file;

import dev.samzabatch.system.FaultPoint;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Counts the bytes that go through it and sums them up as CRC32C. Closing it does not close what is behind it. Once a
 * write has failed it takes no more, since nobody knows how much of it was written. Used by one thread.
 */
final class ChecksumOutputStream extends FilterOutputStream {

  private final Path file;
  private final CRC32C checksum = new CRC32C();
  private long bytes;
  private boolean broken;

  /** A stream to the file that {@code out} writes; failures name it. */
  ChecksumOutputStream(OutputStream out, Path file) {
    super(out);
    this.file = file;
  }

  /** Counts bytes that stand in the file already. */
  void alreadyThere(byte[] buffer, int length) {
    checksum.update(buffer, 0, length);
    bytes += length;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int start, int length) throws IOException {
    refuseBroken();
    try {
      FaultPoint.PART_WRITE.reach();
      out.write(buffer, start, length);
    } catch (IOException e) {
      throw failed(e);
    }
    checksum.update(buffer, start, length);
    bytes += length;
  }

  /** Takes note of a failure, and gives it with the file's name. */
  IOException failed(IOException cause) {
    broken = true;
    return new IOException("cannot write " + file + ": " + cause.getMessage(), cause);
  }

  /** Fails when something has failed before. */
  void refuseBroken() throws IOException {
    if (broken) {
      throw new IOException("cannot write " + file + ": an earlier write failed");
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  /** How many bytes went through. */
  long bytes() {
    return bytes;
  }

  /** CRC32C of the bytes that went through. */
  long checksum() {
    return checksum.getValue();
  }
}
