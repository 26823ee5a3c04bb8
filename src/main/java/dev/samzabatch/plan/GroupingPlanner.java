package dev.samzabatch.plan;

import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.graph.OperatorSpec.Aggregate;
import dev.samzabatch.plan.PlanDraft.PartitionCount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses how the rows of a group meet. Where they are together already they are grouped there. Otherwise each task
 * groups what it has, and the states of equal keys are brought together. Calls that are distinct have no such states:
 * when all are over the same column, the distinct rows of (keys, column) are made first, which are spread over all
 * partitions even if there is but one group, and are grouped as if they were any rows; else the rows move as they are.
 */
final class GroupingPlanner {

  private final PlanDraft draft;

  GroupingPlanner(PlanDraft draft) {
    this.draft = draft;
  }

  Fragment group(Aggregate spec, Fragment input) {
    boolean askedOtherwise =
        spec.partitions().isPresent() && input.partitioning().partitions() != spec.partitions().getAsInt();
    if (input.partitioning().colocates(spec.keys()) && !askedOtherwise) {
      return complete(spec, input);
    }
    List<AggregateCall> calls = spec.calls();
    if (calls.stream().noneMatch(AggregateCall::distinct)) {
      return inHalves(spec, input);
    }
    int argument = calls.get(0).argument();
    if (calls.stream().allMatch(c -> c.distinct() && c.filter() < 0 && c.argument() == argument)) {
      return overDistinctRows(spec, input, argument);
    }
    return complete(spec, draft.moved(input, spec.step(), spec.keys(), count(spec, input)));
  }

  private PartitionCount count(Aggregate spec, Fragment input) {
    return spec.keys().isEmpty()
        ? PartitionCount.ONE
        : draft.partitions(spec.partitions(), spec.step(), input.bytes() / 2);
  }

  private Fragment complete(Aggregate spec, Fragment input) {
    Work work = new Work.Aggregate(Work.AggregateMode.COMPLETE, spec.keys(), spec.calls());
    Partitioning known = input.partitioning().chosen(spec.keys());
    return draft.over(input, spec.step(), work, spec.schema(), known).withBytes(input.bytes() / 2);
  }

  private Fragment inHalves(Aggregate spec, Fragment input) {
    Work first = new Work.Aggregate(Work.AggregateMode.PARTIAL, spec.keys(), spec.calls());
    Schema states = StateLayout.states(spec.keys(), spec.calls(), input.schema());
    Fragment partial = draft.over(input, spec.step(), first, states, Partitioning.ANY);
    List<Integer> keys = firstColumns(spec.keys().size());
    Fragment moved = draft.moved(partial, spec.step(), keys, count(spec, input));
    Work last = new Work.Aggregate(Work.AggregateMode.FINAL, keys, spec.calls());
    return draft.over(moved, spec.step(), last, spec.schema(), moved.partitioning()).withBytes(input.bytes() / 2);
  }

  private Fragment overDistinctRows(Aggregate spec, Fragment input, int argument) {
    List<Integer> columns = new ArrayList<>(spec.keys());
    if (!columns.contains(argument)) {
      columns.add(argument);
    }
    Schema schema = input.schema().project(columns.stream().mapToInt(Integer::intValue).toArray());
    int at = columns.indexOf(argument);
    List<AggregateCall> calls = spec.calls().stream().map(c -> plain(c, at)).toList();
    List<Integer> keys = firstColumns(spec.keys().size());
    Aggregate rows = new Aggregate(spec.step(), spec.input(), columns, List.of(), schema, spec.partitions());
    Aggregate groups = new Aggregate(spec.step(), spec.input(), keys, calls, spec.schema(), spec.partitions());
    return group(groups, group(rows, input));
  }

  private static AggregateCall plain(AggregateCall call, int argument) {
    return new AggregateCall(
        call.function(), argument, call.argumentType(), false, -1, call.name(), call.type(), call.nullable());
  }

  private static List<Integer> firstColumns(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
