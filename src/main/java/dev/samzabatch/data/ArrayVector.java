package dev.samzabatch.data;

import java.util.Arrays;

/** A column of lists: each value is a slice (start, length) of the vector of all elements. */
public final class ArrayVector extends ColumnVector {

  private final ColumnVector elements;
  private int used;
  private int[] starts;
  private int[] lengths;

  ArrayVector(int capacity, ColumnVector elements) {
    this.elements = elements;
    starts = new int[capacity];
    lengths = new int[capacity];
  }

  /** The elements of all values. */
  public ColumnVector elements() {
    return elements;
  }

  /** Where each value starts among the elements. */
  public int[] starts() {
    return starts;
  }

  /** How many elements each value has. */
  public int[] lengths() {
    return lengths;
  }

  /** How many elements are in use. */
  public int used() {
    return used;
  }

  /**
   * Makes the next {@code length} elements, which the caller has written from row {@link #used()} of
   * {@link #elements()} on, the value of the row.
   */
  public void append(int row, int length) {
    starts[row] = used;
    lengths[row] = length;
    used += length;
  }

  @Override
  public void clear() {
    super.clear();
    elements.clear();
    used = 0;
  }

  @Override
  public int capacity() {
    return starts.length;
  }

  @Override
  public void ensureCapacity(int rows) {
    if (rows > starts.length) {
      int size = grown(starts.length, rows);
      starts = Arrays.copyOf(starts, size);
      lengths = Arrays.copyOf(lengths, size);
      growNulls();
    }
  }

  @Override
  void copyValues(ColumnVector source, int[] rows, int from, int count, int target) {
    ArrayVector theirs = (ArrayVector) source;
    for (int i = 0; i < count; i++) {
      int row = rows == null ? from + i : rows[from + i];
      int length = theirs.isNull(row) ? 0 : theirs.lengths[row];
      elements.copy(theirs.elements, null, length == 0 ? 0 : theirs.starts[row], length, used);
      append(target + i, length);
    }
  }
}
