package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.util.Arrays;
import java.util.List;

/** COUNT: a long a group. */
final class CountAccumulator implements Accumulator {

  private long[] counts = new long[0];

  @Override
  public List<DataType> stateTypes() {
    return List.of(ScalarType.LONG);
  }

  @Override
  public void ensureGroups(int groups) {
    counts = Groups.grown(counts, groups);
  }

  @Override
  public void add(ColumnVector argument, int[] rows, int[] groups, int count) {
    long[] ours = counts;
    if (argument == null || !argument.mayHaveNulls()) {
      for (int i = 0; i < count; i++) {
        ours[groups[i]]++;
      }
      return;
    }
    boolean[] nulls = argument.nulls();
    for (int i = 0; i < count; i++) {
      ours[groups[i]] += nulls[Rows.at(rows, i)] ? 0 : 1;
    }
  }

  /** How many values the group has. */
  long count(int group) {
    return counts[group];
  }

  @Override
  public void merge(ColumnVector[] states, int[] rows, int[] groups, int count) {
    long[] theirs = ((LongVector) states[0]).values();
    for (int i = 0; i < count; i++) {
      counts[groups[i]] += theirs[Rows.at(rows, i)];
    }
  }

  @Override
  public void writeStates(int[] groups, int from, int count, ColumnVector[] target) {
    writeResults(groups, from, count, target[0]);
  }

  @Override
  public void writeResults(int[] groups, int from, int count, ColumnVector target) {
    target.ensureCapacity(count);
    long[] values = ((LongVector) target).values();
    for (int i = 0; i < count; i++) {
      values[i] = counts[Groups.at(groups, from + i)];
    }
  }

  @Override
  public void clear() {
    Arrays.fill(counts, 0);
  }

  @Override
  public long memoryBytes() {
    return (long) Long.BYTES * counts.length;
  }
}
