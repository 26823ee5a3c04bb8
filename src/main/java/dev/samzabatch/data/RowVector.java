package dev.samzabatch.data;

/** A column of nested records: a vector a field, by the same physical rows. */
public final class RowVector extends ColumnVector {

  private final ColumnVector[] children;
  private int capacity;

  RowVector(int capacity, ColumnVector[] children) {
    this.capacity = capacity;
    this.children = children;
  }

  /** The vector of the field at this index. */
  public ColumnVector child(int index) {
    return children[index];
  }

  /** How many fields there are. */
  public int childCount() {
    return children.length;
  }

  @Override
  public void clear() {
    super.clear();
    for (ColumnVector child : children) {
      child.clear();
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public void ensureCapacity(int rows) {
    if (rows > capacity) {
      capacity = grown(capacity, rows);
      for (ColumnVector child : children) {
        child.ensureCapacity(capacity);
      }
      growNulls();
    }
  }

  @Override
  void copyValues(ColumnVector source, int[] rows, int from, int count, int target) {
    for (int i = 0; i < children.length; i++) {
      children[i].copy(((RowVector) source).children[i], rows, from, count, target);
    }
  }
}
