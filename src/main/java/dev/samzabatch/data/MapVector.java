package dev.samzabatch.data;

import java.util.Arrays;

/** A column of maps: each value is a slice (start, length) of the vectors of all keys and all values. */
public final class MapVector extends ColumnVector {

  private final ColumnVector keys;
  private final ColumnVector values;
  private int used;
  private int[] starts;
  private int[] lengths;

  MapVector(int capacity, ColumnVector keys, ColumnVector values) {
    this.keys = keys;
    this.values = values;
    starts = new int[capacity];
    lengths = new int[capacity];
  }

  /** The keys of all maps. */
  public ColumnVector keys() {
    return keys;
  }

  /** The values of all maps. */
  public ColumnVector values() {
    return values;
  }

  /** Where each map starts among the entries. */
  public int[] starts() {
    return starts;
  }

  /** How many entries each map has. */
  public int[] lengths() {
    return lengths;
  }

  /** How many entries are in use. */
  public int used() {
    return used;
  }

  /**
   * Makes the next {@code length} entries, written from row {@link #used()} of keys and values on, the map of the row.
   */
  public void append(int row, int length) {
    starts[row] = used;
    lengths[row] = length;
    used += length;
  }

  @Override
  public void clear() {
    super.clear();
    keys.clear();
    values.clear();
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
    MapVector theirs = (MapVector) source;
    for (int i = 0; i < count; i++) {
      int row = rows == null ? from + i : rows[from + i];
      int length = theirs.isNull(row) ? 0 : theirs.lengths[row];
      int start = length == 0 ? 0 : theirs.starts[row];
      keys.copy(theirs.keys, null, start, length, used);
      values.copy(theirs.values, null, start, length, used);
      append(target + i, length);
    }
  }
}
