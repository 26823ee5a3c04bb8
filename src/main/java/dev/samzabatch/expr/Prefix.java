package dev.samzabatch.expr;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The first bytes of a byte string as one long, which decides most comparisons of short strings at once. */
final class Prefix {

  /** How many bytes a prefix has; those that the string lacks are zero. */
  static final int LENGTH = Long.BYTES;

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Prefix() {}

  /** The prefix of {@code length} bytes of the array. */
  static long of(byte[] data, int start, int length) {
    if (start <= data.length - LENGTH) {
      long bytes = (long) LONGS.get(data, start);
      return length >= LENGTH ? bytes : bytes & ((1L << (length * Byte.SIZE)) - 1);
    }
    long bytes = 0;
    for (int i = Math.min(length, LENGTH) - 1; i >= 0; i--) {
      bytes = bytes << Byte.SIZE | data[start + i] & 0xFF;
    }
    return bytes;
  }
}
