package dev.samzabatch.format;

import com.github.luben.zstd.ZstdIOException;
import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.Compression;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.ZipException;

/**
 * The unpacked bytes of a file from some offset on. Counts the packed bytes read, and turns what is wrong with a packed
 * file into a {@link UserException} that names it.
 */
final class SplitStream extends InputStream {

  private final SourceFile file;
  private final Compression compression;
  private final Counted packed;
  private final InputStream unpacked;

  private SplitStream(SourceFile file, Compression compression, Counted packed) throws IOException {
    this.file = file;
    this.compression = compression;
    this.packed = packed;
    this.unpacked = open();
  }

  /** Opens a file at this offset in its unpacked bytes, which may lie behind their end. */
  static SplitStream open(SourceFile file, long offset) throws IOException {
    Compression compression = Packing.of(file);
    if (compression == Compression.NONE) {
      return new SplitStream(file, compression, new Counted(file.open(offset)));
    }
    SplitStream input = new SplitStream(file, compression, new Counted(file.open(0)));
    try {
      input.skipUpTo(offset);
      return input;
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  private void skipUpTo(long bytes) throws IOException {
    byte[] skipped = new byte[(int) Math.min(bytes, 1 << 16)];
    long left = bytes;
    while (left > 0) {
      int count = read(skipped, 0, (int) Math.min(left, skipped.length));
      if (count < 0) {
        return;
      }
      left -= count;
    }
  }

  /** How many bytes have been read of the file as it lies in the system. */
  long bytesRead() {
    return packed.count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    try {
      return unpacked.read(target, from, length);
    } catch (ZipException | EOFException | ZstdIOException e) {
      throw damaged(e);
    }
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  private InputStream open() throws IOException {
    try {
      if (compression == Compression.ZSTD && file.length() == 0) {
        throw new EOFException("it is incomplete: the file is empty");
      }
      return Packing.unpack(packed, compression);
    } catch (ZipException | EOFException e) {
      packed.close();
      throw damaged(e);
    } catch (IOException e) {
      packed.close();
      throw e;
    }
  }

  private UserException damaged(IOException cause) {
    boolean cut = cause instanceof EOFException
        || cause instanceof ZstdIOException && String.valueOf(cause.getMessage()).startsWith("Truncated");
    String what = cut ? "it is incomplete: the file ends too early" : readable(cause);
    return new UserException(
        ErrorKind.USER,
        Problem.error(
            "SB-3023",
            Place.of(file.name()),
            "this file cannot be unpacked as " + compression.name().toLowerCase(Locale.ROOT) + ": " + what + " (after "
                + packed.count + " of " + file.length()
                + " bytes)",
            "copy or make the file again; if it is packed in another way, set compress = none, gzip or zstd"),
        cause);
  }

  private static String readable(IOException cause) {
    return cause instanceof ZstdIOException ? "its bytes are damaged or not zstd (" + cause.getMessage() + ")"
        : cause.getMessage();
  }

  /** Counts what is read. */
  private static final class Counted extends FilterInputStream {

    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int read = super.read(target, from, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
