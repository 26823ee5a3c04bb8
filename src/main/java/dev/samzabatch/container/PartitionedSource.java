package dev.samzabatch.container;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.expr.BatchFilter;
import dev.samzabatch.expr.EvaluationException;
import dev.samzabatch.expr.Filters;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.PartitionedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a task's partitions of an input side by side. One without end ends when the run is to drain, behind what is
 * there by then.
 */
final class PartitionedSource implements Source {

  private final String task;
  private final PlannedOperator operator;
  private final Work.Scan work;
  private final TaskModel model;
  private final ContainerContext context;
  private final RowCounts counts;
  private final BatchFilter filter;
  private final boolean unbounded;
  private final int tasks;
  private Map<String, Long> positions = Map.of();
  private PartitionedReader reader;
  private long bytesBefore;
  private RecordBatch batch;

  PartitionedSource(PlannedOperator operator, TaskModel model, ContainerContext context, RowCounts counts) {
    this.task = model.name();
    this.operator = operator;
    this.work = (Work.Scan) operator.work();
    this.model = model;
    this.context = context;
    this.counts = counts;
    this.filter = work.filter().map(Filters::compile).orElse(null);
    this.unbounded = context.plan().isUnbounded(operator.id());
    this.tasks = context.plan().stages().get(model.stage()).tasks().size();
  }

  @Override
  public State poll() throws IOException {
    if (reader == null) {
      open();
    }
    if (unbounded && context.state().draining()) {
      reader.untilNow();
    }
    RecordBatch given = reader.poll();
    counts.bytesRead(operator.id(), bytesBefore + reader.bytesRead());
    counts.lag(operator.id(), reader.lag());
    if (given == null) {
      return reader.hasEnded() ? State.ENDED : State.WAITING;
    }
    counts.addIn(operator.id(), given.rowCount());
    batch = filter == null ? given : kept(given);
    return State.BATCH;
  }

  private void open() throws IOException {
    Connections.Share share = new Connections.Share(model.ranges().get(operator.id()), model.index(), tasks);
    reader = context.connections().openPartitions(work.input(), share, work.columns());
    reader.seek(positions);
  }

  private RecordBatch kept(RecordBatch given) {
    try {
      return filter.filter(given);
    } catch (EvaluationException e) {
      throw NoAnswer.in("the filter on input \"" + work.input() + "\"", e);
    }
  }

  @Override
  public RecordBatch batch() {
    return batch;
  }

  @Override
  public long watermark() {
    return reader == null ? PartitionedReader.NO_WATERMARK : reader.watermark();
  }

  @Override
  public void save(List<CheckpointFact> facts) {
    if (reader != null) {
      positions = reader.positions();
    }
    positions.forEach((partition, offset) -> facts.add(
        new CheckpointFact(Kind.INPUT_POSITION, task, partition, operator.id(), offset, 0, 0)));
  }

  @Override
  public void restore(TaskCheckpoint checkpoint) throws IOException {
    FaultPoint.RESTORE_INPUT.reach();
    Map<String, Long> saved = new HashMap<>();
    checkpoint.facts(Kind.INPUT_POSITION, operator.id()).forEach(f -> saved.put(f.name(), f.a()));
    positions = saved;
    bytesBefore = counts.bytesRead(operator.id());
  }

  /** Inputs are not ours. */
  @Override
  public void dropRead() {}

  @Override
  public void close() throws IOException {
    if (reader != null) {
      positions = reader.positions();
      reader.close();
      reader = null;
    }
  }
}
