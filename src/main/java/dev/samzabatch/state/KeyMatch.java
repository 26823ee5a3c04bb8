package dev.samzabatch.state;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;

/**
 * Which rows of a chunk still search for their key: the work list of one {@link ColumnKeyTable}. In a round every
 * searching row may become a candidate, for the key of its hash; comparing lets only those search on that differ from
 * that key.
 */
final class KeyMatch {

  private final int[] rows;
  private int searching;
  private int candidates;
  private int from;

  KeyMatch(int chunk) {
    rows = new int[chunk];
  }

  /** Begins a chunk: the selected rows {@code start .. start + count} of a batch, all of which search. */
  void begin(int start, int count) {
    from = start;
    searching = count;
    for (int i = 0; i < count; i++) {
      rows[i] = i;
    }
  }

  /** Where the chunk starts among the selected rows of the batch. */
  int from() {
    return from;
  }

  /** How many rows search. */
  int searching() {
    return searching;
  }

  /** The rows that search, counted from {@link #from()}. */
  int[] rows() {
    return rows;
  }

  /** Begins a round; candidates may be declared while the rows are read from the front. */
  void beginRound() {
    candidates = 0;
  }

  /** Declares that the row may have the key of its number. */
  void candidate(int row) {
    rows[candidates++] = row;
  }

  /**
   * Compares the candidates with the keys of their numbers; those that differ are the rows that search from now on.
   *
   * @param ids the numbers by selected row
   */
  void compare(ColumnVector[] keys, RecordBatch batch, int[] keyColumns, int[] ids) {
    int equal = candidates;
    for (int c = 0; c < keys.length && equal > 0; c++) {
      ColumnVector values = batch.column(keyColumns[c]);
      boolean nullable = keys[c].mayHaveNulls() || values.mayHaveNulls();
      if (!nullable && keys[c] instanceof LongVector longs) {
        equal = equalLongs(longs.values(), ((LongVector) values).values(), batch, ids, equal);
      } else if (!nullable && keys[c] instanceof BytesVector bytes) {
        equal = equalBytes(bytes, (BytesVector) values, batch, ids, equal);
      } else {
        equal = equalValues(keys[c], values, batch, ids, equal);
      }
    }
    System.arraycopy(rows, equal, rows, 0, candidates - equal);
    searching = candidates - equal;
  }

  /** Moves the rows that differ behind those that are equal; returns how many are equal. The others do the same. */
  private int equalLongs(long[] keys, long[] values, RecordBatch batch, int[] ids, int count) {
    int[] selection = batch.selection();
    int end = count;
    for (int j = 0; j < end;) {
      int i = from + rows[j];
      if (keys[ids[i]] == values[selection == null ? i : selection[i]]) {
        j++;
      } else {
        swap(j, --end);
      }
    }
    return end;
  }

  private int equalBytes(BytesVector keys, BytesVector values, RecordBatch batch, int[] ids, int count) {
    int[] selection = batch.selection();
    int end = count;
    for (int j = 0; j < end;) {
      int i = from + rows[j];
      if (ValueEquality.equalBytes(keys, ids[i], values, selection == null ? i : selection[i])) {
        j++;
      } else {
        swap(j, --end);
      }
    }
    return end;
  }

  private int equalValues(ColumnVector keys, ColumnVector values, RecordBatch batch, int[] ids, int count) {
    int end = count;
    for (int j = 0; j < end;) {
      int i = from + rows[j];
      if (ValueEquality.equal(keys, ids[i], values, batch.row(i))) {
        j++;
      } else {
        swap(j, --end);
      }
    }
    return end;
  }

  private void swap(int one, int other) {
    int row = rows[one];
    rows[one] = rows[other];
    rows[other] = row;
  }
}
