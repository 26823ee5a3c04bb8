package dev.samzabatch.plan;

import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.graph.OperatorSpec.Aggregate;
import dev.samzabatch.plan.PlanDraft.PartitionCount;
import dev.samzabatch.plan.Work.AggregateMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Chooses how the rows of a group meet. Where they are together already they are grouped there. Otherwise each task
 * groups what it has, and the states of equal keys are brought together. Calls that are distinct have no such states:
 * when all are over the same column, the distinct rows of (keys, column) are made first, which are spread over all
 * partitions even if there is but one group, and are grouped as if they were any rows; else the rows move as they are.
 */
final class GroupingPlanner {

  private final PlanDraft draft;
  private final PlanOptions options;
  private final EventTimes times;

  GroupingPlanner(PlanDraft draft, PlanOptions options, EventTimes times) {
    this.draft = draft;
    this.options = options;
    this.times = times;
  }

  Fragment group(Aggregate spec, Fragment input) {
    Duration every = options.streaming().emitEvery().get(spec.step());
    Optional<Work.TimeKey> window = times.key(spec);
    boolean updates = every != null && window.isEmpty() && !times.isBounded(spec);
    return group(spec, input, new Telling(window, updates ? Optional.of(every) : Optional.empty()));
  }

  /**
   * When groups are emitted: when they are complete, now and then, or (neither) at the end.
   *
   * @param window the place among the keys of the one that tells
   */
  private record Telling(Optional<Work.TimeKey> window, Optional<Duration> every) {

    Work work(AggregateMode mode, List<Integer> keys, List<AggregateCall> calls) {
      Work.Aggregate grouping = new Work.Aggregate(mode, keys, calls);
      if (window.isPresent()) {
        return new Work.WindowAggregate(grouping, window.get());
      }
      return every.isPresent() && mode != AggregateMode.PARTIAL
          ? new Work.UpdatingAggregate(grouping, every.get().toNanos())
          : grouping;
    }
  }

  private Fragment group(Aggregate spec, Fragment input, Telling telling) {
    boolean askedOtherwise =
        spec.partitions().isPresent() && input.partitioning().partitions() != spec.partitions().getAsInt();
    if (input.partitioning().colocates(spec.keys()) && !askedOtherwise) {
      return complete(spec, input, telling);
    }
    List<AggregateCall> calls = spec.calls();
    if (calls.stream().noneMatch(AggregateCall::distinct)) {
      return inHalves(spec, input, telling);
    }
    int argument = calls.get(0).argument();
    if (calls.stream().allMatch(c -> c.distinct() && c.filter() < 0 && c.argument() == argument)) {
      return overDistinctRows(spec, input, argument, telling);
    }
    return complete(spec, draft.moved(input, spec.step(), spec.keys(), count(spec, input)), telling);
  }

  private PartitionCount count(Aggregate spec, Fragment input) {
    return spec.keys().isEmpty()
        ? PartitionCount.ONE
        : draft.partitions(spec.partitions(), spec.step(), input.bytes() / 2);
  }

  private Fragment complete(Aggregate spec, Fragment input, Telling telling) {
    Work work = telling.work(AggregateMode.COMPLETE, spec.keys(), spec.calls());
    Partitioning known = input.partitioning().chosen(spec.keys());
    return draft.over(input, spec.step(), work, spec.schema(), known).withBytes(input.bytes() / 2);
  }

  private Fragment inHalves(Aggregate spec, Fragment input, Telling telling) {
    Work first = telling.work(AggregateMode.PARTIAL, spec.keys(), spec.calls());
    Schema states = StateLayout.states(spec.keys(), spec.calls(), input.schema());
    Fragment partial = draft.over(input, spec.step(), first, states, Partitioning.ANY);
    List<Integer> keys = firstColumns(spec.keys().size());
    Fragment moved = draft.moved(partial, spec.step(), keys, count(spec, input));
    Work last = telling.work(AggregateMode.FINAL, keys, spec.calls());
    return draft.over(moved, spec.step(), last, spec.schema(), moved.partitioning()).withBytes(input.bytes() / 2);
  }

  private Fragment overDistinctRows(Aggregate spec, Fragment input, int argument, Telling telling) {
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
    return group(groups, group(rows, input, telling), telling);
  }

  private static AggregateCall plain(AggregateCall call, int argument) {
    return new AggregateCall(
        call.function(), argument, call.argumentType(), false, -1, call.name(), call.type(), call.nullable());
  }

  private static List<Integer> firstColumns(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}
