package dev.samzabatch.operator;

import dev.samzabatch.data.RecordBatch;
import java.util.BitSet;

/**
 * Which rows of a probe side have matched so far, while all of it is joined with one part of the build side after the
 * other. Its rows are told by their place in the order in which they come, the same every time.
 */
final class PartialMatches {

  private final BitSet matched = new BitSet();
  private int next;
  private boolean last;

  /** Goes back to the first row of the probe side. */
  void begin(boolean lastPart) {
    next = 0;
    last = lastPart;
  }

  /** Whether there is no further part of the build side. */
  boolean isLast() {
    return last;
  }

  /** Whether a row has matched, by its place. */
  boolean has(int place) {
    return matched.get(place);
  }

  /**
   * Adds the matches of the next rows, and those found before to them.
   *
   * @param rowMatched by physical row of the batch
   */
  void join(RecordBatch batch, boolean[] rowMatched) {
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      if (rowMatched[row]) {
        matched.set(next);
      }
      rowMatched[row] = matched.get(next++);
    }
  }
}
