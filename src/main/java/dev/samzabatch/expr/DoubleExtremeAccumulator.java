package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DoubleVector;
import java.util.Arrays;
import java.util.List;

/**
 * MIN and MAX of float and double, with NaN above all. Of the two zeros, which are equal, it takes the one that Java
 * orders first or last, so that the result does not depend on the order of the rows. The state is the value, null for a
 * group without values.
 */
final class DoubleExtremeAccumulator implements Accumulator {

  private final DataType type;
  private final boolean largest;
  private double[] best = new double[0];
  private boolean[] seen = new boolean[0];

  DoubleExtremeAccumulator(DataType type, boolean largest) {
    this.type = type;
    this.largest = largest;
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(type);
  }

  @Override
  public void ensureGroups(int groups) {
    best = Groups.grown(best, groups);
    seen = Groups.grown(seen, groups);
  }

  @Override
  public void add(ColumnVector argument, int[] rows, int[] groups, int count) {
    double[] theirs = ((DoubleVector) argument).values();
    boolean anyNull = argument.mayHaveNulls();
    boolean[] nulls = argument.nulls();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (!anyNull || !nulls[row]) {
        add(groups[i], theirs[row]);
      }
    }
  }

  private void add(int group, double value) {
    if (!seen[group]) {
      seen[group] = true;
      best[group] = value;
    } else if (largest ? Double.compare(value, best[group]) > 0 : Double.compare(value, best[group]) < 0) {
      best[group] = value;
    }
  }

  @Override
  public void merge(ColumnVector[] states, int[] rows, int[] groups, int count) {
    add(states[0], rows, groups, count);
  }

  @Override
  public void writeStates(int[] groups, int from, int count, ColumnVector[] target) {
    writeResults(groups, from, count, target[0]);
  }

  @Override
  public void writeResults(int[] groups, int from, int count, ColumnVector target) {
    target.ensureCapacity(count);
    for (int i = 0; i < count; i++) {
      int group = Groups.at(groups, from + i);
      ((DoubleVector) target).set(i, best[group]);
      if (!seen[group]) {
        target.setNull(i);
      }
    }
  }

  @Override
  public void clear() {
    Arrays.fill(seen, false);
  }

  @Override
  public long memoryBytes() {
    return (long) Double.BYTES * best.length + seen.length;
  }
}
