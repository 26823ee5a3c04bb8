package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.LongVector;
import java.util.Arrays;
import java.util.List;

/** MIN and MAX of what is held as longs. The state is the value, null for a group without values. */
final class LongExtremeAccumulator implements Accumulator {

  private final DataType type;
  private final boolean largest;
  private final boolean nullable;
  private long[] best = new long[0];
  private boolean[] seen = new boolean[0];

  /**
   * Makes one.
   *
   * @param nullable whether a group may stay without values; else that is not noted
   */
  LongExtremeAccumulator(DataType type, boolean largest, boolean nullable) {
    this.type = type;
    this.nullable = nullable;
    this.largest = largest;
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(type);
  }

  @Override
  public void ensureGroups(int groups) {
    int before = best.length;
    best = Groups.grown(best, groups);
    seen = Groups.grown(seen, nullable ? groups : 0);
    Arrays.fill(best, before, best.length, worst());
  }

  /** The value that every other one replaces. */
  private long worst() {
    return largest ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  @Override
  public void add(ColumnVector argument, int[] rows, int[] groups, int count) {
    long[] theirs = ((LongVector) argument).values();
    if (argument.mayHaveNulls()) {
      addNullable(theirs, argument.nulls(), rows, groups, count);
      return;
    }
    if (largest) {
      addLargest(theirs, rows, groups, count);
    } else {
      addSmallest(theirs, rows, groups, count);
    }
    if (nullable) {
      mark(groups, count);
    }
  }

  private void mark(int[] groups, int count) {
    for (int i = 0; i < count; i++) {
      seen[groups[i]] = true;
    }
  }

  private void addLargest(long[] theirs, int[] rows, int[] groups, int count) {
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      best[group] = Math.max(best[group], theirs[Rows.at(rows, i)]);
    }
  }

  private void addSmallest(long[] theirs, int[] rows, int[] groups, int count) {
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      best[group] = Math.min(best[group], theirs[Rows.at(rows, i)]);
    }
  }

  private void addNullable(long[] theirs, boolean[] nulls, int[] rows, int[] groups, int count) {
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (!nulls[row]) {
        int group = groups[i];
        best[group] = largest ? Math.max(best[group], theirs[row]) : Math.min(best[group], theirs[row]);
        if (nullable) {
          seen[group] = true;
        }
      }
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
      ((LongVector) target).set(i, best[group]);
      if (nullable && !seen[group]) {
        target.setNull(i);
      }
    }
  }

  @Override
  public void clear() {
    Arrays.fill(best, worst());
    Arrays.fill(seen, false);
  }

  @Override
  public long memoryBytes() {
    return (long) Long.BYTES * best.length + seen.length;
  }
}
