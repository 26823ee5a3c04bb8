package dev.samzabatch.expr;

import dev.samzabatch.data.RecordBatch;
import java.util.List;

/** OR as a selector: each condition looks only at the rows for which no earlier one is true. */
final class AnySelector implements Selector {

  private final List<Selector> conditions;
  private int[] rest = new int[0];
  private int[] found = new int[0];
  private int[] added = new int[0];
  private int[] merged = new int[0];

  AnySelector(List<Selector> conditions) {
    this.conditions = conditions;
  }

  @Override
  public int select(RecordBatch batch, int[] target) {
    int rows = batch.rowCount();
    rest = Rows.room(rest, rows);
    found = Rows.room(found, rows);
    added = Rows.room(added, rows);
    merged = Rows.room(merged, rows);
    int count = 0;
    RecordBatch open = batch;
    for (int i = 0; i < conditions.size() && open.rowCount() > 0; i++) {
      int more = conditions.get(i).select(open, added);
      int left = Rows.without(open.selection(), open.rowCount(), added, more, rest);
      open = batch.withSelection(rest, left);
      count = Rows.merge(found, count, added, more, merged);
      int[] swap = found;
      found = merged;
      merged = swap;
    }
    System.arraycopy(found, 0, target, 0, count);
    return count;
  }
}
