package dev.samzabatch.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes looked at at a time, as one long whose lowest byte is the first. In a mask of bytes the highest bit of a
 * byte tells whether it is meant; {@link #first} gives the index of the first one, which is exact in all masks made
 * here, while bytes behind it may be marked wrongly.
 *
 * <p>
 * A load touches eight bytes from its index on, so arrays must go on for that long behind the last byte of interest;
 * those of {@link ByteChunks} do.
 */
final class Swar {

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Four bytes as an int whose lowest byte is the first. */
  static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long LOWS = 0x7f7f7f7f7f7f7f7fL;

  private Swar() {}

  /** The eight bytes from the index on. */
  static long load(byte[] array, int at) {
    return (long) LONGS.get(array, at);
  }

  /** A long of eight times this byte, which is 0 to 127. */
  static long repeat(int b) {
    return ONES * b;
  }

  /** Marks the bytes that are the one of which {@code repeated} consists. */
  static long equal(long bytes, long repeated) {
    long x = bytes ^ repeated;
    return (x - ONES) & ~x & HIGHS;
  }

  /**
   * Marks the bytes that do not simply stand for themselves in a JSON string: quote, backslash, controls, non-ASCII.
   */
  static long endsPlainText(long bytes) {
    long quote = (bytes ^ 0x2222222222222222L) - ONES;
    long escape = (bytes ^ 0x5c5c5c5c5c5c5c5cL) - ONES;
    long control = bytes - 0x2020202020202020L;
    return (quote | escape | control | bytes) & HIGHS;
  }

  /** Marks the bytes that must be escaped in a JSON string: quote, backslash, controls. */
  static long needsEscape(long bytes) {
    return endsPlainText(bytes) & ~bytes;
  }

  /** Marks the bytes that are no ASCII digits; exact for all bytes. */
  static long nonDigits(long bytes) {
    long x = bytes ^ 0x3030303030303030L;
    return (((x & LOWS) + 0x7676767676767676L) | x) & HIGHS;
  }

  /** Index of the first marked byte; 8 when there is none. */
  static int first(long mask) {
    return Long.numberOfTrailingZeros(mask) >>> 3;
  }

  /** The number that the first {@code count} (1 to 8) bytes write in ASCII digits. */
  static long digits(long bytes, int count) {
    long x = (bytes & 0x0f0f0f0f0f0f0f0fL) << (64 - 8 * count);
    x = x * 10 + (x >>> 8);
    long upper = (x & 0x000000ff000000ffL) * 0x000f424000000064L;
    long lower = ((x >>> 16) & 0x000000ff000000ffL) * 0x0000271000000001L;
    return (upper + lower) >>> 32;
  }
}
