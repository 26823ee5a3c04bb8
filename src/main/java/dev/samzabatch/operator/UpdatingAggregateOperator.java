package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.OperatorState;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Groups by key columns, in mode COMPLETE or FINAL, over rows without end: now and then, and at the end, it emits the
 * groups that have changed, as they are. The last row of a key is its result so far. All groups stay in memory.
 *
 * <p>
 * What has come since groups were emitted or saved is in one table, all that came before in another, see
 * {@link RecentGroups}. Which groups have changed is not saved: after a restart all are taken to have, if any had.
 *
 * <pre>
 * cursor  1 when there are groups that have changed and were not emitted, else 0
 * </pre>
 */
public final class UpdatingAggregateOperator implements Operator {

  private static final int ROWS_A_STEP = 64 * RecordBatch.DEFAULT_ROWS;

  private final Schema schema;
  private final long everyNanos;
  private final StateMemory memory;
  private final RecentGroups recent;
  private final GroupTable groups;
  private final ColumnVector[] results;

  /** Numbers of the groups that have changed, each once; {@code emitted} of them have been emitted. */
  private int[] changed = new int[RecordBatch.DEFAULT_ROWS];

  private int changes;
  private int emitted;

  /** Whether a group has changed, by number. */
  private boolean[] isChanged = new boolean[RecordBatch.DEFAULT_ROWS];

  private long nextNanos;
  private boolean started;

  /**
   * Makes an operator without groups.
   *
   * @param work what to do, with keys and without distinct calls
   * @param schema keys, then results
   */
  public UpdatingAggregateOperator(Work.UpdatingAggregate work, Schema schema, OperatorState state) {
    this(work, schema, state, RecentGroups.LEAST_ROWS);
  }

  /** The same with another number of rows below which the changelog is not begun anew. */
  UpdatingAggregateOperator(Work.UpdatingAggregate work, Schema schema, OperatorState state, int leastRows) {
    this.schema = schema;
    everyNanos = work.everyNanos();
    memory = new StateMemory(state, "a grouping without windows keeps all its groups for ever");
    recent = new RecentGroups(work.grouping(), schema, state.changelogs().get(0), leastRows);
    groups = recent.newTable();
    results = schema.newVectors(RecordBatch.DEFAULT_ROWS);
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    recent.add(batch);
    memory.check(memoryBytes());
  }

  private void merge(RecordBatch increments) {
    int[] numbers = groups.mergeNumbered(increments, recent.logKeys());
    if (groups.size() > isChanged.length) {
      isChanged = Arrays.copyOf(isChanged, 2 * groups.size());
      changed = Arrays.copyOf(changed, 2 * groups.size());
    }
    for (int i = 0; i < increments.rowCount(); i++) {
      int group = numbers[i];
      if (!isChanged[group]) {
        isChanged[group] = true;
        changed[changes++] = group;
      }
    }
  }

  @Override
  public void tick(long nanos, Output output) throws IOException {
    if (!started) {
      started = true;
      nextNanos = nanos + everyNanos;
    }
    if (nanos - nextNanos >= 0) {
      nextNanos = nanos + everyNanos;
      recent.log(this::merge);
      emit(Integer.MAX_VALUE, output);
    }
  }

  /** Emits about so many of the groups that have changed. */
  private void emit(int most, Output output) throws IOException {
    int end = (int) Math.min(changes, (long) emitted + most);
    while (emitted < end) {
      int size = Math.min(RecordBatch.DEFAULT_ROWS, end - emitted);
      groups.writeResults(changed, emitted, size, results);
      emitted += size;
      output.emit(RecordBatch.of(schema, results, size));
    }
    if (emitted == changes) {
      for (int i = 0; i < changes; i++) {
        isChanged[changed[i]] = false;
      }
      changes = 0;
      emitted = 0;
    }
  }

  /** What has changed is emitted in {@link #drain}. */
  @Override
  public void endOfStream(int port, Output output) throws IOException {
    recent.log(this::merge);
  }

  @Override
  public boolean drain(Output output) throws IOException {
    emit(ROWS_A_STEP, output);
    return changes > 0;
  }

  @Override
  public long save() throws IOException {
    recent.log(this::merge);
    recent.shorten(List.of(groups));
    return changes > 0 ? 1 : 0;
  }

  @Override
  public void restore(long cursor, int endedPorts) throws IOException {
    recent.restore(this::merge);
    if (cursor == 0) {
      emitted = changes;
      emit(0, batch -> {});
    }
  }

  @Override
  public long memoryBytes() {
    return recent.memoryBytes() + groups.memoryBytes() + (long) changed.length * Integer.BYTES + isChanged.length;
  }
}
