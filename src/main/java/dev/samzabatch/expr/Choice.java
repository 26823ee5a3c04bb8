package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.RecordBatch;
import java.util.List;

/** CASE: each row takes the value of its first condition that is true; a value is evaluated only for its own rows. */
final class Choice implements Evaluator {

  private final List<Selector> conditions;
  private final List<Evaluator> values;
  private final ColumnVector result;
  private int[] rest = new int[0];
  private int[] chosen = new int[0];

  /**
   * Makes one.
   *
   * @param values one a condition, then that of the rows where none is true
   */
  Choice(DataType type, List<Selector> conditions, List<Evaluator> values) {
    this.conditions = conditions;
    this.values = values;
    this.result = type.newVector(0);
  }

  @Override
  public ColumnVector evaluate(RecordBatch batch) {
    result.clear();
    result.ensureCapacity(batch.physicalRows());
    rest = Rows.room(rest, batch.rowCount());
    chosen = Rows.room(chosen, batch.rowCount());
    RecordBatch open = batch;
    for (int i = 0; i < conditions.size() && open.rowCount() > 0; i++) {
      int count = conditions.get(i).select(open, chosen);
      take(values.get(i), batch.withSelection(chosen, count));
      int left = Rows.without(open.selection(), open.rowCount(), chosen, count, rest);
      open = batch.withSelection(rest, left);
    }
    take(values.get(conditions.size()), open);
    return result;
  }

  private void take(Evaluator value, RecordBatch rows) {
    if (rows.rowCount() > 0) {
      Scatter.copy(value.evaluate(rows), rows.selection(), rows.rowCount(), result);
    }
  }
}
