package dev.samzabatch.data;

import java.util.Arrays;

/** A column of doubles; a float is held as the double of the same value. */
public final class DoubleVector extends ColumnVector {

  private double[] values;

  /** An empty vector. */
  public DoubleVector(int capacity) {
    values = new double[capacity];
  }

  /** The values by row. */
  public double[] values() {
    return values;
  }

  /** Sets a value; the row must be within the capacity. */
  public void set(int row, double value) {
    values[row] = value;
  }

  /** The value at the row. */
  public double get(int row) {
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
    double[] theirs = ((DoubleVector) source).values;
    if (rows == null) {
      System.arraycopy(theirs, from, values, target, count);
      return;
    }
    double[] ours = values;
    for (int i = 0; i < count; i++) {
      ours[target + i] = theirs[rows[from + i]];
    }
  }
}
