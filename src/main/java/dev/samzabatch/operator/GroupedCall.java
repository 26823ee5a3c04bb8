package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Accumulator;
import dev.samzabatch.expr.Accumulators;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import java.util.Arrays;
import java.util.List;

/** One aggregate call over the groups of an operator: which rows count, and the states that they go to. */
final class GroupedCall {

  private static final int[] GROUP_AND_ARGUMENT = {0, 1};
  private static final int[] ARGUMENT = {1};

  private final AggregateCall call;
  private final Accumulator accumulator;

  /** The (group, argument) pairs that have been added; null when equal arguments count each time. */
  private NewKeys added;

  /** Of how many passes over the rows this is which, from 0. */
  private int pass;

  private int passes = 1;

  private final Schema pair;
  private final LongVector groupColumn = new LongVector(RecordBatch.DEFAULT_ROWS);
  private int[] rows = new int[RecordBatch.DEFAULT_ROWS];
  private int[] groups = new int[RecordBatch.DEFAULT_ROWS];
  private long[] hashes = new long[0];
  private int count;

  GroupedCall(AggregateCall call) {
    this.call = call;
    accumulator = Accumulators.create(call);
    pair =
        Schema.of(Field.required("group", ScalarType.LONG), Field.optional("argument", call.argumentType()));
    boolean repeatsMatter = call.function() != AggregateFunction.MIN && call.function() != AggregateFunction.MAX;
    added = call.distinct() && call.argument() >= 0 && repeatsMatter ? noPairs() : null;
  }

  private NewKeys noPairs() {
    return new NewKeys(List.of(ScalarType.LONG, call.argumentType()));
  }

  /**
   * Begins one of several passes over the same rows, each of which counts other arguments, so that those of one pass
   * fit memory. What does not depend on repeats is added in the first.
   */
  void beginPass(int number, int of) {
    pass = number;
    passes = of;
    if (added != null) {
      added = noPairs();
    }
  }

  /**
   * Adds the selected rows that the call counts.
   *
   * @param groupOf group of the i-th selected row
   * @param groupCount one more than the largest group
   */
  void add(RecordBatch batch, int[] groupOf, int groupCount) {
    accumulator.ensureGroups(groupCount);
    if (added == null && pass > 0) {
      return;
    }
    ColumnVector argument = call.argument() < 0 ? null : batch.column(call.argument());
    if (call.filter() < 0 && added == null) {
      accumulator.add(argument, batch.selection(), groupOf, batch.rowCount());
      return;
    }
    take(batch, groupOf);
    if (added != null) {
      dropRepeats(argument);
    }
    accumulator.add(argument, rows, groups, count);
  }

  /** Merges the states that stand in the columns from {@code first} on. */
  void merge(RecordBatch batch, int first, int[] groupOf, int groupCount) {
    ColumnVector[] states = new ColumnVector[accumulator.stateTypes().size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = batch.column(first + i);
    }
    accumulator.ensureGroups(groupCount);
    accumulator.merge(states, batch.selection(), groupOf, batch.rowCount());
  }

  /** Takes the rows for which the filter is true. */
  private void take(RecordBatch batch, int[] groupOf) {
    if (batch.rowCount() > rows.length) {
      rows = new int[batch.rowCount()];
      groups = new int[batch.rowCount()];
    }
    count = 0;
    LongVector filter = call.filter() < 0 ? null : (LongVector) batch.column(call.filter());
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      if (filter == null || (!filter.isNull(row) && filter.get(row) != 0)) {
        rows[count] = row;
        groups[count++] = groupOf[i];
      }
    }
  }

  private void dropRepeats(ColumnVector argument) {
    if (passes > 1) {
      keepPass(argument);
    }
    if (count == 0) {
      return;
    }
    groupColumn.ensureCapacity(rows[count - 1] + 1);
    for (int i = 0; i < count; i++) {
      groupColumn.set(rows[i], groups[i]);
    }
    ColumnVector[] columns = {groupColumn, argument};
    count = added.pick(RecordBatch.selected(pair, columns, rows, count), GROUP_AND_ARGUMENT);
    int[] positions = added.positions();
    for (int i = 0; i < count; i++) {
      rows[i] = rows[positions[i]];
      groups[i] = groups[positions[i]];
    }
  }

  /** Keeps the rows whose arguments, by their hash, belong to this pass. */
  private void keepPass(ColumnVector argument) {
    if (hashes.length < count) {
      hashes = new long[count];
    }
    ColumnVector[] columns = {argument, argument};
    KeyHash.hash(RecordBatch.selected(pair, columns, rows, count), ARGUMENT, hashes);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (KeyBuckets.bucket(hashes[i], passes) == pass) {
        rows[kept] = rows[i];
        groups[kept++] = groups[i];
      }
    }
    count = kept;
  }

  /** How many columns a state has. */
  int stateColumns() {
    return accumulator.stateTypes().size();
  }

  /** Writes the states of the groups {@code from .. from + size} into the columns from {@code first} on. */
  void writeStates(int from, int size, ColumnVector[] columns, int first) {
    ColumnVector[] target = Arrays.copyOfRange(columns, first, first + stateColumns());
    accumulator.ensureGroups(from + size);
    for (ColumnVector column : target) {
      column.clear();
      column.ensureCapacity(size);
    }
    accumulator.writeStates(null, from, size, target);
  }

  /**
   * Writes the results of the groups {@code numbers[from .. from + size]} into the vector.
   *
   * @param numbers of groups that have been added to; null for {@code from .. from + size} themselves
   */
  void writeResults(int[] numbers, int from, int size, ColumnVector target) {
    if (numbers == null) {
      accumulator.ensureGroups(from + size);
    }
    target.clear();
    target.ensureCapacity(size);
    accumulator.writeResults(numbers, from, size, target);
  }

  /** Forgets all groups; not for a call that drops repeats. */
  void clear() {
    accumulator.clear();
  }

  long memoryBytes() {
    return accumulator.memoryBytes() + (added == null ? 0 : added.memoryBytes());
  }
}
