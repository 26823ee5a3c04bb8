package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.plan.Work;
import dev.samzabatch.plan.Work.AggregateMode;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.system.FaultPoint;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Groups by key columns and aggregates, in mode COMPLETE or FINAL; the results are emitted at the end.
 *
 * <p>
 * What is saved or spilled is the increment since the last time: the states of the groups in memory are appended to the
 * changelog, by bucket, and forgotten, so that nothing is written twice. At the end either nothing was ever logged, and
 * the results come from memory, or everything is logged and the increments are merged bucket by bucket; in kind ROCKSDB
 * they are in a database too, and merged in its order.
 *
 * <pre>
 * cursor  the position of {@link Drain}; 0 before the end
 * </pre>
 */
public final class HashAggregateOperator implements Operator {

  private static final int BATCHES_A_STEP = 64;

  /** In kind ROCKSDB, the groups in memory may use so much. */
  private static final long FLUSH_BYTES = 4 << 20;

  private final boolean fromStates;
  private final int[] keyColumns;
  private final Schema schema;
  private final OperatorState state;
  private final Changelog log;
  private final int[] logKeys;
  private final long memoryLimit;
  private final BucketWriter writer;
  private final ColumnVector[] states;
  private final ColumnVector[] results;
  private final GroupTable table;
  private boolean ended;

  /** The next group to be emitted from memory. */
  private int nextGroup;

  /** Where logged groups lie in kind ROCKSDB; null until there are any. */
  private GroupStore store;

  /** What emits logged groups; null before the end, and while they are emitted from memory. */
  private Drain drain;

  /**
   * Makes an operator without groups.
   *
   * @param work what to do, without distinct calls; in mode FINAL the keys stand first in the input and the states
   * follow in the order of the calls
   * @param schema keys, then results
   */
  public HashAggregateOperator(Work.Aggregate work, Schema schema, OperatorState state) {
    if (work.mode() == AggregateMode.PARTIAL || work.calls().stream().anyMatch(AggregateCall::distinct)) {
      throw new IllegalArgumentException("another operator does this: " + work);
    }
    fromStates = work.mode() == AggregateMode.FINAL;
    keyColumns = work.keys().stream().mapToInt(Integer::intValue).toArray();
    this.schema = schema;
    this.state = state;
    log = state.changelogs().get(0);
    logKeys = IntStream.range(0, keyColumns.length).toArray();
    memoryLimit = BucketDrain.memoryLimit(state);
    writer = new BucketWriter(log, logKeys, 0, log.parts());
    states = log.schema().newVectors(RecordBatch.DEFAULT_ROWS);
    results = schema.newVectors(RecordBatch.DEFAULT_ROWS);
    List<DataType> keyTypes = schema.fields().stream().limit(keyColumns.length).map(Field::type).toList();
    table = new GroupTable(keyTypes, work.calls());
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    if (fromStates) {
      table.merge(batch, keyColumns);
    } else {
      table.add(batch, keyColumns);
    }
    if (state.kind() == StateKind.ROCKSDB && table.memoryBytes() > Math.min(FLUSH_BYTES, memoryLimit)) {
      logGroups(0);
    }
  }

  @Override
  public void endOfStream(int port, Output output) throws IOException {
    ended = true;
    if (!log.isEmpty()) {
      logGroups(0);
      drain = drainFrom(0);
    }
  }

  /** Appends the groups from this one on to the changelog, and forgets all. */
  private void logGroups(int first) throws IOException {
    int count = table.rows() == 0 ? 0 : table.size();
    if (count == 0) {
      return;
    }
    if (state.kind() == StateKind.ROCKSDB && store == null) {
      store = new GroupStore(state, logKeys);
    }
    for (int from = first; from < count; from += RecordBatch.DEFAULT_ROWS) {
      int size = Math.min(RecordBatch.DEFAULT_ROWS, count - from);
      table.writeStates(from, size, states);
      RecordBatch batch = RecordBatch.of(log.schema(), states, size);
      writer.append(batch);
      if (store != null) {
        store.add(batch);
      }
    }
    if (store != null) {
      store.flush();
    }
    table.clear();
  }

  private Drain drainFrom(long position) {
    if (store != null) {
      return store.drain(position, new Merging());
    }
    return new BucketDrain(log, logKeys, log.parts(), memoryLimit, new Merging()).from(position);
  }

  @Override
  public boolean drain(Output output) throws IOException {
    if (drain != null) {
      return drain.step(output);
    }
    int end = (int) Math.min(table.size(), nextGroup + (long) BATCHES_A_STEP * RecordBatch.DEFAULT_ROWS);
    emit(nextGroup, end, output);
    nextGroup = end;
    if (end < table.size()) {
      return true;
    }
    table.clear();
    drain = drainFrom(KeyBuckets.END);
    return false;
  }

  private void emit(int first, int end, Output output) throws IOException {
    for (int from = first; from < end; from += RecordBatch.DEFAULT_ROWS) {
      int size = Math.min(RecordBatch.DEFAULT_ROWS, end - from);
      table.writeResults(from, size, results);
      output.emit(RecordBatch.of(schema, results, size));
    }
  }

  @Override
  public long save() throws IOException {
    if (!ended) {
      logGroups(0);
      return 0;
    }
    if (drain == null) {
      logGroups(nextGroup);
      drain = drainFrom(0);
    }
    return drain.position();
  }

  @Override
  public void restore(long cursor, int endedPorts) throws IOException {
    if (state.kind() == StateKind.ROCKSDB && !log.isEmpty()) {
      store = new GroupStore(state, logKeys);
      store.load(cursor);
    }
    if (endedPorts > 0) {
      ended = true;
      drain = drainFrom(cursor);
    }
  }

  @Override
  public boolean spill() throws IOException {
    if (ended || state.kind() == StateKind.MEMORY || table.rows() == 0) {
      return false;
    }
    FaultPoint.STATE_SPILL.reach();
    logGroups(0);
    return true;
  }

  @Override
  public long memoryBytes() {
    return table.memoryBytes();
  }

  @Override
  public void close() throws IOException {
    if (drain != null) {
      drain.close();
    }
    if (store != null) {
      store.close();
    }
  }

  /** Merges the increments of a range of keys. */
  private final class Merging implements BucketDrain.Keys {

    @Override
    public void begin() {
      table.clear();
    }

    @Override
    public void take(int round, RecordBatch batch) {
      table.merge(batch, logKeys);
    }

    @Override
    public int size() {
      return table.size();
    }

    @Override
    public long memoryBytes() {
      return table.memoryBytes();
    }

    @Override
    public void emit(Output output) throws IOException {
      HashAggregateOperator.this.emit(0, table.size(), output);
    }
  }
}
