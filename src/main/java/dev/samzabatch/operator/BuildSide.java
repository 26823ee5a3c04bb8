package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.state.KeyTable;
import dev.samzabatch.state.RowBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The side of a join that is kept: its rows by number from 1, and for every key the chain of its rows. Number 0 stands
 * for no row; where missing rows are asked for, it is a row of nulls.
 */
final class BuildSide {

  /**
   * What is kept of the rows.
   *
   * @param nullRow whether row 0 must be a row of nulls
   * @param keyless whether rows with a null in their key, which match nothing, are kept too
   * @param onlyKeys whether it matters only which keys there are: there is one row a key, without values
   */
  record Keeps(boolean nullRow, boolean keyless, boolean onlyKeys) {}

  private final int[] keyColumns;
  private final Keeps keeps;
  private final KeyTable table;
  private final RowBuffer rows;

  /** First row of each key, by the key's number. */
  private int[] heads = new int[RecordBatch.DEFAULT_ROWS];

  /** The next row of the same key, by row; 0 behind the last. */
  private int[] next = new int[RecordBatch.DEFAULT_ROWS];

  private boolean anyRepeated;
  private long[] hashes = new long[RecordBatch.DEFAULT_ROWS];
  private int[] ids = new int[RecordBatch.DEFAULT_ROWS];
  private int[] withKey = new int[RecordBatch.DEFAULT_ROWS];
  private int[] withoutKey = new int[RecordBatch.DEFAULT_ROWS];

  BuildSide(Schema schema, int[] keyColumns, Keeps keeps) {
    this.keyColumns = keyColumns;
    this.keeps = keeps;
    List<DataType> keyTypes = Arrays.stream(keyColumns).mapToObj(schema::type).toList();
    table = KeyTable.create(keyTypes);
    rows = new RowBuffer(schema);
    if (keeps.nullRow()) {
      rows.appendNulls();
    } else {
      rows.skip();
    }
  }

  /** Adds copies of the rows of a batch. */
  void add(RecordBatch batch) {
    reserve(batch.rowCount());
    RecordBatch matchable = anyNullInKeys(batch) ? batch.withSelection(withKey, divide(batch)) : batch;
    int keyed = matchable.rowCount();
    KeyHash.hash(matchable, keyColumns, hashes);
    table.lookupOrInsert(matchable, keyColumns, hashes, ids);
    if (keeps.onlyKeys()) {
      return;
    }
    int first = rows.size();
    rows.append(matchable);
    if (keeps.keyless()) {
      rows.append(batch, withoutKey, batch.rowCount() - keyed);
    }
    chain(first, keyed);
  }

  private void reserve(int count) {
    if (count > ids.length) {
      hashes = new long[count];
      ids = new int[count];
      withKey = new int[count];
      withoutKey = new int[count];
    }
  }

  private boolean anyNullInKeys(RecordBatch batch) {
    for (int column : keyColumns) {
      if (batch.column(column).mayHaveNulls()) {
        return true;
      }
    }
    return false;
  }

  /** Divides the rows by whether a null is in their key; returns how many have a key. */
  private int divide(RecordBatch batch) {
    int keyed = 0;
    int keyless = 0;
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      if (hasNull(batch, row)) {
        withoutKey[keyless++] = row;
      } else {
        withKey[keyed++] = row;
      }
    }
    return keyed;
  }

  private boolean hasNull(RecordBatch batch, int row) {
    for (int column : keyColumns) {
      if (batch.column(column).isNull(row)) {
        return true;
      }
    }
    return false;
  }

  private void chain(int first, int count) {
    if (table.size() > heads.length) {
      heads = Arrays.copyOf(heads, table.size() + table.size() / 2);
    }
    if (first + count > next.length) {
      next = Arrays.copyOf(next, first + count + (first + count) / 2);
    }
    for (int j = 0; j < count; j++) {
      int row = first + j;
      int head = heads[ids[j]];
      anyRepeated |= head != 0;
      next[row] = head;
      heads[ids[j]] = row;
    }
  }

  /** Writes the first row (or 0) that has the key of the i-th selected row of a batch to {@code firsts[i]}. */
  void find(RecordBatch batch, int[] columns, int[] firsts) {
    reserve(batch.rowCount());
    KeyHash.hash(batch, columns, hashes);
    table.lookup(batch, columns, hashes, firsts);
    for (int i = 0; i < batch.rowCount(); i++) {
      int id = firsts[i];
      firsts[i] = id < 0 ? 0 : keeps.onlyKeys() ? 1 : heads[id];
    }
  }

  /** The next row of the same key, by row; 0 behind the last. */
  int[] next() {
    return next;
  }

  /** Whether a key has several rows. */
  boolean anyRepeated() {
    return anyRepeated;
  }

  /** One more than the largest row number. */
  int size() {
    return rows.size();
  }

  /** Replaces what is in the vectors by copies of the first {@code count} rows that are listed. */
  void gather(int[] list, int count, ColumnVector[] target) {
    rows.gather(list, 0, count, target);
  }

  long memoryBytes() {
    return table.memoryBytes() + rows.memoryBytes() + (long) Integer.BYTES * (heads.length + next.length);
  }
}
