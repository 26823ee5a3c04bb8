package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.RecordBatch;
import java.util.List;

/**
 * COALESCE: each row takes its first value that is not null; later ones are evaluated only for rows that have none yet.
 */
final class Coalesce implements Evaluator {

  private final List<Evaluator> args;
  private final ColumnVector result;
  private int[] rest = new int[0];
  private int[] found = new int[0];

  Coalesce(DataType type, List<Evaluator> args) {
    this.args = args;
    this.result = type.newVector(0);
  }

  @Override
  public ColumnVector evaluate(RecordBatch batch) {
    ColumnVector first = args.get(0).evaluate(batch);
    if (!first.mayHaveNulls()) {
      return first;
    }
    result.clear();
    result.ensureCapacity(batch.physicalRows());
    rest = Rows.room(rest, batch.rowCount());
    found = Rows.room(found, batch.rowCount());
    int count = take(first, batch);
    for (int i = 1; i < args.size() && count > 0; i++) {
      RecordBatch open = batch.withSelection(rest, count);
      count = take(args.get(i).evaluate(open), open);
    }
    if (count > 0) {
      boolean[] nulls = result.writableNulls();
      for (int i = 0; i < count; i++) {
        nulls[rest[i]] = true;
      }
    }
    return result;
  }

  /** Takes the values that are not null, lists the other rows in {@link #rest} and returns how many they are. */
  private int take(ColumnVector value, RecordBatch open) {
    if (!value.mayHaveNulls()) {
      Scatter.copy(value, open.selection(), open.rowCount(), result);
      return 0;
    }
    int count = Rows.notNull(value.nulls(), open.selection(), open.rowCount(), found);
    Scatter.copy(value, found, count, result);
    return Rows.areNull(value.nulls(), open.selection(), open.rowCount(), rest);
  }
}
