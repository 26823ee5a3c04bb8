package dev.samzabatch.container;

import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Evaluators;
import dev.samzabatch.expr.Filters;
import dev.samzabatch.operator.DistinctOperator;
import dev.samzabatch.operator.ExchangeOperator;
import dev.samzabatch.operator.FilterOperator;
import dev.samzabatch.operator.HashAggregateOperator;
import dev.samzabatch.operator.HashJoinOperator;
import dev.samzabatch.operator.LimitOperator;
import dev.samzabatch.operator.Operator;
import dev.samzabatch.operator.ProjectOperator;
import dev.samzabatch.operator.SortOperator;
import dev.samzabatch.operator.UnionOperator;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.PlannedStream;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes the operators of one task from the planned ones. */
final class TaskOperators implements Work.Visitor<Operator> {

  private final TaskModel task;
  private final Container container;
  private PlannedOperator planned;

  TaskOperators(TaskModel task, Container container) {
    this.task = task;
    this.container = container;
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
    long limit = container.context().settings().partialBytes();
    return work.calls().isEmpty() && !work.keys().isEmpty()
        ? new DistinctOperator(work, planned.schema(), limit)
        : new HashAggregateOperator(work, planned.schema(), limit);
  }

  @Override
  public Operator join(Work.Join work) {
    Schema build = inputSchema(0);
    Schema probe = inputSchema(1);
    Schema left = work.buildLeft() ? build : probe;
    Schema right = work.buildLeft() ? probe : build;
    return new HashJoinOperator(work, left, right, planned.schema());
  }

  private Schema inputSchema(int port) {
    return container.context().plan().stages().get(task.stage()).operator(planned.inputs().get(port)).schema();
  }

  @Override
  public Operator union(Work.Union work) {
    return new UnionOperator(planned.schema());
  }

  @Override
  public Operator sort(Work.Sort work) {
    return work.keys().isEmpty()
        ? new LimitOperator(work.offset(), work.limit())
        : new SortOperator(work, planned.schema());
  }

  @Override
  public Operator writeStream(Work.WriteStream work) {
    try {
      PlannedStream stream = container.stream(work.stream());
      int partitions = stream.spec().partitions();
      return new ExchangeOperator(container.writer(work), work.keys(), partitions, task.name(), task.index());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Operator writeOutput(Work.WriteOutput work) {
    try {
      return container.output(work, task);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
