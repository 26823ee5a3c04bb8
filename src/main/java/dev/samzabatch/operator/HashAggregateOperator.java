package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.plan.Work;
import dev.samzabatch.plan.Work.AggregateMode;
import dev.samzabatch.state.KeyTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups by key columns and aggregates. Rows are numbered by key, states are kept by number, and all is emitted at the
 * end.
 *
 * <p>
 * In mode PARTIAL it only saves work for the exchange behind it, so it gives up memory and effort early: what does not
 * fit its memory is emitted as it stands, and when most rows turn out to be groups of their own, every further row is
 * passed on as a state of one row.
 */
public final class HashAggregateOperator implements Operator {

  /** So many rows are looked at before giving up on grouping. */
  static final int SAMPLE_ROWS = 100_000;

  /** Partial grouping is given up when there are more groups a row than this. */
  static final double TOO_MANY_GROUPS = 0.8;

  private final AggregateMode mode;
  private final int[] keyColumns;
  private final List<AggregateCall> calls;
  private final Schema schema;
  private final long memoryLimit;
  private final ColumnVector[] emitted;

  private KeyTable table;
  private List<GroupedCall> grouped;
  private long rows;
  private boolean passing;
  private long[] hashes = new long[RecordBatch.DEFAULT_ROWS];
  private int[] groups = new int[RecordBatch.DEFAULT_ROWS];

  /**
   * Makes an operator without groups.
   *
   * @param work what to do; in modes PARTIAL and FINAL without distinct calls; in mode FINAL the keys stand first in
   * the input and the states follow in the order of the calls
   * @param schema keys, then results; in mode PARTIAL keys, then states
   * @param memoryLimit in mode PARTIAL, how many bytes of heap to keep within, about
   */
  public HashAggregateOperator(Work.Aggregate work, Schema schema, long memoryLimit) {
    mode = work.mode();
    calls = work.calls();
    if (mode != AggregateMode.COMPLETE && calls.stream().anyMatch(AggregateCall::distinct)) {
      throw new IllegalArgumentException("distinct calls have no partial states: " + calls);
    }
    keyColumns = work.keys().stream().mapToInt(Integer::intValue).toArray();
    this.schema = schema;
    this.memoryLimit = memoryLimit;
    emitted = new ColumnVector[schema.size()];
    for (int i = 0; i < emitted.length; i++) {
      emitted[i] = schema.type(i).newVector(RecordBatch.DEFAULT_ROWS);
    }
    reset();
  }

  private void reset() {
    List<DataType> keyTypes = schema.fields().stream().limit(keyColumns.length).map(Field::type).toList();
    table = KeyTable.create(keyTypes);
    grouped = new ArrayList<>();
    calls.forEach(call -> grouped.add(new GroupedCall(call)));
    rows = 0;
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    if (batch.rowCount() > groups.length) {
      hashes = new long[batch.rowCount()];
      groups = new int[batch.rowCount()];
    }
    if (passing) {
      passOn(batch, output);
      return;
    }
    rows += batch.rowCount();
    if (keyColumns.length > 0) {
      KeyHash.hash(batch, keyColumns, hashes);
      table.lookupOrInsert(batch, keyColumns, hashes, groups);
    }
    int next = keyColumns.length;
    for (GroupedCall call : grouped) {
      if (mode == AggregateMode.FINAL) {
        call.merge(batch, next, groups, groupCount());
        next += call.stateColumns();
      } else {
        call.add(batch, groups, groupCount());
      }
    }
    if (mode == AggregateMode.PARTIAL) {
      adapt(output);
    }
  }

  /**
   * Without keys all rows are in group 0, which is there even without rows, except that nobody needs its empty state.
   */
  private int groupCount() {
    if (keyColumns.length > 0) {
      return table.size();
    }
    return mode == AggregateMode.PARTIAL && rows == 0 ? 0 : 1;
  }

  private void adapt(Output output) throws IOException {
    boolean useless = rows >= SAMPLE_ROWS && groupCount() > TOO_MANY_GROUPS * rows;
    if (useless || memoryBytes() > memoryLimit) {
      emitGroups(output);
      reset();
      passing = useless;
    }
  }

  /** Emits each row as the state of a group of its own. */
  private void passOn(RecordBatch batch, Output output) throws IOException {
    int count = batch.rowCount();
    for (int i = 0; i < count; i++) {
      groups[i] = i;
    }
    ColumnVector[] columns = emitted.clone();
    for (int i = 0; i < keyColumns.length; i++) {
      ColumnVector key = batch.column(keyColumns[i]);
      if (batch.selection() == null) {
        columns[i] = key;
      } else {
        columns[i].clear();
        columns[i].copy(key, batch.selection(), 0, count, 0);
      }
    }
    int next = keyColumns.length;
    for (GroupedCall call : grouped) {
      call.clear();
      call.add(batch, groups, count);
      call.writeStates(0, count, columns, next);
      next += call.stateColumns();
    }
    output.emit(RecordBatch.of(schema, columns, count));
  }

  private void emitGroups(Output output) throws IOException {
    int count = groupCount();
    ColumnVector[] keys = Arrays.copyOf(emitted, keyColumns.length);
    for (int from = 0; from < count; from += RecordBatch.DEFAULT_ROWS) {
      int size = Math.min(RecordBatch.DEFAULT_ROWS, count - from);
      table.copyKeys(from, size, keys);
      int next = keyColumns.length;
      for (GroupedCall call : grouped) {
        if (mode == AggregateMode.PARTIAL) {
          call.writeStates(from, size, emitted, next);
          next += call.stateColumns();
        } else {
          call.writeResults(from, size, emitted[next++]);
        }
      }
      output.emit(RecordBatch.of(schema, emitted, size));
    }
  }

  @Override
  public void endOfStream(int port, Output output) throws IOException {
    emitGroups(output);
    reset();
  }

  @Override
  public long memoryBytes() {
    long sum = table.memoryBytes();
    for (GroupedCall call : grouped) {
      sum += call.memoryBytes();
    }
    return sum;
  }
}
