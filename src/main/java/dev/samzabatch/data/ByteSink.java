package dev.samzabatch.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes that an encoder writes to. Not thread-safe. */
public final class ByteSink {

  static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** So many bytes behind what was reserved may be written too, and are garbage. */
  private static final int SLACK = Long.BYTES;

  private byte[] bytes = new byte[1024];
  private int size;

  /** The array that holds the bytes from index 0 on, until more are added. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes there are. */
  public int size() {
    return size;
  }

  /** Takes all bytes away. */
  public void clear() {
    size = 0;
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Adds bytes as they are. */
  public void put(byte[] source, int start, int length) {
    reserve(length);
    System.arraycopy(source, start, bytes, size, length);
    size += length;
  }

  /** Makes {@code size} the end, dropping or (as garbage) adding bytes; it must have been reserved. */
  void resize(int newSize) {
    size = newSize;
  }

  /** Makes room for so many more bytes, and a long's width behind them, and returns where they start. */
  int reserve(long more) {
    long needed = size + more + SLACK;
    if (needed > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException("a batch of " + needed + " bytes is too large to be encoded");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, ColumnVector.grown(bytes.length, (int) needed));
    }
    return size;
  }

  /** Adds a byte. */
  public void putByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** Adds four bytes, the lowest first. */
  public void putInt(int value) {
    reserve(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
  }

  /** Adds eight bytes, the lowest first. */
  public void putLong(long value) {
    reserve(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
  }
}
