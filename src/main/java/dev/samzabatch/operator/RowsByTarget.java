package dev.samzabatch.operator;

import dev.samzabatch.data.RecordBatch;
import java.util.Arrays;

/** Orders the rows of a batch by a number that each of them is given: a counting sort. */
final class RowsByTarget {

  private int[] targets = new int[RecordBatch.DEFAULT_ROWS];
  private int[] rows = new int[RecordBatch.DEFAULT_ROWS];

  /** Where the rows of each target end; while they are put, where the next one goes. */
  private final int[] ends;

  /** For targets from 0 to one less than this many. */
  RowsByTarget(int targetCount) {
    ends = new int[targetCount + 1];
  }

  /** Where to write the target of the i-th selected row, at i, before {@link #sort}. */
  int[] targets(int count) {
    if (count > targets.length) {
      targets = new int[count];
      rows = new int[count];
    }
    return targets;
  }

  /** Orders the selected rows of a batch. */
  void sort(RecordBatch batch) {
    int count = batch.rowCount();
    Arrays.fill(ends, 0);
    for (int i = 0; i < count; i++) {
      ends[targets[i] + 1]++;
    }
    for (int t = 1; t < ends.length; t++) {
      ends[t] += ends[t - 1];
    }
    for (int i = 0; i < count; i++) {
      rows[ends[targets[i]]++] = batch.row(i);
    }
  }

  /** Physical rows, those of each target from {@link #start} on. */
  int[] rows() {
    return rows;
  }

  /** Where the rows of a target start. */
  int start(int target) {
    return target == 0 ? 0 : ends[target - 1];
  }

  /** How many rows a target has. */
  int count(int target) {
    return ends[target] - start(target);
  }
}
