package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.ScalarType;
import java.util.List;

/**
 * SUM of float and double, compensated (Knuth's exact error of each addition, summed up beside the sum), so that the
 * result is that of about 106 bits and hardly ever depends on the order. The state is (sum, compensation), the sum
 * being null for a group without values. A sum that overflows is infinite.
 */
final class DoubleSumAccumulator implements Sums {

  private final boolean orZero;
  private final boolean isFloat;
  /** Sum and error of each group, side by side. An error of -0.0, which no addition gives, says: no values yet. */
  private double[] states = new double[0];

  /**
   * Makes one.
   *
   * @param orZero whether the sum of no values is 0 and not null
   */
  DoubleSumAccumulator(boolean orZero, boolean isFloat) {
    this.orZero = orZero;
    this.isFloat = isFloat;
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(ScalarType.DOUBLE, ScalarType.DOUBLE);
  }

  @Override
  public void ensureGroups(int groups) {
    int before = states.length;
    states = Groups.grown(states, Math.multiplyExact(2, groups));
    empty(before);
  }

  private void empty(int from) {
    for (int i = from; i + 1 < states.length; i += 2) {
      states[i] = 0.0;
      states[i + 1] = -0.0;
    }
  }

  private boolean hasValues(int group) {
    return Double.doubleToRawLongBits(states[2 * group + 1]) != Long.MIN_VALUE;
  }

  @Override
  public void add(ColumnVector values, int[] rows, int[] groups, int count) {
    double[] theirs = ((DoubleVector) values).values();
    boolean anyNull = values.mayHaveNulls();
    boolean[] nulls = values.nulls();
    if (rows == null && !anyNull) {
      for (int i = 0; i < count; i++) {
        add(groups[i], theirs[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        if (!anyNull || !nulls[row]) {
          add(groups[i], theirs[row]);
        }
      }
    }
  }

  private void add(int group, double value) {
    double[] ours = states;
    double before = ours[2 * group];
    double sum = before + value;
    double added = sum - before;
    ours[2 * group] = sum;
    ours[2 * group + 1] += (before - (sum - added)) + (value - added);
  }

  @Override
  public void merge(ColumnVector[] columns, int[] rows, int[] groups, int count) {
    DoubleVector sum = (DoubleVector) columns[0];
    DoubleVector error = (DoubleVector) columns[1];
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (!sum.isNull(row)) {
        add(groups[i], sum.get(row));
        states[2 * groups[i] + 1] += error.get(row);
      }
    }
  }

  @Override
  public void writeStates(int[] groups, int from, int count, ColumnVector[] target) {
    for (ColumnVector column : target) {
      column.ensureCapacity(count);
    }
    for (int i = 0; i < count; i++) {
      int group = Groups.at(groups, from + i);
      ((DoubleVector) target[0]).set(i, states[2 * group]);
      ((DoubleVector) target[1]).set(i, states[2 * group + 1]);
      if (!hasValues(group)) {
        target[0].setNull(i);
      }
    }
  }

  @Override
  public void writeResults(int[] groups, int from, int count, ColumnVector target) {
    target.ensureCapacity(count);
    for (int i = 0; i < count; i++) {
      int group = Groups.at(groups, from + i);
      double result = result(group);
      ((DoubleVector) target).set(i, isFloat ? (float) result : result);
      if (!orZero && !hasValues(group)) {
        target.setNull(i);
      }
    }
  }

  /** An infinite or NaN sum has no meaningful error. */
  private double result(int group) {
    double sum = states[2 * group];
    return Double.isFinite(sum) ? sum + states[2 * group + 1] : sum;
  }

  @Override
  public double average(int group, long count, int scale) {
    return result(group) / count;
  }

  @Override
  public void clear() {
    empty(0);
  }

  @Override
  public long memoryBytes() {
    return (long) Double.BYTES * states.length;
  }
}
