package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;

/**
 * An expression made ready to run, with its own scratch memory: one instance a task, used by one thread. Made by
 * {@link Evaluators}.
 */
public interface Evaluator {

  /**
   * Computes the value for every selected row. The result is indexed by physical row, like the batch's own columns;
   * rows that are not selected hold nothing of meaning. It may be a column of the batch itself, and is valid as long as
   * the batch is and until the next call.
   *
   * @throws EvaluationException when a selected row has no right answer
   */
  ColumnVector evaluate(RecordBatch batch);
}
