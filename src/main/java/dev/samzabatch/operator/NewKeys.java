package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.state.KeyTable;
import java.util.Arrays;
import java.util.List;

/** Picks, from batch after batch, the rows whose key has not been met before: one row a key. */
final class NewKeys {

  private final KeyTable table;
  private long[] hashes = new long[RecordBatch.DEFAULT_ROWS];
  private int[] ids = new int[RecordBatch.DEFAULT_ROWS];
  private int[] positions = new int[RecordBatch.DEFAULT_ROWS];
  private boolean[] met = new boolean[RecordBatch.DEFAULT_ROWS];

  NewKeys(List<DataType> keyTypes) {
    table = KeyTable.create(keyTypes);
  }

  /** Picks from a batch; returns how many rows are picked, which {@link #positions()} tells. */
  int pick(RecordBatch batch, int[] keyColumns) {
    int count = batch.rowCount();
    if (count > ids.length) {
      hashes = new long[count];
      ids = new int[count];
      positions = new int[count];
      met = new boolean[count];
    }
    int known = table.size();
    KeyHash.hash(batch, keyColumns, hashes);
    table.lookupOrInsert(batch, keyColumns, hashes, ids);
    int fresh = table.size() - known;
    Arrays.fill(met, 0, fresh, false);
    int picked = 0;
    for (int i = 0; i < count && picked < fresh; i++) {
      int id = ids[i] - known;
      if (id >= 0 && !met[id]) {
        met[id] = true;
        positions[picked++] = i;
      }
    }
    return picked;
  }

  /** The rows that were picked last, as ascending positions among the selected rows of the batch. */
  int[] positions() {
    return positions;
  }

  /** The same as physical rows, in this array or a longer one. */
  int[] selection(RecordBatch batch, int picked, int[] array) {
    int[] selection = picked > array.length ? new int[picked] : array;
    for (int i = 0; i < picked; i++) {
      selection[i] = batch.row(positions[i]);
    }
    return selection;
  }

  /** Writes the keys {@code from .. from + count}, in the order in which they were met, into the vectors. */
  void copyKeys(int from, int count, ColumnVector[] target) {
    table.copyKeys(from, count, target);
  }

  /** How many keys have been met. */
  int size() {
    return table.size();
  }

  long memoryBytes() {
    return table.memoryBytes();
  }
}
