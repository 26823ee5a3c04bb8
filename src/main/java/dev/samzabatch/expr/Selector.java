package dev.samzabatch.expr;

import dev.samzabatch.data.RecordBatch;

/** A condition made ready to run: it lists the rows for which it is true, without making booleans where it can. */
@FunctionalInterface
interface Selector {

  /**
   * Writes the selected rows for which the condition is true to the target, ascending.
   *
   * @param target at least as long as the batch has rows; it may be the batch's own selection
   * @return how many they are
   * @throws EvaluationException when a row has no right answer
   */
  int select(RecordBatch batch, int[] target);
}
