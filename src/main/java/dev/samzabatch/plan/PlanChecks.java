package dev.samzabatch.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What every plan must hold, one method an invariant. A plan that does not is a bug of ours, found before it runs. */
final class PlanChecks {

  private PlanChecks() {}

  static void check(JobPlan plan) {
    streamsFlowForward(plan);
    everyStreamHasItsEnds(plan);
    inputsComeFirst(plan);
    sourcesAreOrdered(plan);
    everyTaskHasAContainer(plan);
    partitionsAreReadOnce(plan);
    everySplitIsReadOnce(plan);
    noTwoStreamsHaveOneName(plan);
  }

  private static void noTwoStreamsHaveOneName(JobPlan plan) {
    List<String> names = new ArrayList<>();
    plan.streams().forEach(s -> names.add(s.spec().name()));
    plan.changelogs().forEach(c -> names.add(c.spec().name()));
    require(names.size() == new HashSet<>(names).size(), "two streams have one name: " + names);
  }

  private static void streamsFlowForward(JobPlan plan) {
    for (PlannedStream stream : plan.streams()) {
      require(stream.reader() < 0 || stream.writer() < stream.reader(), stream + " flows backwards");
    }
  }

  private static void everyStreamHasItsEnds(JobPlan plan) {
    for (PlannedStream stream : plan.streams()) {
      long writers =
          plan.stages().get(stream.writer()).operators().stream()
              .filter(o -> o.work() instanceof Work.WriteStream w && w.stream().equals(stream.spec().name()))
              .count();
      require(writers == 1, stream + " has " + writers + " writers");
      if (stream.reader() >= 0) {
        long readers =
            plan.stages().get(stream.reader()).operators().stream()
                .filter(o -> o.work() instanceof Work.ReadStream r && r.stream().equals(stream.spec().name()))
                .count();
        require(readers == 1, stream + " has " + readers + " readers");
      }
    }
  }

  private static void inputsComeFirst(JobPlan plan) {
    for (Stage stage : plan.stages()) {
      Set<Integer> seen = new HashSet<>();
      for (PlannedOperator operator : stage.operators()) {
        require(seen.containsAll(operator.inputs()), operator + " stands before its inputs");
        seen.add(operator.id());
      }
    }
  }

  /** Every source below a join's build side is read before every source below its probe side. */
  private static void sourcesAreOrdered(JobPlan plan) {
    for (Stage stage : plan.stages()) {
      Map<Integer, Set<Integer>> below = below(stage);
      for (PlannedOperator operator : stage.operators()) {
        if (operator.work() instanceof Work.Join) {
          Set<Integer> build = below.get(operator.inputs().get(0));
          Set<Integer> probe = below.get(operator.inputs().get(1));
          int lastBuild = build.stream().mapToInt(stage.sources()::indexOf).max().orElse(-1);
          int firstProbe = probe.stream().mapToInt(stage.sources()::indexOf).min().orElse(-1);
          require(lastBuild < firstProbe, operator + " would probe before its table is complete");
        }
      }
    }
  }

  /** The sources that each operator of a stage reads, directly or through others; inputs stand before their readers. */
  private static Map<Integer, Set<Integer>> below(Stage stage) {
    Map<Integer, Set<Integer>> sources = new HashMap<>();
    for (PlannedOperator operator : stage.operators()) {
      Set<Integer> mine = new TreeSet<>();
      if (operator.isSource()) {
        mine.add(operator.id());
      }
      operator.inputs().forEach(i -> mine.addAll(sources.get(i)));
      sources.put(operator.id(), mine);
    }
    return sources;
  }

  private static void everyTaskHasAContainer(JobPlan plan) {
    List<String> placed =
        plan.containers().stream().flatMap(c -> c.tasks().stream()).map(TaskModel::name).sorted().toList();
    List<String> all = plan.stages().stream().flatMap(s -> s.tasks().stream()).map(TaskModel::name).sorted().toList();
    require(placed.equals(all), "tasks " + all + " are placed as " + placed);
    require(all.size() == new HashSet<>(all).size(), "two tasks have one name: " + all);
  }

  private static void partitionsAreReadOnce(JobPlan plan) {
    for (Stage stage : plan.stages()) {
      for (PlannedOperator operator : stage.operators()) {
        if (operator.work() instanceof Work.ReadStream read && !read.broadcast()) {
          int partitions = plan.stream(read.stream()).spec().partitions();
          List<Integer> reading =
              stage.tasks().stream().flatMap(t -> t.partitions().get(operator.id()).stream()).sorted().toList();
          require(reading.size() == partitions && new HashSet<>(reading).size() == partitions,
              operator + ": " + reading);
        }
      }
    }
  }

  private static void everySplitIsReadOnce(JobPlan plan) {
    for (Stage stage : plan.stages()) {
      for (PlannedOperator operator : stage.operators()) {
        if (operator.work() instanceof Work.Scan) {
          List<Object> reading =
              stage.tasks().stream().flatMap(t -> t.splitsOf(operator.id()).stream()).map(Object.class::cast)
                  .toList();
          require(reading.size() == new HashSet<>(reading).size(), operator + " reads a split twice");
        }
      }
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException("plan check failed: " + message);
    }
  }
}
