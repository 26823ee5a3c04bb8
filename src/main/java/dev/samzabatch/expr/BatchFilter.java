package dev.samzabatch.expr;

import dev.samzabatch.data.RecordBatch;

/** A condition over batches, with its own scratch memory: one instance a task, used by one thread. */
public final class BatchFilter {

  private final Selector selector;
  private int[] rows = new int[0];

  BatchFilter(Selector selector) {
    this.selector = selector;
  }

  /**
   * The batch with only those of its rows for which the condition is true; the batch itself when that is all of them.
   * The result is valid until the next call.
   *
   * @throws EvaluationException when a selected row has no right answer
   */
  public RecordBatch filter(RecordBatch batch) {
    rows = Rows.room(rows, batch.rowCount());
    int count = selector.select(batch, rows);
    return count == batch.rowCount() ? batch : batch.withSelection(rows, count);
  }
}
