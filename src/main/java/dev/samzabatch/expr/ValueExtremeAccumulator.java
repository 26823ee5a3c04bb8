package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import java.util.List;

/**
 * MIN and MAX of strings, bytes, wide decimals, arrays and rows. The state is the value, null for a group without
 * values.
 */
final class ValueExtremeAccumulator implements Accumulator {

  private final DataType type;
  private final boolean largest;
  private final KeptValues best;

  ValueExtremeAccumulator(DataType type, boolean largest) {
    this.type = type;
    this.largest = largest;
    this.best = new KeptValues(type);
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(type);
  }

  @Override
  public void ensureGroups(int groups) {
    best.ensureGroups(groups);
  }

  @Override
  public void add(ColumnVector argument, int[] rows, int[] groups, int count) {
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      int group = groups[i];
      if (!argument.isNull(row) && (!best.has(group) || isBetter(argument, row, group))) {
        best.put(group, argument, row);
      }
    }
  }

  private boolean isBetter(ColumnVector argument, int row, int group) {
    int order = ValueOrder.compare(argument, row, best.values(), group);
    return largest ? order > 0 : order < 0;
  }

  @Override
  public void merge(ColumnVector[] states, int[] rows, int[] groups, int count) {
    add(states[0], rows, groups, count);
  }

  @Override
  public void writeStates(int[] groups, int from, int count, ColumnVector[] target) {
    best.write(groups, from, count, target[0]);
  }

  @Override
  public void writeResults(int[] groups, int from, int count, ColumnVector target) {
    best.write(groups, from, count, target);
  }

  @Override
  public void clear() {
    best.clear();
  }

  @Override
  public long memoryBytes() {
    return best.memoryBytes();
  }
}
