package dev.samzabatch.container;

import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.Evaluators;
import dev.samzabatch.expr.Filters;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.operator.DistinctAggregateOperator;
import dev.samzabatch.operator.DistinctOperator;
import dev.samzabatch.operator.ExchangeOperator;
import dev.samzabatch.operator.FilterOperator;
import dev.samzabatch.operator.HashAggregateOperator;
import dev.samzabatch.operator.HashJoinOperator;
import dev.samzabatch.operator.LimitOperator;
import dev.samzabatch.operator.Operator;
import dev.samzabatch.operator.PartialAggregateOperator;
import dev.samzabatch.operator.PartialDistinctOperator;
import dev.samzabatch.operator.ProjectOperator;
import dev.samzabatch.operator.SortOperator;
import dev.samzabatch.operator.UnionOperator;
import dev.samzabatch.plan.PlannedChangelog;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Makes the operators of one task from the planned ones. */
final class TaskOperators implements Work.Visitor<Operator> {

  private final TaskModel task;
  private final Attempt attempt;
  private final TaskCheckpoint checkpoint;
  private final List<Changelog> changelogs = new ArrayList<>();
  private PlannedOperator planned;

  /** For a task that goes on from a checkpoint. */
  TaskOperators(TaskModel task, Attempt attempt, TaskCheckpoint checkpoint) {
    this.task = task;
    this.attempt = attempt;
    this.checkpoint = checkpoint;
  }

  Operator create(PlannedOperator operator) {
    planned = operator;
    return operator.work().accept(this);
  }

  @Override
  public Operator scan(Work.Scan work) {
    throw new IllegalArgumentException("a source is no operator of its own: " + planned);
  }

  @Override
  public Operator readStream(Work.ReadStream work) {
    throw new IllegalArgumentException("a source is no operator of its own: " + planned);
  }

  @Override
  public Operator filter(Work.Filter work) {
    return new FilterOperator(Filters.compile(work.condition()));
  }

  @Override
  public Operator project(Work.Project work) {
    return new ProjectOperator(work.exprs().stream().map(Evaluators::compile).toList(), planned.schema());
  }

  @Override
  public Operator aggregate(Work.Aggregate work) {
    boolean distinct = work.calls().isEmpty() && !work.keys().isEmpty();
    if (work.mode() == Work.AggregateMode.PARTIAL) {
      long limit = attempt.context().settings().partialBytes();
      return distinct
          ? new PartialDistinctOperator(work, planned.schema(), limit)
          : new PartialAggregateOperator(work, planned.schema(), limit);
    }
    if (distinct) {
      return new DistinctOperator(work, planned.schema(), state());
    }
    return work.calls().stream().anyMatch(AggregateCall::distinct)
        ? new DistinctAggregateOperator(work, planned.schema(), state())
        : new HashAggregateOperator(work, planned.schema(), state());
  }

  /** Where the operator that is being made keeps its state. */
  private OperatorState state() {
    ContainerContext context = attempt.context();
    List<Changelog> own = new ArrayList<>();
    for (PlannedChangelog changelog : context.plan().changelogs(planned.id())) {
      own.add(attempt.changelog(changelog, task));
    }
    changelogs.addAll(own);
    StateKind kind = context.settings().stateOf(planned.step());
    String name = task.name() + "-" + planned.id();
    return new OperatorState(kind, attempt.memoryBytes(), own, name, context.streams().stores());
  }

  /** The changelogs of all operators that have been made. */
  List<Changelog> changelogs() {
    return changelogs;
  }

  @Override
  public Operator join(Work.Join work) {
    Schema build = inputSchema(0);
    Schema probe = inputSchema(1);
    Schema left = work.buildLeft() ? build : probe;
    Schema right = work.buildLeft() ? probe : build;
    return new HashJoinOperator(work, left, right, planned.schema(), state());
  }

  private Schema inputSchema(int port) {
    return attempt.context().plan().stages().get(task.stage()).operator(planned.inputs().get(port)).schema();
  }

  @Override
  public Operator union(Work.Union work) {
    return new UnionOperator(planned.schema());
  }

  @Override
  public Operator sort(Work.Sort work) {
    return work.keys().isEmpty()
        ? new LimitOperator(work.offset(), work.limit())
        : new SortOperator(work, planned.schema(), state());
  }

  @Override
  public Operator writeStream(Work.WriteStream work) {
    try {
      StreamSpec stream = attempt.context().plan().stream(work.stream()).spec();
      return new ExchangeOperator(
          attempt.writer(stream), work.keys(), stream.partitions(), task.name(), task.index());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Operator writeOutput(Work.WriteOutput work) {
    try {
      Connections connections = attempt.context().connections();
      OutputFile file = connections.openOutput(work.output(), task.index(), checkpoint.file(work.output()));
      return new OutputOperator(work.output(), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
