package dev.samzabatch.format;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.samzabatch.job.Compression;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Packs and unpacks the bytes of files. A packed file may be several packed parts one after the other, as {@code cat}
 * makes them.
 */
public final class Packing {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int ZSTD_LEVEL = 3;

  private Packing() {}

  /** The compression of the file: the one it was given ({@link PackedFile}), else the one its name tells. */
  static Compression of(SourceFile file) {
    return file instanceof PackedFile packed
        ? packed.compression()
        : Compression.ofPath(file.name()).orElse(Compression.NONE);
  }

  /** What the name of a packed file ends with, for example {@code .gz}; empty for a plain one. */
  public static String extension(Compression compression) {
    return switch (compression) {
      case NONE -> "";
      case GZIP -> ".gz";
      case ZSTD -> ".zst";
    };
  }

  /** Unpacks a stream. Damaged or incomplete bytes are an {@link IOException} that says what is wrong with them. */
  static InputStream unpack(InputStream packed, Compression compression) throws IOException {
    return switch (compression) {
      case NONE -> packed;
      case GZIP -> new GzipInput(packed);
      case ZSTD -> new ZstdInputStream(packed);
    };
  }

  /**
   * Packs what is written; the packed bytes are complete when the result is closed, which closes {@code target} too.
   *
   * @throws IOException when the first bytes cannot be written
   */
  public static OutputStream pack(OutputStream target, Compression compression) throws IOException {
    return switch (compression) {
      case NONE -> new BufferedOutputStream(target, BUFFER_BYTES);
      case GZIP -> new BufferedOutputStream(new GZIPOutputStream(target, BUFFER_BYTES), BUFFER_BYTES);
      case ZSTD -> new BufferedOutputStream(new ZstdOutputStream(target, ZSTD_LEVEL), BUFFER_BYTES);
    };
  }
}
