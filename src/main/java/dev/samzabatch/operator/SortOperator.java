package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.state.RowBuffer;
import dev.samzabatch.system.FaultPoint;
import java.io.IOException;

/**
 * Orders all rows by keys, then skips some and emits the next ones. Rows of equal keys stay in the order in which they
 * came.
 *
 * <p>
 * Where only a few rows are wanted, no more than about twice as many are kept: from time to time the best are kept and
 * the rest forgotten, and rows that come behind the worst of the best are not taken any more.
 *
 * <p>
 * To save and to spill is the same: the rows in memory are sorted, logged as one of the {@link SortedRuns} and
 * forgotten. At the end the runs are merged, or what is in memory is emitted when nothing was logged. The cursor is the
 * number of rows emitted.
 */
public final class SortOperator implements Operator {

  /** Of more wanted rows than this, all rows are kept. */
  private static final long MOST_BEST = 1 << 20;

  /** So many rows come together, beside the best, before the best of them are found. */
  private static final int SLACK = 8 * RecordBatch.DEFAULT_ROWS;

  /** What a sort needs beside the rows: twice a word and a number. */
  private static final int SORT_BYTES = 2 * (Long.BYTES + Integer.BYTES);

  /** So many batches are emitted, or passed over, in one step. */
  private static final int STEP = 64;

  private static final long EAGER_BYTES = 8L << 20;

  private final RowOrder order;
  private final Schema schema;
  private final long offset;
  private final long wanted;
  private final StateKind kind;
  private final long eagerBytes;
  private final SortedRuns runs;
  private final ColumnVector[] emittedColumns;
  private RowBuffer rows;

  /** Rows whose first word is larger do not come before the end of what is wanted. */
  private long worst = Long.MAX_VALUE;

  private long[] words = new long[RecordBatch.DEFAULT_ROWS];
  private int[] selection = new int[RecordBatch.DEFAULT_ROWS];

  /** The order of the rows in memory, from which they are being emitted; null when they are not. */
  private int[] sorted;

  /** Whether the rows that are being emitted from memory are logged as well. */
  private boolean sortedIsLogged;

  /** The runs that are being emitted; null when they are not. */
  private RunMerge merge;

  /** How many rows have been emitted. */
  private long emitted;

  /** How many rows of the order have been passed over or emitted. */
  private long at;

  /**
   * Makes one without rows.
   *
   * @param work with at least one key
   * @param schema of what comes and goes
   */
  public SortOperator(Work.Sort work, Schema schema, OperatorState state) {
    order = new RowOrder(work.keys());
    this.schema = schema;
    offset = work.offset();
    wanted = work.limit() > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + work.limit();
    kind = state.kind();
    eagerBytes = Math.min(EAGER_BYTES, state.memoryBytes() / 4);
    runs = new SortedRuns(state.changelogs().get(0), order, schema, wanted, state.memoryBytes() / 2);
    rows = new RowBuffer(schema);
    emittedColumns = schema.newVectors(RecordBatch.DEFAULT_ROWS);
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    if (wanted > MOST_BEST) {
      rows.append(batch);
    } else {
      int taken = takeBetter(batch);
      rows.append(batch, selection, taken);
      if (rows.size() >= 2 * wanted + SLACK) {
        keepBest();
      }
    }
    if (kind == StateKind.ROCKSDB && memoryBytes() > eagerBytes) {
      spill();
    }
  }

  /** Selects the rows that may be among the wanted ones. */
  private int takeBetter(RecordBatch batch) {
    int count = batch.rowCount();
    if (count > selection.length) {
      words = new long[count];
      selection = new int[count];
    }
    SortKey first = order.key(0);
    SortWords.write(batch.column(first.column()), first, batch.selection(), count, words);
    int taken = 0;
    for (int i = 0; i < count; i++) {
      selection[taken] = batch.row(i);
      taken += words[i] <= worst ? 1 : 0;
    }
    return taken;
  }

  private void keepBest() {
    int best = (int) wanted;
    ColumnVector[] columns = schema.newVectors(best);
    rows.gather(RowSort.sorted(order, rows), 0, best, columns);
    rows = new RowBuffer(schema);
    rows.append(RecordBatch.of(schema, columns, best));
    worst = Long.MIN_VALUE;
    if (best > 0) {
      long[] last = new long[1];
      SortWords.write(rows.column(order.key(0).column()), order.key(0), new int[] {best - 1}, 1, last);
      worst = last[0];
    }
  }

  /** Nothing: what there is goes out in {@link #drain}. */
  @Override
  public void endOfStream(int port, Output output) {}

  @Override
  public boolean drain(Output output) throws IOException {
    long end = Math.min(wanted, runs.rows() + (sortedIsLogged ? 0 : rows.size()));
    if (sorted == null && merge == null && offset + emitted < end) {
      beginToEmit();
    }
    for (int i = 0; i < STEP && offset + emitted < end; i++) {
      long first = offset + emitted;
      int most = (int) Math.min(RecordBatch.DEFAULT_ROWS, at < first ? first - at : end - at);
      if (at < first) {
        at += merge.skip(most);
      } else {
        emit(most, output);
      }
    }
    if (offset + emitted < end) {
      return true;
    }
    rows = new RowBuffer(schema);
    close();
    return false;
  }

  private void beginToEmit() throws IOException {
    if (runs.isEmpty()) {
      sorted = RowSort.sorted(order, rows);
      at = offset + emitted;
      return;
    }
    if (rows.size() > 0) {
      runs.append(rows, RowSort.sorted(order, rows));
      rows = new RowBuffer(schema);
    }
    merge = runs.merge();
    at = 0;
  }

  private void emit(int count, Output output) throws IOException {
    if (merge == null) {
      rows.gather(sorted, (int) at, count, emittedColumns);
    } else {
      merge.next(count, emittedColumns);
    }
    at += count;
    emitted += count;
    output.emit(RecordBatch.of(schema, emittedColumns, count));
  }

  @Override
  public long save() throws IOException {
    if (rows.size() == 0 || sortedIsLogged) {
      return emitted;
    }
    if (sorted != null) {
      runs.append(rows, sorted);
      sortedIsLogged = true;
    } else {
      runs.append(rows, RowSort.sorted(order, rows));
      rows = new RowBuffer(schema);
      worst = Math.min(worst, runs.worst());
    }
    return emitted;
  }

  @Override
  public boolean spill() throws IOException {
    if (kind == StateKind.MEMORY || rows.size() == 0) {
      return false;
    }
    FaultPoint.STATE_SPILL.reach();
    save();
    if (sorted != null) {
      sorted = null;
      sortedIsLogged = false;
      rows = new RowBuffer(schema);
    }
    return true;
  }

  @Override
  public void restore(long cursor, int endedPorts) throws IOException {
    emitted = cursor;
    runs.restore();
    worst = runs.worst();
  }

  @Override
  public long memoryBytes() {
    long merging = merge == null ? 0 : runs.count() * SortedRuns.OPEN_RUN_BYTES;
    return rows.memoryBytes() + (long) rows.size() * SORT_BYTES + merging;
  }

  @Override
  public void close() throws IOException {
    if (merge != null) {
      merge.close();
      merge = null;
    }
  }
}
