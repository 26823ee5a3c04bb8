package dev.samzabatch.expr;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Values;
import java.util.Arrays;
import java.util.List;

/**
 * IN a list of constants, through a hash table of them. A value that is not in the list gives null when the list has a
 * null, and so does a null.
 */
final class Membership implements Evaluator {

  private final Evaluator argument;
  private final ColumnVector constants;
  private final boolean withNull;
  private final int[] table;
  private final LongVector result = (LongVector) ScalarType.BOOLEAN.newVector(0);

  /**
   * Makes one.
   *
   * @param type of the argument and of all the literals
   */
  Membership(Evaluator argument, DataType type, List<Expr> literals) {
    this.argument = argument;
    this.constants = type.newVector(literals.size());
    this.table = new int[Integer.highestOneBit(Math.max(1, literals.size())) * 4];
    Arrays.fill(table, -1);
    boolean anyNull = false;
    int count = 0;
    for (Expr expr : literals) {
      Object value = ((Expr.Literal) expr).value();
      if (value == null) {
        anyNull = true;
      } else {
        Values.set(type, constants, count, value);
        if (find(constants, count) < 0) {
          insert(count);
        }
        count++;
      }
    }
    this.withNull = anyNull;
  }

  @Override
  public ColumnVector evaluate(RecordBatch batch) {
    ColumnVector value = argument.evaluate(batch);
    result.clear();
    result.ensureCapacity(batch.physicalRows());
    long[] values = result.values();
    boolean mayBeNull = withNull || value.mayHaveNulls();
    boolean[] nulls = mayBeNull ? result.writableNulls() : result.nulls();
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      boolean isNull = value.isNull(row);
      boolean found = !isNull && find(value, row) >= 0;
      values[row] = found ? 1 : 0;
      if (mayBeNull) {
        nulls[row] = isNull || withNull && !found;
      }
    }
    return result;
  }

  private void insert(int index) {
    int slot = slot(constants, index);
    while (table[slot] >= 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = index;
  }

  private int find(ColumnVector vector, int row) {
    int slot = slot(vector, row);
    while (table[slot] >= 0) {
      if (ValueOrder.compare(vector, row, constants, table[slot]) == 0) {
        return table[slot];
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return -1;
  }

  private int slot(ColumnVector vector, int row) {
    long hash;
    if (vector instanceof LongVector longs) {
      hash = longs.get(row);
    } else if (vector instanceof BytesVector bytes) {
      hash = KeyHash.bytesHash(bytes.data(), bytes.starts()[row], bytes.lengths()[row]);
    } else if (vector instanceof DoubleVector doubles) {
      hash = Double.doubleToLongBits(doubles.get(row) + 0.0);
    } else {
      hash = 0;
    }
    return (int) ((hash * 0x9E3779B97F4A7C15L) >>> 40) & (table.length - 1);
  }
}
