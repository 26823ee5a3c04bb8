package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;

/** The tests of one value that are never null: IS NULL, IS TRUE, IS FALSE and their opposites. */
final class Truth implements Evaluator {

  private final Evaluator argument;
  private final boolean whenNull;
  private final boolean whenTrue;
  private final boolean whenFalse;
  private final LongVector result = (LongVector) ScalarType.BOOLEAN.newVector(0);

  private Truth(Evaluator argument, boolean whenNull, boolean whenTrue, boolean whenFalse) {
    this.argument = argument;
    this.whenNull = whenNull;
    this.whenTrue = whenTrue;
    this.whenFalse = whenFalse;
  }

  /** The evaluator of one of the six functions. */
  static Truth of(Function function, Evaluator argument) {
    return switch (function) {
      case IS_NULL -> new Truth(argument, true, false, false);
      case IS_NOT_NULL -> new Truth(argument, false, true, true);
      case IS_TRUE -> new Truth(argument, false, true, false);
      case IS_NOT_TRUE -> new Truth(argument, true, false, true);
      case IS_FALSE -> new Truth(argument, false, false, true);
      default -> new Truth(argument, true, true, false);
    };
  }

  @Override
  public ColumnVector evaluate(RecordBatch batch) {
    ColumnVector value = argument.evaluate(batch);
    result.ensureCapacity(batch.physicalRows());
    long[] values = result.values();
    boolean anyNull = value.mayHaveNulls();
    boolean[] nulls = value.nulls();
    boolean ofTruth = whenTrue != whenFalse;
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      boolean holds =
          anyNull && nulls[row]
              ? whenNull
              : ofTruth && ((LongVector) value).values()[row] == 0 ? whenFalse : whenTrue;
      values[row] = holds ? 1 : 0;
    }
    return result;
  }
}
