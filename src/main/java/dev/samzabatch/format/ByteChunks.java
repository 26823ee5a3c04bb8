package dev.samzabatch.format;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/**
 * The bytes of a split as a window that moves over them: one array, of which {@code [0, limit)} are bytes of the file
 * that follow each other. {@link #fill} moves what is still needed to the front and reads on behind it, so slices of
 * the array are good until then. Behind the limit there are {@link #SLACK} line ends, so that a search for one always
 * stops and eight bytes can be loaded from any index up to the limit.
 *
 * <p>
 * The window goes on behind the end of the split, where the last record of the split ends. Not thread-safe.
 */
final class ByteChunks implements Closeable {

  /** How many bytes lie behind the limit; all of them line ends. */
  static final int SLACK = 16;

  /** The usual size of the window. */
  static final int CHUNK_BYTES = 512 << 10;

  /** How much is read at first behind the end of the split, where only the rest of one record is wanted. */
  private static final int TAIL_BYTES = 32 << 10;

  private final FileSplit split;
  private final SplitStream in;
  private final int chunkBytes;
  private final int maxRecordBytes;
  private byte[] array;
  private int limit;
  private long base;
  private boolean atEnd;

  private ByteChunks(FileSplit split, SplitStream in, long base, int chunkBytes, int maxRecordBytes) {
    this.split = split;
    this.in = in;
    this.base = base;
    this.chunkBytes = chunkBytes;
    this.maxRecordBytes = maxRecordBytes;
    array = new byte[chunkBytes + SLACK];
    Arrays.fill(array, (byte) '\n');
  }

  /** The window over the (decompressed) bytes of the file from this offset on, still empty. */
  static ByteChunks open(FileSplit split, long offset) throws IOException {
    return open(split, offset, CHUNK_BYTES, maxRecordBytes());
  }

  /** The same with a window of this size, and a bound for how large it may grow. */
  static ByteChunks open(FileSplit split, long offset, int chunkBytes, int maxRecordBytes) throws IOException {
    return new ByteChunks(split, SplitStream.open(split.file(), offset), offset, chunkBytes, maxRecordBytes);
  }

  /**
   * The longest record there may be: 256 MB, or an eighth of the heap if that is less, since several are read at once.
   */
  static int maxRecordBytes() {
    return (int) Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);
  }

  /** The array of the window. {@link #fill} may replace it. */
  byte[] array() {
    return array;
  }

  /** Index behind the last byte of the file that is in the window. */
  int limit() {
    return limit;
  }

  /** Whether the file ends at the limit. */
  boolean atEnd() {
    return atEnd;
  }

  /** Offset in the file of the byte at this index of the window. */
  long offset(int index) {
    return base + index;
  }

  /** Bytes of the file read so far, compressed ones if it is compressed. */
  long bytesRead() {
    return in.bytesRead();
  }

  /**
   * Moves the bytes from index {@code keepFrom} on to the front and reads more behind them, at least one unless the
   * file ends.
   *
   * @param keepFrom start of the record that is not finished yet, or the limit if there is none
   * @throws UserException when that record is longer than a record may be
   */
  void fill(int keepFrom) throws IOException {
    int kept = limit - keepFrom;
    if (kept >= maxRecordBytes && !atEnd) {
      throw tooLong(keepFrom);
    }
    int size = size(kept);
    byte[] target = size == array.length - SLACK ? array : new byte[size + SLACK];
    System.arraycopy(array, keepFrom, target, 0, kept);
    array = target;
    base += keepFrom;
    limit = kept;
    long wanted = Math.max(split.end() - offset(limit), Math.max(TAIL_BYTES, kept));
    int room = (int) Math.min(size - limit, wanted);
    int read = atEnd ? 0 : in.readNBytes(array, limit, room);
    atEnd |= read < room;
    limit += read;
    Arrays.fill(array, limit, limit + SLACK, (byte) '\n');
  }

  /** Twice what is kept, if that is more than usual: a long record is read in few steps. */
  private int size(int kept) {
    return (int) Math.min(Math.max(chunkBytes, 2L * kept), Math.max(maxRecordBytes, chunkBytes));
  }

  private UserException tooLong(int start) throws IOException {
    Place place = LinePlaces.of(split.file(), offset(start));
    String bound = maxRecordBytes >= 1 << 20 ? (maxRecordBytes >> 20) + " MB" : maxRecordBytes + " bytes";
    return new UserException(Problem.error("SB-3006", place, "a record is longer than " + bound,
        "is this really a file of such records? Check its format, and that quotes and brackets are closed.\n"
            + "Otherwise give it more memory: a record may be as long as an eighth of the heap, and 256 MB"));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
