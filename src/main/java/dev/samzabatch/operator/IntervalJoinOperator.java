package dev.samzabatch.operator;

import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.PartitionedReader;
import java.io.IOException;

/**
 * Joins two sides without end whose rows match within a time. A batch of either side is joined with what is kept of the
 * other, then kept itself, so that each pair is found once, by its later row. Rows are forgotten a slice of time at a
 * time, when the watermark says that nothing comes any more that could match them; those without a match go out then,
 * if the join gives them. Rows that come behind that are dropped and counted.
 *
 * <pre>
 * cursor  the watermark up to which slices are closed
 * </pre>
 */
public final class IntervalJoinOperator implements Operator {

  /** Changelogs with fewer rows are not begun anew. */
  private static final int LEAST_ROWS = 100_000;

  private final Work.Interval interval;
  private final StateMemory memory;
  private final int leastRows;

  /** By port: left, right. */
  private final JoinSlices[] sides;

  private final int[] timeColumns;
  private long complete = PartitionedReader.NO_WATERMARK;
  private long late;
  private int[] selection = new int[RecordBatch.DEFAULT_ROWS];
  private int[] timeless = new int[RecordBatch.DEFAULT_ROWS];
  private int timelessRows;
  private long earliest;
  private long latest;

  /**
   * Makes an operator that keeps no rows.
   *
   * @param left schema of port 0
   * @param right schema of port 1
   * @param schema left columns, then right ones
   */
  public IntervalJoinOperator(Work.IntervalJoin work, Schema left, Schema right, Schema schema, OperatorState state) {
    this(work, new JoinShape(work.join(), left, right, schema), state, LEAST_ROWS);
  }

  /** The same with another number of rows below which changelogs are not begun anew. */
  IntervalJoinOperator(Work.IntervalJoin work, JoinShape shape, OperatorState state, int leastRows) {
    this.leastRows = leastRows;
    interval = work.interval();
    memory = new StateMemory(state, "let rows that match be less far apart in time");
    timeColumns = new int[] {interval.left(), interval.right()};
    sides = new JoinSlices[2];
    for (int port = 0; port < 2; port++) {
      Work.Join join = work.join();
      Work.Join built = new Work.Join(join.type(), port == 0, join.leftKeys(), join.rightKeys(), join.condition());
      JoinShape own = new JoinShape(built, shape.left(), shape.right(), shape.schema());
      sides[port] = new JoinSlices(own, timeColumns[port], interval.slice(), state.changelogs().get(port),
          state.changelogs().get(2 + port));
    }
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    RecordBatch inTime = inTime(port, batch);
    late += batch.rowCount() - inTime.rowCount() - timelessRows;
    if (timelessRows > 0) {
      sides[port].emitAlone(batch.withSelection(timeless, timelessRows), output);
    }
    if (inTime.rowCount() == 0) {
      return;
    }
    PartialMatches found = new PartialMatches();
    sides[1 - port].probe(inTime, earliest - interval.most(), latest + interval.most(), found, output);
    sides[port].keep(inTime, found);
    memory.check(memoryBytes());
  }

  /** The rows whose slices are not closed; lists those without a time, and finds the earliest and latest time. */
  private RecordBatch inTime(int port, RecordBatch batch) {
    LongVector times = (LongVector) batch.column(timeColumns[port]);
    int count = batch.rowCount();
    if (count > selection.length) {
      selection = new int[count];
      timeless = new int[count];
    }
    timelessRows = 0;
    earliest = Long.MAX_VALUE;
    latest = Long.MIN_VALUE;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = batch.row(i);
      if (times.isNull(row)) {
        timeless[timelessRows++] = row;
      } else if (!isClosed(sides[port].slice(times.get(row)))) {
        selection[kept++] = row;
        earliest = Math.min(earliest, times.get(row));
        latest = Math.max(latest, times.get(row));
      }
    }
    return batch.withSelection(selection, kept);
  }

  private boolean isClosed(long slice) {
    return slice + interval.reach() <= complete;
  }

  @Override
  public void watermark(long micros, Output output) throws IOException {
    complete = Math.max(complete, micros);
    while (first() != Long.MAX_VALUE && isClosed(first())) {
      closeFirst(output);
    }
  }

  private long first() {
    return Math.min(sides[0].first(), sides[1].first());
  }

  private void closeFirst(Output output) throws IOException {
    long slice = first();
    sides[0].close(slice, output);
    sides[1].close(slice, output);
  }

  /** What is left is emitted in {@link #drain}. */
  @Override
  public void endOfStream(int port, Output output) {}

  /** Closes one slice. */
  @Override
  public boolean drain(Output output) throws IOException {
    if (first() != Long.MAX_VALUE) {
      complete = Math.max(complete, first() + interval.reach());
      closeFirst(output);
    }
    return first() != Long.MAX_VALUE;
  }

  @Override
  public long save() throws IOException {
    long logged = sides[0].loggedRows() + sides[1].loggedRows();
    if (logged > Math.max(leastRows, 2 * (sides[0].rows() + sides[1].rows()))) {
      sides[0].beginAnew();
      sides[1].beginAnew();
    }
    sides[0].save();
    sides[1].save();
    return complete;
  }

  @Override
  public void restore(long cursor, int endedPorts) throws IOException {
    FaultPoint.RESTORE_STATE.reach();
    complete = cursor;
    sides[0].restore(this::isClosed);
    sides[1].restore(this::isClosed);
  }

  @Override
  public long lateRows() {
    return late;
  }

  @Override
  public long memoryBytes() {
    return sides[0].memoryBytes() + sides[1].memoryBytes();
  }
}
