package dev.samzabatch.plan;

import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.Sink;
import dev.samzabatch.plan.PlanDraft.PartitionCount;
import dev.samzabatch.plan.PlanDraft.Target;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts an operator graph into stages. Rows move only where they must: before a grouping, join or order whose rows are
 * not together yet. An operator that two others read is planned once, and feeds both.
 */
public final class Planner implements OperatorSpec.Visitor<Fragment> {

  private final Map<String, PlannedInput> inputs;
  private final PlanOptions options;
  private final PlanDraft draft;
  private final JoinPlanner joins;
  private final GroupingPlanner groupings;
  private final Map<OperatorSpec, Fragment> planned = new IdentityHashMap<>();

  private Planner(Map<String, PlannedInput> inputs, PlanOptions options) {
    this.inputs = inputs;
    this.options = options;
    this.draft = new PlanDraft(options);
    EventTimes times = new EventTimes(inputs);
    this.joins = new JoinPlanner(draft, options, times);
    this.groupings = new GroupingPlanner(draft, options, times);
  }

  /**
   * Plans a job.
   *
   * @param inputs what the graph's scans read, by name
   * @throws dev.samzabatch.data.UserException when the job asks for contradicting partition counts, or for what has no
   * meaning without an end
   */
  public static JobPlan plan(OperatorGraph graph, Map<String, PlannedInput> inputs, PlanOptions options) {
    StreamingChecks.check(graph, inputs, options.streaming());
    Planner planner = new Planner(inputs, options);
    graph.sinks().forEach(planner::sink);
    JobPlan plan = TaskAssignment.assign(planner.draft, inputs, options);
    PlanChecks.check(plan);
    return plan;
  }

  private Fragment plan(OperatorSpec spec) {
    Fragment known = planned.get(spec);
    if (known == null) {
      known = spec.accept(this);
      planned.put(spec, known);
    }
    return known;
  }

  private void sink(Sink sink) {
    Fragment rows = plan(sink.input());
    if (sink.kind() == Sink.Kind.CHECK) {
      draft.checkFigures(rows, sink.name());
      return;
    }
    Integer files = options.outputFiles().get(sink.name());
    if (files != null && rows.draft().partitions() != files) {
      PartitionCount count = new PartitionCount(files, "outputs." + sink.name() + ".files");
      rows = draft.moved(rows, sink.name(), List.of(), count);
    }
    draft.over(rows, sink.name(), new Work.WriteOutput(sink.name()), rows.schema(), rows.partitioning());
  }

  @Override
  public Fragment scan(OperatorSpec.Scan spec) {
    PlannedInput input = inputs.get(spec.step());
    StageDraft stage = draft.newStage();
    Work work = new Work.Scan(spec.step(), spec.columns(), spec.filter());
    int id = draft.source(stage, false, spec.step(), work, spec.schema());
    long bytes = input.bytes() * Math.max(1, spec.columns().size()) / Math.max(1, input.schema().size());
    return new Fragment(
        stage, id, spec.schema(), Partitioning.ANY, spec.filter().isPresent() ? bytes / 2 : bytes);
  }

  @Override
  public Fragment filter(OperatorSpec.Filter spec) {
    Fragment input = plan(spec.input());
    Fragment kept =
        draft.over(input, spec.step(), new Work.Filter(spec.condition()), spec.schema(), input.partitioning());
    return kept.withBytes(input.bytes() / 2);
  }

  @Override
  public Fragment project(OperatorSpec.Project spec) {
    Fragment input = plan(spec.input());
    Fragment projected =
        draft.over(
            input,
            spec.step(),
            new Work.Project(spec.exprs()),
            spec.schema(),
            input.partitioning().through(spec.exprs()));
    long share = Math.min(100, 100L * spec.schema().size() / Math.max(1, input.schema().size()));
    return projected.withBytes(input.bytes() / 100 * Math.max(1, share));
  }

  @Override
  public Fragment aggregate(OperatorSpec.Aggregate spec) {
    return groupings.group(spec, plan(spec.input()));
  }

  @Override
  public Fragment join(OperatorSpec.Join spec) {
    return joins.join(spec, plan(spec.sides().left()), plan(spec.sides().right()));
  }

  @Override
  public Fragment union(OperatorSpec.Union spec) {
    List<Fragment> branches = spec.inputs().stream().map(this::plan).toList();
    Fragment widest =
        branches.stream().max(Comparator.comparingInt(b -> parallelism(b.draft()))).orElseThrow();
    boolean chained = branches.stream().anyMatch(a -> branches.stream().anyMatch(b -> waitsFor(a, b)));
    StageDraft home = chained ? draft.newStage() : widest.draft();
    PartitionCount count = new PartitionCount(parallelism(widest.draft()), "as the widest input of the union");
    List<Fragment> together = branches.stream().map(b -> besides(home, b, spec.step(), count)).toList();
    List<Integer> ports = together.stream().map(Fragment::operator).toList();
    int id = draft.operator(home, spec.step(), new Work.Union(), ports, spec.schema());
    Partitioning first = together.get(0).partitioning();
    boolean same = together.stream().allMatch(b -> b.partitioning().equals(first));
    long bytes = branches.stream().mapToLong(Fragment::bytes).sum();
    return new Fragment(home, id, spec.schema(), same ? first : Partitioning.ANY, bytes);
  }

  private static boolean waitsFor(Fragment reader, Fragment writer) {
    return reader.draft() != writer.draft() && reader.draft().needs(writer.draft());
  }

  /** The branch in the stage {@code home}: as it is, by merging the stages, or through a stream. */
  private Fragment besides(StageDraft home, Fragment branch, String step, PartitionCount count) {
    if (branch.draft() == home) {
      return branch;
    }
    if (!home.operators().isEmpty() && home.canMerge(branch.draft())) {
      home.merge(branch.draft());
      return branch;
    }
    return draft.exchange(branch, step, List.of(), count, new Target(home, false, false));
  }

  private int parallelism(StageDraft stage) {
    return stage.partitions() == 0 ? options.containers() : stage.partitions();
  }

  @Override
  public Fragment sort(OperatorSpec.Sort spec) {
    Fragment input = plan(spec.input());
    Work last = new Work.Sort(spec.keys(), spec.offset(), spec.limit());
    if (input.partitioning().kind() != Partitioning.Kind.SINGLE) {
      if (spec.limit() < Long.MAX_VALUE - spec.offset()) {
        Work first = new Work.Sort(spec.keys(), 0, spec.offset() + spec.limit());
        input = draft.over(input, spec.step(), first, spec.schema(), input.partitioning());
      }
      input = draft.moved(input, spec.step(), List.of(), PartitionCount.ONE);
    }
    Fragment sorted = draft.over(input, spec.step(), last, spec.schema(), Partitioning.SINGLE);
    long bound = spec.limit() > (1L << 40) ? Long.MAX_VALUE : spec.limit() * 32L * Math.max(1, spec.schema().size());
    return sorted.withBytes(Math.min(input.bytes(), bound));
  }

  @Override
  public Fragment repartition(OperatorSpec.Repartition spec) {
    Fragment input = plan(spec.input());
    return draft.moved(input, spec.step(), spec.keys(),
        draft.partitions(spec.partitions(), spec.step(), input.bytes()));
  }
}
