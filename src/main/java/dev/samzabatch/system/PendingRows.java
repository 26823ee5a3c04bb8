package dev.samzabatch.system;

import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.RowVector;
import dev.samzabatch.data.Schema;

/**
 * The rows of one partition that wait to become a block. Its vectors grow as they must and are kept for the next block.
 */
final class PendingRows {

  private static final int FIRST_CAPACITY = 64;

  private final Schema schema;
  private final ColumnVector[] columns;
  private int rows;
  private long bytes;
  private long most;

  PendingRows(Schema schema) {
    this.schema = schema;
    this.columns = new ColumnVector[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = schema.type(i).newVector(FIRST_CAPACITY);
    }
  }

  /** Copies the physical rows {@code selected[from .. from+count)} of the batch. */
  void add(RecordBatch batch, int[] selected, int from, int count) {
    long size = 0;
    for (int i = 0; i < columns.length; i++) {
      columns[i].copy(batch.column(i), selected, from, count, rows);
      size += size(columns[i], rows + count);
    }
    rows += count;
    bytes = size;
    most = Math.max(most, size);
  }

  int rows() {
    return rows;
  }

  /** About how many bytes the rows take. */
  long bytes() {
    return bytes;
  }

  /** The most that {@link #bytes()} has been: so much memory is held. */
  long most() {
    return most;
  }

  /** The rows as a batch, valid until rows are added or cleared. */
  RecordBatch batch() {
    return RecordBatch.of(schema, columns, rows);
  }

  void clear() {
    for (ColumnVector column : columns) {
      column.clear();
    }
    rows = 0;
    bytes = 0;
  }

  private static long size(ColumnVector vector, int rows) {
    long longs = (long) Long.BYTES * rows;
    if (vector instanceof BytesVector bytes) {
      return longs + bytes.used();
    }
    if (vector instanceof DecimalVector) {
      return 2 * longs;
    }
    if (vector instanceof ArrayVector array) {
      return longs + size(array.elements(), array.used());
    }
    if (vector instanceof MapVector map) {
      return longs + size(map.keys(), map.used()) + size(map.values(), map.used());
    }
    if (vector instanceof RowVector row) {
      long sum = 0;
      for (int i = 0; i < row.childCount(); i++) {
        sum += size(row.child(i), rows);
      }
      return sum;
    }
    return longs;
  }
}
