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
 * The side of a join that is kept: its rows by number from 1 in the order in which they came, however they were cut
 * into batches, and for every key the chain of its rows. Number 0 stands for no row; where missing rows are asked for,
 * it is a row of nulls.
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

  /** The physical rows of a batch that have a key, and their places among its selected rows. */
  private int[] withKey = new int[RecordBatch.DEFAULT_ROWS];

  private int[] places = new int[RecordBatch.DEFAULT_ROWS];

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
    RecordBatch keyed = anyNullInKeys(batch) ? batch.withSelection(withKey, listKeyed(batch)) : batch;
    KeyHash.hash(keyed, keyColumns, hashes);
    table.lookupOrInsert(keyed, keyColumns, hashes, ids);
    if (keeps.onlyKeys()) {
      return;
    }
    int first = rows.size();
    boolean withKeyless = keeps.keyless() && keyed.rowCount() < batch.rowCount();
    rows.append(withKeyless ? batch : keyed);
    chain(first, keyed.rowCount(), withKeyless);
  }

  private void reserve(int count) {
    if (count > ids.length) {
      hashes = new long[count];
      ids = new int[count];
      withKey = new int[count];
      places = new int[count];
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

  /** Lists the rows without a null in their key; returns how many there are. */
  private int listKeyed(RecordBatch batch) {
    int keyed = 0;
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      if (!hasNull(batch, row)) {
        places[keyed] = i;
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

  /**
   * Puts the rows with a key before those of the same key.
   *
   * @param first number of the first row of the batch
   * @param count how many have a key
   * @param withKeyless whether rows without a key lie between them
   */
  private void chain(int first, int count, boolean withKeyless) {
    if (table.size() > heads.length) {
      heads = Arrays.copyOf(heads, table.size() + table.size() / 2);
    }
    if (rows.size() > next.length) {
      next = Arrays.copyOf(next, rows.size() + rows.size() / 2);
    }
    for (int j = 0; j < count; j++) {
      int row = first + (withKeyless ? places[j] : j);
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

  /** How many rows are kept; where only keys matter, how many keys. */
  int kept() {
    return keeps.onlyKeys() ? table.size() : rows.size() - 1;
  }

  /**
   * Replaces what is in the vectors by copies of {@code count} rows that are kept, from the one on before which
   * {@code from} were kept. Where only keys matter, the other columns have values of no meaning.
   */
  void copy(int from, int count, ColumnVector[] target) {
    if (!keeps.onlyKeys()) {
      rows.gather(null, from + 1, count, target);
      return;
    }
    for (ColumnVector column : target) {
      column.ensureCapacity(count);
    }
    table.copyKeys(from, count, Arrays.stream(keyColumns).mapToObj(i -> target[i]).toArray(ColumnVector[]::new));
  }

  long memoryBytes() {
    return table.memoryBytes() + rows.memoryBytes() + (long) Integer.BYTES * (heads.length + next.length);
  }
}
