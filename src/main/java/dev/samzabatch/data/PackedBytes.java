package dev.samzabatch.data;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * The bytes of a column, plain or as an LZ4 block (see {@link BatchCodec}). One instance serves one column of one
 * encoder or decoder: it remembers whether compressing paid lately.
 *
 * <p>
 * The pure Java codec is used on purpose: the native one leaves a library in the temporary directory when the process
 * is killed, and the one on Unsafe warns on newer Java.
 */
final class PackedBytes {

  /** Fewer bytes are not worth the try. */
  private static final int MIN_COMPRESSED = 2048;

  /** After a try that did not pay, this many blocks go plain. */
  private static final int PAUSE = 31;

  /** No LZ4 block unpacks to more than this many times its size. */
  private static final int MAX_RATIO = 255;

  private byte[] scratch = new byte[0];
  private int pause;

  private byte[] opened = new byte[0];
  private int start;
  private int length;

  /** Loads LZ4 when the first column needs it. */
  private static final class Lz4 {
    static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor();
    static final LZ4SafeDecompressor DECOMPRESSOR = LZ4Factory.safeInstance().safeDecompressor();
  }

  /** Makes the bytes of the sink from {@code from} on, where the first five are free for the head, a column's bytes. */
  void write(ByteSink out, int from) {
    int bytesStart = from + 1 + Integer.BYTES;
    int size = out.size() - bytesStart;
    out.bytes()[from] = BatchCodec.PLAIN_BYTES;
    ByteSink.INTS.set(out.bytes(), from + 1, size);
    if (size < MIN_COMPRESSED || pause-- > 0) {
      return;
    }
    int bound = Lz4.COMPRESSOR.maxCompressedLength(size);
    scratch = scratch.length < bound ? new byte[bound] : scratch;
    int packed = Lz4.COMPRESSOR.compress(out.bytes(), bytesStart, size, scratch, 0, bound);
    if (packed > size - size / 4) {
      pause = PAUSE;
      return;
    }
    pause = 0;
    out.bytes()[from] = BatchCodec.LZ4_BYTES;
    out.resize(bytesStart);
    out.putInt(packed);
    System.arraycopy(scratch, 0, out.bytes(), out.reserve(packed), packed);
    out.resize(out.size() + packed);
  }

  /** Reads the head, passes over the bytes, and unpacks them if need be. */
  void open(ByteSource in) throws BatchFormatException {
    byte form = in.getByte("the form of a column's bytes");
    length = in.getCount("the length of a column's bytes");
    if (form == BatchCodec.PLAIN_BYTES) {
      start = in.skip(length, "a column's bytes");
      opened = in.bytes();
    } else if (form == BatchCodec.LZ4_BYTES) {
      int packed = in.getCount("the packed length of a column's bytes");
      unpack(in.bytes(), in.skip(packed, "a column's packed bytes"), packed);
    } else {
      throw new BatchFormatException("unknown form " + form + " of a column's bytes");
    }
  }

  private void unpack(byte[] source, int from, int packed) throws BatchFormatException {
    if (length > (long) packed * MAX_RATIO) {
      throw new BatchFormatException(packed + " packed bytes cannot be " + length);
    }
    scratch = scratch.length < length ? new byte[length] : scratch;
    int unpacked;
    try {
      unpacked = Lz4.DECOMPRESSOR.decompress(source, from, packed, scratch, 0, length);
    } catch (LZ4Exception e) {
      throw new BatchFormatException("packed bytes that are no LZ4 block: " + e.getMessage());
    }
    if (unpacked != length) {
      throw new BatchFormatException("packed bytes of " + unpacked + " where " + length + " are announced");
    }
    opened = scratch;
    start = 0;
  }

  /** The array that holds the bytes read by {@link #open}. */
  byte[] opened() {
    return opened;
  }

  /** Where the bytes start in {@link #opened()}. */
  int start() {
    return start;
  }

  /** How many they are. */
  int length() {
    return length;
  }
}
