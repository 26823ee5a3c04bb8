package dev.samzabatch.state;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import java.util.List;

/** The table for one key column of longs, which are the words of a {@link WordTable}: one cache miss finds a key. */
final class LongKeyTable extends KeyTable {

  private final WordTable table = new WordTable();
  private final long[] words = new long[CHUNK];

  /** Number of the key null, which has no slot; -1 when it has not come. */
  private int nullId = -1;

  LongKeyTable(List<DataType> types) {
    super(types);
  }

  @Override
  public void lookupOrInsert(RecordBatch batch, int[] keyColumns, long[] hashes, int[] ids) {
    LongVector column = (LongVector) batch.column(keyColumns[0]);
    for (int from = 0; from < batch.rowCount(); from += CHUNK) {
      int to = Math.min(from + CHUNK, batch.rowCount());
      reserve(to - from);
      look(column, batch, hashes, from, to, ids);
      insert(column, batch, hashes, from, to, ids);
    }
  }

  @Override
  public void lookup(RecordBatch batch, int[] keyColumns, long[] hashes, int[] ids) {
    LongVector column = (LongVector) batch.column(keyColumns[0]);
    for (int from = 0; from < batch.rowCount(); from += CHUNK) {
      int to = Math.min(from + CHUNK, batch.rowCount());
      look(column, batch, hashes, from, to, ids);
      for (int i = from; i < to; i++) {
        int row = batch.row(i);
        if (column.isNull(row)) {
          ids[i] = nullId;
        } else if (ids[i] < 0) {
          ids[i] = table.id(table.search(column.get(row), table.start(hashes[i])));
        }
      }
    }
  }

  private void look(LongVector column, RecordBatch batch, long[] hashes, int from, int to, int[] ids) {
    int[] selection = batch.selection();
    long[] values = column.values();
    if (selection == null) {
      table.look(values, from, hashes, from, to - from, ids);
      return;
    }
    for (int i = from; i < to; i++) {
      words[i - from] = values[selection[i]];
    }
    table.look(words, 0, hashes, from, to - from, ids);
  }

  private void insert(LongVector column, RecordBatch batch, long[] hashes, int from, int to, int[] ids) {
    boolean anyNull = column.mayHaveNulls();
    for (int i = from; i < to; i++) {
      if (anyNull && column.isNull(batch.row(i))) {
        ids[i] = nullId();
      } else if (ids[i] < 0) {
        ids[i] = searchOrInsert(column.get(batch.row(i)), hashes[i]);
      }
    }
  }

  private int nullId() {
    if (nullId < 0) {
      nullId = size();
      keys()[0].setNull(nullId);
      resize(nullId + 1);
    }
    return nullId;
  }

  private int searchOrInsert(long key, long hash) {
    int at = table.search(key, table.start(hash));
    int known = table.id(at);
    if (known >= 0) {
      return known;
    }
    int id = size();
    table.put(at, key, hash, id);
    ((LongVector) keys()[0]).set(id, key);
    resize(id + 1);
    return id;
  }

  private void reserve(int more) {
    keys()[0].ensureCapacity(size() + more);
    int needed = slotsFor(table.slots(), more);
    if (needed > table.slots()) {
      table.grow(needed);
    }
  }

  @Override
  public long memoryBytes() {
    return super.memoryBytes() + table.memoryBytes();
  }
}
