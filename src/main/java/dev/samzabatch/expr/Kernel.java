package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;

/** The loop of a strict function, over rows where no argument is null. */
@FunctionalInterface
interface Kernel {

  /**
   * Computes the result at the given rows. What has no value may be marked null in the result.
   *
   * @param args the arguments, by physical row
   * @param rows physical rows, ascending, or null for {@code 0 .. count - 1}
   * @param result has room for these rows; cleared beforehand
   * @throws EvaluationException when a row has no right answer
   */
  void compute(ColumnVector[] args, int[] rows, int count, ColumnVector result);
}
