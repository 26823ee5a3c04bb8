package dev.samzabatch.operator;

import dev.samzabatch.data.RecordBatch;
import java.io.IOException;

/** Skips the first rows and passes on the next ones, in the order in which they come. */
public final class LimitOperator implements Operator {

  private long toSkip;
  private long toGive;

  /** How many rows have come; the cursor. */
  private long rows;

  private int[] selection = new int[RecordBatch.DEFAULT_ROWS];

  /**
   * Makes one at the first row.
   *
   * @param offset how many rows are skipped
   * @param limit how many are passed on at most; {@link Long#MAX_VALUE} for all
   */
  public LimitOperator(long offset, long limit) {
    toSkip = offset;
    toGive = limit;
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    int skipped = (int) Math.min(toSkip, batch.rowCount());
    int given = (int) Math.min(toGive, batch.rowCount() - skipped);
    advance(batch.rowCount());
    if (given > 0 && given == batch.rowCount()) {
      output.emit(batch);
    } else if (given > 0) {
      output.emit(batch.withSelection(selected(batch, skipped, given), given));
    }
  }

  private void advance(long more) {
    long skipped = Math.min(toSkip, more);
    toSkip -= skipped;
    toGive -= Math.min(toGive, more - skipped);
    rows += more;
  }

  @Override
  public long save() {
    return rows;
  }

  @Override
  public void restore(long cursor, int endedPorts) {
    advance(cursor);
  }

  private int[] selected(RecordBatch batch, int from, int count) {
    if (count > selection.length) {
      selection = new int[count];
    }
    for (int i = 0; i < count; i++) {
      selection[i] = batch.row(from + i);
    }
    return selection;
  }

  /** Nothing is held back. */
  @Override
  public void endOfStream(int port, Output output) {}
}
