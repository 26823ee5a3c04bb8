package dev.samzabatch.expr;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
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
      scatter(value.evaluate(rows), rows.selection(), rows.rowCount(), result);
    }
  }

  /** Copies the values (and nulls) of some rows to the same rows of another vector of the same type. */
  static void scatter(ColumnVector source, int[] rows, int count, ColumnVector target) {
    if (source.mayHaveNulls()) {
      boolean[] theirs = source.nulls();
      boolean[] ours = target.writableNulls();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        ours[row] = theirs[row];
      }
    }
    if (source instanceof LongVector longs) {
      long[] theirs = longs.values();
      long[] ours = ((LongVector) target).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        ours[row] = theirs[row];
      }
    } else if (source instanceof DoubleVector doubles) {
      double[] theirs = doubles.values();
      double[] ours = ((DoubleVector) target).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        ours[row] = theirs[row];
      }
    } else if (source instanceof BytesVector bytes) {
      scatterBytes(bytes, rows, count, (BytesVector) target);
    } else {
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        target.copy(source, null, row, 1, row);
      }
    }
  }

  private static void scatterBytes(BytesVector source, int[] rows, int count, BytesVector target) {
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (source.isNull(row)) {
        target.append(row, 0);
      } else {
        target.set(row, source.data(), source.starts()[row], source.lengths()[row]);
      }
    }
  }
}
