package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;

/** IS [NOT] DISTINCT FROM: whether two values are the same, where null is the same as null. */
final class Distinction implements Evaluator {

  private final Evaluator left;
  private final Evaluator right;
  private final boolean whenSame;
  private final LongVector result = (LongVector) ScalarType.BOOLEAN.newVector(0);

  Distinction(Function function, Evaluator left, Evaluator right) {
    this.left = left;
    this.right = right;
    this.whenSame = function == Function.IS_NOT_DISTINCT;
  }

  @Override
  public ColumnVector evaluate(RecordBatch batch) {
    ColumnVector a = left.evaluate(batch);
    ColumnVector b = right.evaluate(batch);
    result.ensureCapacity(batch.physicalRows());
    long[] values = result.values();
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      boolean leftNull = a.isNull(row);
      boolean rightNull = b.isNull(row);
      boolean same = leftNull || rightNull ? leftNull == rightNull : ValueOrder.compare(a, row, b, row) == 0;
      values[row] = same == whenSame ? 1 : 0;
    }
    return result;
  }
}
