package dev.samzabatch.state;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;

/** Rows kept in columns, numbered from 0 in the order in which they came. */
public final class RowBuffer {

  private final ColumnVector[] columns;
  private int size;

  /** An empty buffer for rows of this schema. */
  public RowBuffer(Schema schema) {
    columns = new ColumnVector[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = schema.type(i).newVector(RecordBatch.DEFAULT_ROWS);
    }
  }

  /** Appends copies of the selected rows of a batch whose columns have the buffer's types. */
  public void append(RecordBatch batch) {
    append(batch, batch.selection(), batch.rowCount());
  }

  /**
   * Appends copies of some rows of a batch.
   *
   * @param rows physical rows, or null for {@code 0 .. count}
   */
  public void append(RecordBatch batch, int[] rows, int count) {
    int newSize = Math.addExact(size, count);
    for (int i = 0; i < columns.length; i++) {
      columns[i].copy(batch.column(i), rows, 0, count, size);
    }
    size = newSize;
  }

  /** Appends a row of nulls. */
  public void appendNulls() {
    for (ColumnVector column : columns) {
      column.ensureCapacity(size + 1);
      column.setNull(size);
    }
    size++;
  }

  /** Leaves a number out: the row is there, with values of no meaning. */
  public void skip() {
    size++;
    for (ColumnVector column : columns) {
      column.ensureCapacity(size);
    }
  }

  /**
   * Replaces what is in the vectors, one a column, by copies of the rows {@code rows[from .. from + count]}.
   *
   * @param rows numbers of rows, or null for {@code from .. from + count} themselves
   */
  public void gather(int[] rows, int from, int count, ColumnVector[] target) {
    for (int i = 0; i < columns.length; i++) {
      target[i].clear();
      target[i].copy(columns[i], rows, from, count, 0);
    }
  }

  /** The column at this index, by row number. It changes as rows are appended. */
  public ColumnVector column(int index) {
    return columns[index];
  }

  /** How many rows there are. */
  public int size() {
    return size;
  }

  /** About how many bytes of heap the rows use. */
  public long memoryBytes() {
    return VectorMemory.bytes(columns);
  }
}
