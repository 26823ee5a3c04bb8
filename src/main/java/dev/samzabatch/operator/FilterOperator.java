package dev.samzabatch.operator;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.expr.BatchFilter;
import java.io.IOException;

/** Passes on the rows for which a condition is true, not those for which it is false or null. */
public final class FilterOperator implements Operator {

  private final BatchFilter condition;

  /** Makes one that nobody else uses the condition of. */
  public FilterOperator(BatchFilter condition) {
    this.condition = condition;
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    RecordBatch kept = condition.filter(batch);
    if (kept.rowCount() > 0) {
      output.emit(kept);
    }
  }

  /** Nothing is held back. */
  @Override
  public void endOfStream(int port, Output output) {}
}
