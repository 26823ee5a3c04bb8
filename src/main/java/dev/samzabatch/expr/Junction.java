package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import java.util.List;

/**
 * AND and OR in three-valued logic. One false decides an AND, one true an OR; the next argument is evaluated only for
 * rows that are not decided yet, and these are null in the end if one argument was.
 */
final class Junction implements Evaluator {

  private final List<Evaluator> args;
  private final long deciding;
  private final LongVector result = (LongVector) ScalarType.BOOLEAN.newVector(0);
  private int[] open = new int[0];

  Junction(Function function, List<Evaluator> args) {
    this.args = args;
    this.deciding = function == Function.AND ? 0 : 1;
  }

  @Override
  public ColumnVector evaluate(RecordBatch batch) {
    result.clear();
    result.ensureCapacity(batch.physicalRows());
    open = Rows.room(open, batch.rowCount());
    int count = Rows.copy(batch.selection(), batch.rowCount(), open);
    fillWithOther(count);
    RecordBatch rest = batch;
    for (Evaluator arg : args) {
      count = decide((LongVector) arg.evaluate(rest), count);
      if (count == 0) {
        break;
      }
      rest = batch.withSelection(open, count);
    }
    return result;
  }

  private void fillWithOther(int count) {
    long[] values = result.values();
    for (int i = 0; i < count; i++) {
      values[open[i]] = 1 - deciding;
    }
  }

  /** Notes what the argument says of the open rows, and returns how many stay open. */
  private int decide(LongVector argument, int count) {
    long[] theirs = argument.values();
    long[] ours = result.values();
    boolean[] theirNulls = argument.nulls();
    boolean anyNull = argument.mayHaveNulls();
    boolean[] nulls = anyNull || result.mayHaveNulls() ? result.writableNulls() : null;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = open[i];
      if (anyNull && theirNulls[row]) {
        nulls[row] = true;
        open[kept++] = row;
      } else if (theirs[row] == deciding) {
        ours[row] = deciding;
        if (nulls != null) {
          nulls[row] = false;
        }
      } else {
        open[kept++] = row;
      }
    }
    return kept;
  }
}
