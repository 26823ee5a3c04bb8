package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DoubleVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** AVG: a sum and a count, divided only in the end. The state is that of the sum, then the count. */
final class AverageAccumulator implements Accumulator {

  private final Sums sums;
  private final int scale;
  private final CountAccumulator counts = new CountAccumulator();

  AverageAccumulator(Sums sums, int scale) {
    this.sums = sums;
    this.scale = scale;
  }

  @Override
  public List<DataType> stateTypes() {
    List<DataType> types = new ArrayList<>(sums.stateTypes());
    types.addAll(counts.stateTypes());
    return types;
  }

  @Override
  public void ensureGroups(int groups) {
    sums.ensureGroups(groups);
    counts.ensureGroups(groups);
  }

  @Override
  public void add(ColumnVector argument, int[] rows, int[] groups, int count) {
    sums.add(argument, rows, groups, count);
    counts.add(argument, rows, groups, count);
  }

  @Override
  public void merge(ColumnVector[] states, int[] rows, int[] groups, int count) {
    sums.merge(Arrays.copyOf(states, states.length - 1), rows, groups, count);
    counts.merge(last(states), rows, groups, count);
  }

  @Override
  public void writeStates(int[] groups, int from, int count, ColumnVector[] target) {
    sums.writeStates(groups, from, count, Arrays.copyOf(target, target.length - 1));
    counts.writeStates(groups, from, count, last(target));
  }

  private static ColumnVector[] last(ColumnVector[] states) {
    return new ColumnVector[] {states[states.length - 1]};
  }

  @Override
  public void writeResults(int[] groups, int from, int count, ColumnVector target) {
    target.ensureCapacity(count);
    for (int i = 0; i < count; i++) {
      int group = Groups.at(groups, from + i);
      long divisor = counts.count(group);
      if (divisor == 0) {
        target.setNull(i);
      } else {
        ((DoubleVector) target).set(i, sums.average(group, divisor, scale));
      }
    }
  }

  @Override
  public void clear() {
    sums.clear();
    counts.clear();
  }

  @Override
  public long memoryBytes() {
    return sums.memoryBytes() + counts.memoryBytes();
  }
}
