package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.plan.StateLayout;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.system.FaultPoint;
import java.io.IOException;

/**
 * Joins by a table: port 0 brings the build side, which is kept, port 1 the probe side, which streams by.
 *
 * <p>
 * When the build side does not fit memory, it spills: its rows go to buckets by the hash of their key, and the probe
 * rows, which nothing can be said about then, go to buckets as well. At the end one bucket after the other is joined.
 * It has spilled exactly if the buckets have build rows, and stays so.
 *
 * <p>
 * The cursor is the next build row to be looked at in {@link #drain}, or the next bucket if it has spilled.
 */
public final class HashJoinOperator implements Operator {

  /** So many batches of build rows are emitted in one step. */
  private static final int STEP = 64;

  private static final long EAGER_BYTES = 8L << 20;

  private final JoinShape shape;
  private final JoinProbe join;
  private final JoinLog log;
  private final JoinBuckets buckets;
  private final StateKind kind;
  private final long eagerBytes;
  private boolean spilled;
  private boolean buildEnded;

  /** Whether nothing is needed any more of what is in memory. */
  private boolean drained;

  private int cursor;

  /**
   * Makes an operator with an empty build side.
   *
   * @param left schema of the left input
   * @param right schema of the right input
   * @param schema left columns, then right ones; only left ones for SEMI and ANTI
   */
  public HashJoinOperator(Work.Join work, Schema left, Schema right, Schema schema, OperatorState state) {
    shape = new JoinShape(work, left, right, schema);
    join = new JoinProbe(shape);
    log = new JoinLog(state.changelogs().get(0), state.changelogs().get(2));
    buckets =
        new JoinBuckets(shape, state.changelogs().get(0), state.changelogs().get(1), state.memoryBytes() / 2);
    kind = state.kind();
    eagerBytes = Math.min(EAGER_BYTES, state.memoryBytes() / 4);
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    if (batch.rowCount() == 0) {
      return;
    }
    if (port == 0) {
      addBuild(batch);
    } else if (spilled) {
      buckets.addProbe(batch);
    } else {
      join.probe(batch, output);
    }
  }

  private void addBuild(RecordBatch batch) throws IOException {
    if (spilled) {
      buckets.addBuild(batch);
      return;
    }
    join.add(batch);
    if (kind == StateKind.ROCKSDB && memoryBytes() > eagerBytes) {
      spill();
    }
  }

  @Override
  public void endOfStream(int port, Output output) {
    buildEnded = true;
    drained = port > 0 && !shape.emitsBuild();
  }

  @Override
  public boolean drain(Output output) throws IOException {
    if (spilled) {
      if (cursor < StateLayout.BUCKETS) {
        buckets.join(cursor++, join, output);
      }
      return cursor < StateLayout.BUCKETS;
    }
    if (!drained) {
      cursor = join.emitBuildRows(cursor, STEP, output);
      drained = cursor == join.build().size();
    }
    if (drained) {
      join.clear();
    }
    return !drained;
  }

  @Override
  public long save() throws IOException {
    if (!spilled && !drained) {
      log.saveBuild(join);
    }
    if (!spilled && !drained && buildEnded) {
      log.saveMatches(join);
    }
    return cursor;
  }

  @Override
  public boolean spill() throws IOException {
    BuildSide build = join.build();
    if (kind == StateKind.MEMORY || spilled || buildEnded || build.kept() == 0) {
      return false;
    }
    FaultPoint.STATE_SPILL.reach();
    ColumnVector[] columns = shape.buildSchema().newVectors(RecordBatch.DEFAULT_ROWS);
    for (int from = 0; from < build.kept(); from += RecordBatch.DEFAULT_ROWS) {
      int count = Math.min(RecordBatch.DEFAULT_ROWS, build.kept() - from);
      build.copy(from, count, columns);
      buckets.addBuild(RecordBatch.of(shape.buildSchema(), columns, count));
    }
    join.clear();
    spilled = true;
    return true;
  }

  @Override
  public void restore(long savedCursor, int endedPorts) throws IOException {
    cursor = (int) savedCursor;
    buildEnded = endedPorts > 0;
    spilled = buckets.hasBuildRows();
    drained = !spilled && endedPorts == 2 && !shape.emitsBuild();
    if (!spilled && !drained) {
      log.restore(join);
    }
  }

  @Override
  public long memoryBytes() {
    return join.memoryBytes() + log.memoryBytes();
  }
}
