package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.util.List;

/** SINGLE_VALUE: the value of the group's only row. The state is the value, and whether there was a row. */
final class SingleValueAccumulator implements Accumulator {

  private final DataType type;
  private final KeptValues kept;

  SingleValueAccumulator(DataType type) {
    this.type = type;
    this.kept = new KeptValues(type);
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(type, ScalarType.BOOLEAN);
  }

  @Override
  public void ensureGroups(int groups) {
    kept.ensureGroups(groups);
  }

  @Override
  public void add(ColumnVector argument, int[] rows, int[] groups, int count) {
    for (int i = 0; i < count; i++) {
      put(groups[i], argument, Rows.at(rows, i));
    }
  }

  private void put(int group, ColumnVector value, int row) {
    if (kept.has(group)) {
      throw new EvaluationException(
          "a subquery that stands for one value gave more than one row; add limit 1 or an aggregate");
    }
    kept.put(group, value, row);
  }

  @Override
  public void merge(ColumnVector[] states, int[] rows, int[] groups, int count) {
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (((LongVector) states[1]).get(row) != 0) {
        put(groups[i], states[0], row);
      }
    }
  }

  @Override
  public void writeStates(int[] groups, int from, int count, ColumnVector[] target) {
    kept.write(groups, from, count, target[0]);
    target[1].ensureCapacity(count);
    for (int i = 0; i < count; i++) {
      ((LongVector) target[1]).set(i, kept.has(Groups.at(groups, from + i)) ? 1 : 0);
    }
  }

  @Override
  public void writeResults(int[] groups, int from, int count, ColumnVector target) {
    kept.write(groups, from, count, target);
  }

  @Override
  public void clear() {
    kept.clear();
  }

  @Override
  public long memoryBytes() {
    return kept.memoryBytes();
  }
}
