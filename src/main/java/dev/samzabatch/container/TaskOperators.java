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
import dev.samzabatch.operator.IntervalJoinOperator;
import dev.samzabatch.operator.LimitOperator;
import dev.samzabatch.operator.Operator;
import dev.samzabatch.operator.PartialAggregateOperator;
import dev.samzabatch.operator.PartialDistinctOperator;
import dev.samzabatch.operator.ProjectOperator;
import dev.samzabatch.operator.SortOperator;
import dev.samzabatch.operator.UnionOperator;
import dev.samzabatch.operator.UpdatingAggregateOperator;
import dev.samzabatch.operator.WindowAggregateOperator;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlannedChangelog;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.CheckpointFact;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.state.TaskCheckpoint;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the operators of one task from the planned ones. */
final class TaskOperators implements Work.Visitor<Operator> {

  private final TaskModel task;
  private final Attempt attempt;
  private final TaskCheckpoint checkpoint;
  private final List<OwnLog> logs = new ArrayList<>();
  private PlannedOperator planned;

  /** A changelog with its number among those of its operator. */
  private record OwnLog(int operator, int number, Changelog log) {}

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

  @Override
  public Operator windowAggregate(Work.WindowAggregate work) {
    if (work.grouping().mode() != Work.AggregateMode.PARTIAL) {
      return new WindowAggregateOperator(work, planned.schema(), state());
    }
    return work.grouping().calls().isEmpty()
        ? aggregate(work.grouping())
        : new PartialAggregateOperator(work, planned.schema(), attempt.context().settings().partialBytes());
  }

  @Override
  public Operator updatingAggregate(Work.UpdatingAggregate work) {
    return new UpdatingAggregateOperator(work, planned.schema(), state());
  }

  /** Where the operator that is being made keeps its state. */
  private OperatorState state() {
    ContainerContext context = attempt.context();
    List<Changelog> own = new ArrayList<>();
    for (PlannedChangelog changelog : context.plan().changelogs(planned.id())) {
      OwnLog log = new OwnLog(planned.id(), own.size(), attempt.changelog(changelog, task));
      log.log().startAt(starts(log));
      logs.add(log);
      own.add(log.log());
    }
    StateKind kind = context.settings().stateOf(planned.step());
    String name = task.name() + "-" + planned.id();
    return new OperatorState(kind, attempt.memoryBytes(), own, name, context.streams().stores());
  }

  private Map<String, LanePosition> starts(OwnLog log) {
    Map<String, LanePosition> starts = new HashMap<>();
    for (CheckpointFact fact : checkpoint.facts(Kind.LOG_START, log.operator())) {
      if (fact.c() == log.number()) {
        starts.put(fact.name(), new LanePosition(fact.a(), (int) fact.b()));
      }
    }
    return starts;
  }

  /** Whether an operator has appended something to a changelog since the last save. */
  boolean hasLogged() {
    return logs.stream().anyMatch(log -> log.log().hasAppended());
  }

  /** Adds the facts about changelogs, all operators having been saved. */
  void save(List<CheckpointFact> facts) {
    for (OwnLog log : logs) {
      log.log().start().forEach((lane, at) -> facts.add(new CheckpointFact(
          Kind.LOG_START, task.name(), lane, log.operator(), at.offset(), at.row(), log.number())));
      log.log().saved();
    }
  }

  /** Gives back the space of what operators have forgotten of their changelogs, which is committed by now. */
  void dropForgotten() throws IOException {
    for (OwnLog log : logs) {
      log.log().dropForgotten();
    }
  }

  @Override
  public Operator join(Work.Join work) {
    Schema build = inputSchema(0);
    Schema probe = inputSchema(1);
    Schema left = work.buildLeft() ? build : probe;
    Schema right = work.buildLeft() ? probe : build;
    return new HashJoinOperator(work, left, right, planned.schema(), tableState());
  }

  /**
   * Rows that pass by a table that is not in memory wait for their end; where that never comes, the table stays in
   * memory.
   */
  private OperatorState tableState() {
    OperatorState state = state();
    return isEndless(planned.inputs().get(1))
        ? new OperatorState(StateKind.MEMORY, state.memoryBytes(), state.changelogs(), state.name(), state.stores())
        : state;
  }

  private boolean isEndless(int operator) {
    JobPlan plan = attempt.context().plan();
    return plan.isUnbounded(operator)
        || plan.stages().get(task.stage()).operator(operator).inputs().stream().anyMatch(this::isEndless);
  }

  @Override
  public Operator intervalJoin(Work.IntervalJoin work) {
    return new IntervalJoinOperator(work, inputSchema(0), inputSchema(1), planned.schema(), state());
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
      StreamSpec staged = attempt.context().plan().staged().get(work.output());
      OutputFile file = staged == null
          ? attempt.context().connections()
              .openOutput(work.output(), attempt.lane(), task.index(), checkpoint.file(work.output()))
          : new StagedRows(attempt.writer(staged), task.index());
      return new OutputOperator(work.output(), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
