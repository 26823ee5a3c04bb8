package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.RowBuffer;
import java.io.IOException;

/**
 * Orders all rows by keys, then skips some and emits the next ones. Rows of equal keys stay in the order in which they
 * came.
 *
 * <p>
 * Where only a few rows are wanted, no more than about twice as many are kept: from time to time the best are kept and
 * the rest forgotten, and rows that come behind the worst of the best are not taken any more.
 */
public final class SortOperator implements Operator {

  /** Of more wanted rows than this, all rows are kept. */
  private static final long MOST_BEST = 1 << 20;

  /** So many rows come together, beside the best, before the best of them are found. */
  private static final int SLACK = 8 * RecordBatch.DEFAULT_ROWS;

  private final RowOrder order;
  private final Schema schema;
  private final long offset;
  private final long wanted;
  private final ColumnVector[] emitted;
  private RowBuffer rows;

  /** Rows whose first word is larger do not come before the end of what is wanted. */
  private long worst = Long.MAX_VALUE;

  private long[] words = new long[RecordBatch.DEFAULT_ROWS];
  private int[] selection = new int[RecordBatch.DEFAULT_ROWS];

  /**
   * Makes one without rows.
   *
   * @param work with at least one key
   * @param schema of what comes and goes
   */
  public SortOperator(Work.Sort work, Schema schema) {
    order = new RowOrder(work.keys());
    this.schema = schema;
    offset = work.offset();
    wanted = work.limit() > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + work.limit();
    rows = new RowBuffer(schema);
    emitted = emptyColumns();
  }

  private ColumnVector[] emptyColumns() {
    return schema.fields().stream()
        .map(field -> field.type().newVector(RecordBatch.DEFAULT_ROWS))
        .toArray(ColumnVector[]::new);
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) {
    if (wanted > MOST_BEST) {
      rows.append(batch);
      return;
    }
    int taken = takeBetter(batch);
    rows.append(batch, selection, taken);
    if (rows.size() >= 2 * wanted + SLACK) {
      keepBest();
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
    int[] sorted = RowSort.sorted(order, rows);
    ColumnVector[] columns = emptyColumns();
    rows.gather(sorted, 0, best, columns);
    rows = new RowBuffer(schema);
    rows.append(RecordBatch.of(schema, columns, best));
    worst = Long.MIN_VALUE;
    if (best > 0) {
      long[] last = new long[1];
      SortWords.write(rows.column(order.key(0).column()), order.key(0), new int[] {best - 1}, 1, last);
      worst = last[0];
    }
  }

  @Override
  public void endOfStream(int port, Output output) throws IOException {
    int[] sorted = RowSort.sorted(order, rows);
    int end = (int) Math.min(wanted, sorted.length);
    for (int from = (int) Math.min(offset, end); from < end; from += RecordBatch.DEFAULT_ROWS) {
      int count = Math.min(RecordBatch.DEFAULT_ROWS, end - from);
      rows.gather(sorted, from, count, emitted);
      output.emit(RecordBatch.of(schema, emitted, count));
    }
    rows = new RowBuffer(schema);
  }

  @Override
  public long memoryBytes() {
    return rows.memoryBytes();
  }
}
