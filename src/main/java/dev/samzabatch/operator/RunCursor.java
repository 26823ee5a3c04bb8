package dev.samzabatch.operator;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.system.StreamReader;
import java.io.Closeable;
import java.io.IOException;

/**
 * Goes through one sorted run, a batch at a time, and remembers which rows of the present batch were taken and where
 * they belong in the order of all that is taken from all runs.
 */
final class RunCursor implements Closeable {

  private final StreamReader reader;
  private final SortKey first;
  private final int[] takenRows = new int[RecordBatch.DEFAULT_ROWS];
  private final int[] takenPlaces = new int[RecordBatch.DEFAULT_ROWS];
  private long[] words = new long[RecordBatch.DEFAULT_ROWS];
  private RecordBatch batch;
  private long rowsLeft;
  private int row;
  private int count;
  private int taken;

  /**
   * Stands before the first row: {@link #load} comes first.
   *
   * @param reader at the run's beginning
   * @param rows how many rows the run has
   * @param first the first key
   */
  RunCursor(StreamReader reader, long rows, SortKey first) {
    this.reader = reader;
    this.first = first;
    rowsLeft = rows;
  }

  /** Goes to the first row of the next batch; the taken rows must have been fetched. False at the end of the run. */
  boolean load() throws IOException {
    if (rowsLeft == 0) {
      reader.close();
      return false;
    }
    batch = (RecordBatch) reader.poll();
    if (batch == null) {
      throw new IOException("a sorted run ends " + rowsLeft + " rows too early");
    }
    count = batch.rowCount();
    rowsLeft -= count;
    row = 0;
    if (words.length < count) {
      words = new long[count];
    }
    SortWords.write(batch.column(first.column()), first, null, count, words);
    return true;
  }

  /** Takes the present row and goes on in the batch; false behind its last row. */
  boolean take(int place) {
    takenRows[taken] = row;
    takenPlaces[taken++] = place;
    return ++row < count;
  }

  /** Word 0 of the first key of the present row. */
  long word() {
    return words[row];
  }

  /** The present batch; all its rows count. */
  RecordBatch batch() {
    return batch;
  }

  /** The present row. */
  int row() {
    return row;
  }

  /** How many rows of the batch were taken since {@link #forgetTaken}. */
  int taken() {
    return taken;
  }

  /** The rows that were taken, in order. */
  int[] takenRows() {
    return takenRows;
  }

  /** Where each taken row belongs. */
  int[] takenPlaces() {
    return takenPlaces;
  }

  void forgetTaken() {
    taken = 0;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
