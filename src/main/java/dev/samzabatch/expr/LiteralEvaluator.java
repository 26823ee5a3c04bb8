package dev.samzabatch.expr;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Values;
import java.util.Arrays;

/**
 * A constant: a vector that holds it at every row, filled once, so that no kernel needs a form of its own for
 * constants.
 */
final class LiteralEvaluator implements Evaluator {

  private final DataType type;
  private final Object value;
  private final ColumnVector vector;
  private int filled;

  LiteralEvaluator(Expr.Literal literal) {
    this.type = literal.type();
    this.value = literal.value();
    this.vector = type.newVector(0);
  }

  @Override
  public ColumnVector evaluate(RecordBatch batch) {
    if (filled < batch.physicalRows()) {
      fill(Math.max(batch.physicalRows(), RecordBatch.DEFAULT_ROWS));
    }
    return vector;
  }

  private void fill(int rows) {
    vector.clear();
    vector.ensureCapacity(rows);
    filled = vector.capacity();
    Values.set(type, vector, 0, value);
    if (value == null) {
      Arrays.fill(vector.writableNulls(), true);
    }
    if (vector instanceof LongVector longs) {
      Arrays.fill(longs.values(), longs.get(0));
    } else if (vector instanceof DoubleVector doubles) {
      Arrays.fill(doubles.values(), doubles.get(0));
    } else if (vector instanceof DecimalVector decimals) {
      Arrays.fill(decimals.high(), decimals.high()[0]);
      Arrays.fill(decimals.low(), decimals.low()[0]);
    } else if (vector instanceof BytesVector bytes) {
      Arrays.fill(bytes.starts(), bytes.starts()[0]);
      Arrays.fill(bytes.lengths(), bytes.lengths()[0]);
    } else {
      for (int row = 1; row < filled; row++) {
        Values.set(type, vector, row, value);
      }
    }
  }
}
