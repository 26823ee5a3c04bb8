package dev.samzabatch.container;

import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.PartitionedReader;
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
  private final AtomicLongArray lag;
  private final AtomicLongArray late;
  private final AtomicLongArray watermark;

  /** Rows that were too late before the task was restored. */
  private final long[] lateBefore;

  private volatile boolean ended;

  RowCounts(Stage stage) {
    this.stage = stage;
    List<PlannedOperator> operators = stage.operators();
    operators.forEach(o -> indexes.put(o.id(), indexes.size()));
    rowsIn = new AtomicLongArray(operators.size());
    rowsOut = new AtomicLongArray(operators.size());
    bytesRead = new AtomicLongArray(operators.size());
    lag = new AtomicLongArray(operators.size());
    late = new AtomicLongArray(operators.size());
    watermark = new AtomicLongArray(operators.size());
    operators.forEach(o -> watermark(o.id(), PartitionedReader.NO_WATERMARK));
    lateBefore = new long[operators.size()];
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

  /** Records that a scan could have read already and has not; 0 where nobody knows. */
  public long lag(int operator) {
    return lag.get(indexes.get(operator));
  }

  /** Whether the task has read all its sources to their ends. */
  public boolean hasEnded() {
    return ended;
  }

  /** Adds the facts of all operators. */
  void save(String task, List<CheckpointFact> facts) {
    indexes.forEach((id, index) -> facts.add(
        CheckpointFact.of(Kind.ROWS, task, id, rowsIn.get(index), rowsOut.get(index), bytesRead.get(index))));
    indexes.forEach((id, index) -> {
      if (late.get(index) > 0) {
        facts.add(CheckpointFact.of(Kind.LATE, task, id, late.get(index), 0, 0));
      }
    });
  }

  /** Sets all counts to what was saved; to 0 where nothing was. */
  void restore(TaskCheckpoint checkpoint) {
    for (int i = 0; i < rowsIn.length(); i++) {
      rowsIn.set(i, 0);
      rowsOut.set(i, 0);
      bytesRead.set(i, 0);
      lateBefore[i] = 0;
    }
    checkpoint.facts(Kind.LATE).forEach(fact -> lateBefore[indexes.get(fact.part())] = fact.a());
    indexes.keySet().forEach(id -> late(id, 0));
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

  /** Rows (or groups of rows) that an operator has dropped because what they belong to had been emitted. */
  public long late(int operator) {
    return late.get(indexes.get(operator));
  }

  /**
   * What a source without end has promised last: microseconds since 1970, {@link PartitionedReader#NO_WATERMARK} or
   * {@link PartitionedReader#IDLE}.
   */
  public long watermark(int operator) {
    return watermark.get(indexes.get(operator));
  }

  void watermark(int operator, long micros) {
    watermark.lazySet(indexes.get(operator), micros);
  }

  /** Sets how many rows have been too late since the task was restored. */
  void late(int operator, long rows) {
    int index = indexes.get(operator);
    late.lazySet(index, lateBefore[index] + rows);
  }

  void lag(int operator, long records) {
    lag.lazySet(indexes.get(operator), records);
  }

  private void add(AtomicLongArray counts, int operator, long rows) {
    int index = indexes.get(operator);
    counts.lazySet(index, counts.getPlain(index) + rows);
  }
}
