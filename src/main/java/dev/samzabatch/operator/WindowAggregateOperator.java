package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.system.PartitionedReader;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Groups by key columns of which one is a time, in mode COMPLETE or FINAL, over rows without end: the groups of a
 * window, which are those of one value of the time, are emitted and forgotten when the watermark says that they are
 * complete. Rows that come later are dropped and counted. Groups without a time are emitted at the end, as are all
 * others that are left.
 *
 * <p>
 * What has come since the last save is in one table, what came before in a table a window, see {@link RecentGroups}.
 *
 * <pre>
 * cursor  the watermark up to which windows are complete: theirs are left out when the changelog is read again
 * </pre>
 */
public final class WindowAggregateOperator implements Operator {

  /** Where groups without a time are kept: behind all windows. */
  private static final long NO_TIME = Long.MAX_VALUE;

  private final Work.TimeKey window;
  private final int timeColumn;
  private final Schema schema;
  private final StateMemory memory;
  private final RecentGroups recent;
  private final ColumnVector[] results;

  /** What came before, by the value of the time. */
  private final TreeMap<Long, GroupTable> windows = new TreeMap<>();

  private long complete = PartitionedReader.NO_WATERMARK;
  private long windowBytes;
  private long late;
  private int[] selection = new int[RecordBatch.DEFAULT_ROWS];

  /**
   * Makes an operator without groups.
   *
   * @param work what to do, without distinct calls; in mode FINAL the keys stand first in the input and the states
   * follow in the order of the calls
   * @param schema keys, then results
   */
  public WindowAggregateOperator(Work.WindowAggregate work, Schema schema, OperatorState state) {
    this(work, schema, state, RecentGroups.LEAST_ROWS);
  }

  /** The same with another number of rows below which the changelog is not begun anew. */
  WindowAggregateOperator(Work.WindowAggregate work, Schema schema, OperatorState state, int leastRows) {
    this.window = work.window();
    this.schema = schema;
    timeColumn = work.grouping().keys().get(window.key());
    memory = new StateMemory(state, "give windows a smaller size, or fewer keys");
    recent = new RecentGroups(work.grouping(), schema, state.changelogs().get(0), leastRows);
    results = schema.newVectors(RecordBatch.DEFAULT_ROWS);
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    RecordBatch inTime = inTime(batch, timeColumn);
    late += batch.rowCount() - inTime.rowCount();
    if (inTime.rowCount() == 0) {
      return;
    }
    recent.add(inTime);
    memory.check(memoryBytes());
  }

  /** The rows whose windows are not complete. */
  private RecordBatch inTime(RecordBatch batch, int column) {
    int count = batch.rowCount();
    if (count > selection.length) {
      selection = new int[count];
    }
    LongVector times = (LongVector) batch.column(column);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = batch.row(i);
      if (!isComplete(time(times, row))) {
        selection[kept++] = row;
      }
    }
    return kept == count ? batch : batch.withSelection(selection, kept);
  }

  private static long time(LongVector times, int row) {
    return times.isNull(row) ? NO_TIME : times.get(row);
  }

  private boolean isComplete(long time) {
    return time != NO_TIME && time + window.lag() <= complete;
  }

  @Override
  public void watermark(long micros, Output output) throws IOException {
    if (micros <= complete) {
      return;
    }
    complete = micros;
    recent.log(this::merge);
    while (!windows.isEmpty() && isComplete(windows.firstKey())) {
      emitFirst(output);
    }
  }

  /** Emits the groups of the first window, and forgets them. */
  private void emitFirst(Output output) throws IOException {
    GroupTable groups = windows.pollFirstEntry().getValue();
    windowBytes -= groups.memoryBytes();
    for (int from = 0; from < groups.size(); from += RecordBatch.DEFAULT_ROWS) {
      int size = Math.min(RecordBatch.DEFAULT_ROWS, groups.size() - from);
      groups.writeResults(from, size, results);
      output.emit(RecordBatch.of(schema, results, size));
    }
  }

  /** Merges states into the windows that their rows belong to. */
  private void merge(RecordBatch batch) {
    LongVector times = (LongVector) batch.column(window.key());
    boolean[] merged = new boolean[batch.rowCount()];
    int[] rows = new int[batch.rowCount()];
    for (int first = 0; first < merged.length; first++) {
      if (merged[first]) {
        continue;
      }
      long time = time(times, batch.row(first));
      int count = 0;
      for (int i = first; i < merged.length; i++) {
        if (!merged[i] && time(times, batch.row(i)) == time) {
          merged[i] = true;
          rows[count++] = batch.row(i);
        }
      }
      GroupTable groups = windows.computeIfAbsent(time, t -> recent.newTable());
      long before = groups.rows() == 0 ? 0 : groups.memoryBytes();
      groups.merge(batch.withSelection(rows, count), recent.logKeys());
      windowBytes += groups.memoryBytes() - before;
    }
  }

  /** Nothing is left to come, so all that is left is complete; it is emitted in {@link #drain}. */
  @Override
  public void endOfStream(int port, Output output) throws IOException {
    recent.log(this::merge);
  }

  /** Emits one window. */
  @Override
  public boolean drain(Output output) throws IOException {
    if (!windows.isEmpty()) {
      long time = windows.firstKey();
      emitFirst(output);
      complete = time == NO_TIME ? PartitionedReader.IDLE : Math.max(complete, time + window.lag());
    }
    return !windows.isEmpty();
  }

  @Override
  public long save() throws IOException {
    recent.log(this::merge);
    recent.shorten(windows.values());
    return complete;
  }

  @Override
  public void restore(long cursor, int endedPorts) throws IOException {
    complete = cursor;
    recent.restore(batch -> {
      RecordBatch left = inTime(batch, window.key());
      if (left.rowCount() > 0 && cursor != PartitionedReader.IDLE) {
        merge(left);
      }
    });
  }

  @Override
  public long lateRows() {
    return late;
  }

  @Override
  public long memoryBytes() {
    return recent.memoryBytes() + windowBytes;
  }

  /** How many windows have groups; for tests. */
  Map<Long, GroupTable> windows() {
    return windows;
  }
}
