package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.ScalarType;
import java.util.Arrays;
import java.util.List;

/**
 * SUM of float and double, compensated (Knuth's exact error of each addition, summed up beside the sum), so that the result
 * is that of about 106 bits and hardly ever depends on the order. The state is (sum, compensation), the sum being null for a
 * group without values. A sum that overflows is infinite.
 */
final class DoubleSumAccumulator implements Sums {

  private final boolean orZero;
  private final boolean isFloat;
  private double[] sums = new double[0];
  private double[] errors = new double[0];
  private boolean[] seen = new boolean[0];

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
    sums = Groups.grown(sums, groups);
    errors = Groups.grown(errors, groups);
    seen = Groups.grown(seen, orZero ? 0 : groups);
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
    double before = sums[group];
    double sum = before + value;
    double added = sum - before;
    sums[group] = sum;
    errors[group] += (before - (sum - added)) + (value - added);
    if (!orZero) {
      seen[group] = true;
    }
  }

  @Override
  public void merge(ColumnVector[] states, int[] rows, int[] groups, int count) {
    DoubleVector sum = (DoubleVector) states[0];
    DoubleVector error = (DoubleVector) states[1];
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (!sum.isNull(row)) {
        add(groups[i], sum.get(row));
        errors[groups[i]] += error.get(row);
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
      ((DoubleVector) target[0]).set(i, sums[group]);
      ((DoubleVector) target[1]).set(i, errors[group]);
      if (!orZero && !seen[group]) {
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
      if (!orZero && !seen[group]) {
        target.setNull(i);
      }
    }
  }

  /** An infinite or NaN sum has no meaningful error. */
  private double result(int group) {
    return Double.isFinite(sums[group]) ? sums[group] + errors[group] : sums[group];
  }

  @Override
  public double average(int group, long count, int scale) {
    return result(group) / count;
  }

  @Override
  public void clear() {
    Arrays.fill(sums, 0);
    Arrays.fill(errors, 0);
    Arrays.fill(seen, false);
  }

  @Override
  public long memoryBytes() {
    return (long) Double.BYTES * (sums.length + errors.length) + seen.length;
  }
}
