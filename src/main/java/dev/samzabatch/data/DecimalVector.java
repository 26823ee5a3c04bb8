package dev.samzabatch.data;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A column of decimals of more than 18 digits: the unscaled value as a 128-bit two's complement number in two longs.
 */
public final class DecimalVector extends ColumnVector {

  private long[] high;
  private long[] low;

  /** An empty vector. */
  public DecimalVector(int capacity) {
    high = new long[capacity];
    low = new long[capacity];
  }

  /** The upper halves, signed. */
  public long[] high() {
    return high;
  }

  /** The lower halves, unsigned. */
  public long[] low() {
    return low;
  }

  /** Sets the unscaled value; the row must be within the capacity. */
  public void set(int row, long upper, long lower) {
    high[row] = upper;
    low[row] = lower;
  }

  /**
   * Sets the unscaled value.
   *
   * @throws ArithmeticException when it does not fit 128 bits
   */
  public void set(int row, BigInteger unscaled) {
    if (unscaled.bitLength() > 127) {
      throw new ArithmeticException("decimal value out of range");
    }
    high[row] = unscaled.shiftRight(64).longValue();
    low[row] = unscaled.longValue();
  }

  /** The unscaled value. */
  public BigInteger get(int row) {
    BigInteger upper = BigInteger.valueOf(high[row]).shiftLeft(64);
    BigInteger lower = BigInteger.valueOf(low[row] & Long.MAX_VALUE);
    return upper.add(low[row] < 0 ? lower.setBit(63) : lower);
  }

  @Override
  public int capacity() {
    return high.length;
  }

  @Override
  public void ensureCapacity(int rows) {
    if (rows > high.length) {
      int size = grown(high.length, rows);
      high = Arrays.copyOf(high, size);
      low = Arrays.copyOf(low, size);
      growNulls();
    }
  }

  @Override
  void copyValues(ColumnVector source, int[] rows, int from, int count, int target) {
    DecimalVector theirs = (DecimalVector) source;
    for (int i = 0; i < count; i++) {
      int row = rows == null ? from + i : rows[from + i];
      high[target + i] = theirs.high[row];
      low[target + i] = theirs.low[row];
    }
  }
}
