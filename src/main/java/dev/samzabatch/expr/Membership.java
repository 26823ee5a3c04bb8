package dev.samzabatch.expr;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DoubleVector;
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
  private int[] live = new int[0];
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
        if (!find(constants, count)) {
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
    int[] rows = batch.selection();
    int count = batch.rowCount();
    if (value.mayHaveNulls()) {
      live = Rows.room(live, count);
      count = Rows.notNull(value.nulls(), rows, count, live);
      rows = live;
      markNulls(value, batch);
    }
    if (value instanceof LongVector longs) {
      findLongs(longs.values(), rows, count);
    } else {
      long[] found = result.values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        found[row] = find(value, row) ? 1 : 0;
      }
    }
    if (withNull) {
      nullWhereNotFound(rows, count);
    }
    return result;
  }

  private void markNulls(ColumnVector value, RecordBatch batch) {
    boolean[] theirs = value.nulls();
    boolean[] ours = result.writableNulls();
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      ours[row] = theirs[row];
    }
  }

  private void nullWhereNotFound(int[] rows, int count) {
    long[] found = result.values();
    boolean[] nulls = result.writableNulls();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      nulls[row] = found[row] == 0;
    }
  }

  private void findLongs(long[] values, int[] rows, int count) {
    long[] known = ((LongVector) constants).values();
    long[] found = result.values();
    int mask = table.length - 1;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      long value = values[row];
      int slot = slot(value);
      while (table[slot] >= 0 && known[table[slot]] != value) {
        slot = (slot + 1) & mask;
      }
      found[row] = table[slot] >= 0 ? 1 : 0;
    }
  }

  private void insert(int index) {
    int slot = slot(hash(constants, index));
    while (table[slot] >= 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = index;
  }

  private boolean find(ColumnVector vector, int row) {
    int slot = slot(hash(vector, row));
    while (table[slot] >= 0 && ValueOrder.compare(vector, row, constants, table[slot]) != 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    return table[slot] >= 0;
  }

  private int slot(long hash) {
    return (int) ((hash * 0x9E3779B97F4A7C15L) >>> 40) & (table.length - 1);
  }

  private static long hash(ColumnVector vector, int row) {
    if (vector instanceof BytesVector bytes) {
      int length = bytes.lengths()[row];
      return Prefix.of(bytes.data(), bytes.starts()[row], length) + length;
    }
    if (vector instanceof LongVector longs) {
      return longs.get(row);
    }
    return vector instanceof DoubleVector doubles ? Double.doubleToLongBits(doubles.get(row) + 0.0) : 0;
  }
}
