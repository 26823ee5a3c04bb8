package dev.samzabatch.container;

import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.state.TaskCheckpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many rows went into and came out of each operator of one task, and how many bytes it read. Written by the task's
 * thread alone, read by any.
 */
public final class RowCounts {

  private final Stage stage;
  private final Map<Integer, Integer> indexes = new HashMap<>();
  private final AtomicLongArray rowsIn;
  private final AtomicLongArray rowsOut;
  private final AtomicLongArray bytesRead;
  private volatile boolean ended;

  RowCounts(Stage stage) {
    this.stage = stage;
    List<PlannedOperator> operators = stage.operators();
    operators.forEach(o -> indexes.put(o.id(), indexes.size()));
    rowsIn = new AtomicLongArray(operators.size());
    rowsOut = new AtomicLongArray(operators.size());
    bytesRead = new AtomicLongArray(operators.size());
  }

  /** The stage whose task this counts. */
  public Stage stage() {
    return stage;
  }

  /** Rows that an operator was given; for a source, rows that it read. */
  public long rowsIn(int operator) {
    return rowsIn.get(indexes.get(operator));
  }

  /** Rows that an operator gave; for a writer, rows that it wrote. */
  public long rowsOut(int operator) {
    return rowsOut.get(indexes.get(operator));
  }

  /** Bytes that a scan has read. */
  public long bytesRead(int operator) {
    return bytesRead.get(indexes.get(operator));
  }

  /** Whether the task has read all its sources to their ends. */
  public boolean hasEnded() {
    return ended;
  }

  /** Adds the facts of all operators. */
  void save(String task, List<CheckpointFact> facts) {
    indexes.forEach((id, index) -> facts.add(
        CheckpointFact.of(Kind.ROWS, task, id, rowsIn.get(index), rowsOut.get(index), bytesRead.get(index))));
  }

  /** Sets all counts to what was saved; to 0 where nothing was. */
  void restore(TaskCheckpoint checkpoint) {
    for (int i = 0; i < rowsIn.length(); i++) {
      rowsIn.set(i, 0);
      rowsOut.set(i, 0);
      bytesRead.set(i, 0);
    }
    for (CheckpointFact fact : checkpoint.facts(Kind.ROWS)) {
      int index = indexes.get(fact.part());
      rowsIn.set(index, fact.a());
      rowsOut.set(index, fact.b());
      bytesRead.set(index, fact.c());
    }
    ended = checkpoint.hasEnded();
  }

  void end() {
    ended = true;
  }

  void addIn(int operator, long rows) {
    add(rowsIn, operator, rows);
  }

  void addOut(int operator, long rows) {
    add(rowsOut, operator, rows);
  }

  void bytesRead(int operator, long bytes) {
    bytesRead.lazySet(indexes.get(operator), bytes);
  }

  private void add(AtomicLongArray counts, int operator, long rows) {
    int index = indexes.get(operator);
    counts.lazySet(index, counts.getPlain(index) + rows);
  }
}
