package dev.samzabatch.data;

import java.util.Arrays;

/** A column of longs: every type whose {@link DataType#layout()} is {@code LONG}; see {@link ScalarType} for units. */
public final class LongVector extends ColumnVector {

  private long[] values;

  /** An empty vector. */
  public LongVector(int capacity) {
    values = new long[capacity];
  }

  /** The values by row. */
  public long[] values() {
    return values;
  }

  /** Sets a value; the row must be within the capacity. */
  public void set(int row, long value) {
    values[row] = value;
  }

  /** The value at the row. */
  public long get(int row) {
    return values[row];
  }

  @Override
  public int capacity() {
    return values.length;
  }

  @Override
  public void ensureCapacity(int rows) {
    if (rows > values.length) {
      values = Arrays.copyOf(values, grown(values.length, rows));
      growNulls();
    }
  }

  @Override
  void copyValues(ColumnVector source, int[] rows, int from, int count, int target) {
    long[] theirs = ((LongVector) source).values;
    if (rows == null) {
      System.arraycopy(theirs, from, values, target, count);
      return;
    }
    long[] ours = values;
    for (int i = 0; i < count; i++) {
      ours[target + i] = theirs[rows[from + i]];
    }
  }
}
