package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.state.KeyTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups in memory: rows are numbered by key, states are kept by number. Without key columns all rows are in group 0.
 */
final class GroupTable {

  private final List<DataType> keyTypes;
  private final List<AggregateCall> calls;
  private KeyTable table;
  private List<GroupedCall> grouped;
  private long rows;
  private long[] hashes = new long[RecordBatch.DEFAULT_ROWS];
  private int[] groups = new int[RecordBatch.DEFAULT_ROWS];

  /** One without groups. */
  GroupTable(List<DataType> keyTypes, List<AggregateCall> calls) {
    this.keyTypes = keyTypes;
    this.calls = calls;
    clear();
  }

  /** Forgets all groups and gives their memory back. */
  void clear() {
    table = KeyTable.create(keyTypes);
    grouped = new ArrayList<>();
    calls.forEach(call -> grouped.add(new GroupedCall(call)));
    rows = 0;
  }

  /** Begins one of several passes over the same rows, see {@link GroupedCall#beginPass}. */
  void beginPass(int number, int of) {
    grouped.forEach(call -> call.beginPass(number, of));
  }

  /** Adds the rows of a batch to their groups. */
  void add(RecordBatch batch, int[] keyColumns) {
    number(batch, keyColumns);
    for (GroupedCall call : grouped) {
      call.add(batch, groups, size());
    }
  }

  /** Merges states into their groups: the columns of keys, then those of the calls in their order. */
  void merge(RecordBatch batch, int[] keyColumns) {
    number(batch, keyColumns);
    int next = keyColumns.length;
    for (GroupedCall call : grouped) {
      call.merge(batch, next, groups, size());
      next += call.stateColumns();
    }
  }

  private void number(RecordBatch batch, int[] keyColumns) {
    int count = batch.rowCount();
    if (count > groups.length) {
      hashes = new long[count];
      groups = new int[count];
    }
    rows += count;
    if (keyColumns.length > 0) {
      KeyHash.hash(batch, keyColumns, hashes);
      table.lookupOrInsert(batch, keyColumns, hashes, groups);
    }
  }

  /** Merges states as {@link #merge} does; gives the numbers of the groups of the rows, valid until the next call. */
  int[] mergeNumbered(RecordBatch batch, int[] keyColumns) {
    merge(batch, keyColumns);
    return groups;
  }

  /** How many groups there are; without key columns always one. */
  int size() {
    return keyTypes.isEmpty() ? 1 : table.size();
  }

  /** How many rows have come. */
  long rows() {
    return rows;
  }

  /** Writes keys and states of the groups {@code from .. from + count} into the vectors, one a column. */
  void writeStates(int from, int count, ColumnVector[] target) {
    table.copyKeys(from, count, Arrays.copyOf(target, keyTypes.size()));
    int next = keyTypes.size();
    for (GroupedCall call : grouped) {
      call.writeStates(from, count, target, next);
      next += call.stateColumns();
    }
  }

  /** Writes keys and results of the groups {@code from .. from + count} into the vectors, one a column. */
  void writeResults(int from, int count, ColumnVector[] target) {
    table.copyKeys(from, count, Arrays.copyOf(target, keyTypes.size()));
    int next = keyTypes.size();
    for (GroupedCall call : grouped) {
      call.writeResults(null, from, count, target[next++]);
    }
  }

  /** Writes keys and results of the groups {@code numbers[from .. from + count]} into the vectors, one a column. */
  void writeResults(int[] numbers, int from, int count, ColumnVector[] target) {
    table.copyKeys(numbers, from, count, Arrays.copyOf(target, keyTypes.size()));
    int next = keyTypes.size();
    for (GroupedCall call : grouped) {
      call.writeResults(numbers, from, count, target[next++]);
    }
  }

  /** About how many bytes of heap the groups use. */
  long memoryBytes() {
    long sum = table.memoryBytes();
    for (GroupedCall call : grouped) {
      sum += call.memoryBytes();
    }
    return sum;
  }
}
