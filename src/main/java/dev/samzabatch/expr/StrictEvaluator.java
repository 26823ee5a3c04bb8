package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.RecordBatch;
import java.util.List;

/** A function that is null where an argument is null: its kernel sees only the rows where all are there. */
final class StrictEvaluator implements Evaluator {

  private final Kernel kernel;
  private final Evaluator[] args;
  private final ColumnVector[] values;
  private final ColumnVector result;
  private int[] live = new int[0];

  StrictEvaluator(DataType type, Kernel kernel, List<Evaluator> args) {
    this.kernel = kernel;
    this.args = args.toArray(new Evaluator[0]);
    this.values = new ColumnVector[this.args.length];
    this.result = type.newVector(0);
  }

  @Override
  public ColumnVector evaluate(RecordBatch batch) {
    boolean anyNull = false;
    for (int i = 0; i < args.length; i++) {
      values[i] = args[i].evaluate(batch);
      anyNull |= values[i].mayHaveNulls();
    }
    result.clear();
    result.ensureCapacity(batch.physicalRows());
    int count = anyNull ? narrow(batch) : batch.rowCount();
    kernel.compute(values, count == batch.rowCount() ? batch.selection() : live, count, result);
    return result;
  }

  /** Lists the rows where no argument is null in {@link #live} and marks the others in the result. */
  private int narrow(RecordBatch batch) {
    live = Rows.room(live, batch.rowCount());
    int[] rows = batch.selection();
    int count = batch.rowCount();
    for (ColumnVector value : values) {
      if (value.mayHaveNulls()) {
        count = Rows.notNull(value.nulls(), rows, count, live);
        rows = live;
      }
    }
    if (count < batch.rowCount()) {
      boolean[] nulls = result.writableNulls();
      int next = 0;
      for (int i = 0; i < batch.rowCount(); i++) {
        int row = batch.row(i);
        boolean present = next < count && live[next] == row;
        nulls[row] = !present;
        next += present ? 1 : 0;
      }
    }
    return count;
  }
}
