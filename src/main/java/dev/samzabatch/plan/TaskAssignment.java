package dev.samzabatch.plan;

import dev.samzabatch.data.Schema;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.system.PartitionRange;
import dev.samzabatch.system.StreamSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Numbers the stages of a draft, gives each its tasks, and the tasks to containers. */
final class TaskAssignment {

  private final Map<String, PlannedInput> inputs;
  private final PlanOptions options;

  private TaskAssignment(Map<String, PlannedInput> inputs, PlanOptions options) {
    this.inputs = inputs;
    this.options = options;
  }

  static JobPlan assign(PlanDraft draft, Map<String, PlannedInput> inputs, PlanOptions options) {
    TaskAssignment assignment = new TaskAssignment(inputs, options);
    List<StageDraft> drafts = draft.stagesInOrder();
    Map<StageDraft, Integer> ids = new IdentityHashMap<>();
    drafts.forEach(d -> ids.put(d, ids.size()));
    List<PlannedStream> streams = new ArrayList<>();
    for (PlanDraft.Edge edge : draft.edges()) {
      int reader = edge.reader() == null ? -1 : ids.get(edge.reader().current());
      int writer = ids.get(edge.writer().current());
      streams.add(new PlannedStream(edge.spec(), edge.partitioning(), edge.reason(), writer, reader));
    }
    Map<String, Integer> partitions = new LinkedHashMap<>();
    streams.forEach(s -> partitions.put(s.spec().name(), s.spec().partitions()));
    List<Stage> stages = new ArrayList<>();
    for (StageDraft stage : drafts) {
      stages.add(assignment.stage(stages.size(), stage, partitions));
    }
    String hash = PlanHash.of(stages, streams, options.runId());
    List<PlannedChangelog> changelogs = assignment.changelogs(stages);
    return new JobPlan(
        options.job(), options.runId(), stages, streams, changelogs, assignment.staged(stages),
        assignment.unbounded(stages, streams),
        ContainerModel.spread(stages, options.containers()), hash);
  }

  private Map<String, StreamSpec> staged(List<Stage> stages) {
    Map<String, StreamSpec> staged = new LinkedHashMap<>();
    for (Stage stage : stages) {
      for (PlannedOperator operator : stage.operators()) {
        if (operator.work() instanceof Work.WriteOutput write && options.staged().contains(write.output())) {
          String name = StreamNames.of(options, write.output(), "staged");
          staged.put(write.output(), new StreamSpec(name, StreamSpec.Kind.INTERMEDIATE, operator.schema(),
              stage.tasks().size()));
        }
      }
    }
    return staged;
  }

  private Set<Integer> unbounded(List<Stage> stages, List<PlannedStream> streams) {
    Set<Integer> unbounded = new LinkedHashSet<>();
    Set<String> endless = new HashSet<>();
    for (Stage stage : stages) {
      for (int source : stage.sources()) {
        Work work = stage.operator(source).work();
        boolean open = work instanceof Work.Scan scan && inputs.get(scan.input()).unbounded()
            || work instanceof Work.ReadStream read && endless.contains(read.stream());
        if (open) {
          unbounded.add(source);
          streams.stream().filter(s -> s.writer() == stage.id()).forEach(s -> endless.add(s.spec().name()));
        }
      }
    }
    return unbounded;
  }

  private List<PlannedChangelog> changelogs(List<Stage> stages) {
    List<PlannedChangelog> changelogs = new ArrayList<>();
    for (Stage stage : stages) {
      for (PlannedOperator operator : stage.operators()) {
        List<Schema> inputs = operator.inputs().stream().map(i -> stage.operator(i).schema()).toList();
        int number = 0;
        for (StateLayout.Layout layout : StateLayout.of(operator, inputs)) {
          String name = StreamNames.of(options, operator.step() + "." + operator.id() + "." + number++, "changelog");
          int partitions = stage.tasks().size() * layout.parts();
          StreamSpec spec = new StreamSpec(name, StreamSpec.Kind.CHANGELOG, layout.schema(), partitions);
          changelogs.add(new PlannedChangelog(operator.id(), spec, layout.parts()));
        }
      }
    }
    return changelogs;
  }

  private Stage stage(int id, StageDraft draft, Map<String, Integer> partitions) {
    List<PlannedOperator> operators = inOrder(draft);
    int tasks = draft.partitions();
    String reason = draft.reason();
    if (tasks == 0) {
      int shares = operators.stream().mapToInt(this::shares).sum();
      tasks = Math.max(1, Math.min(options.containers(), shares));
      reason = count(shares, unit(operators)) + " for " + count(options.containers(), "container");
    }
    String name = nameOf(operators);
    List<TaskModel> models = new ArrayList<>();
    for (int index = 0; index < tasks; index++) {
      models.add(new TaskModel(name + "." + id + "-" + index, id, index, new LinkedHashMap<>(), new LinkedHashMap<>(),
          new LinkedHashMap<>()));
    }
    for (PlannedOperator operator : operators) {
      if (operator.work() instanceof Work.Scan scan) {
        scan(operator.id(), inputs.get(scan.input()), models);
      } else if (operator.work() instanceof Work.ReadStream read) {
        int count = partitions.get(read.stream());
        models
            .forEach(m -> m.partitions().put(operator.id(), share(m.index(), models.size(), count, read.broadcast())));
      }
    }
    return new Stage(id, name, operators, List.copyOf(draft.sources()), models, reason);
  }

  /** A stage is named after the first relation that it passes on. */
  private static String nameOf(List<PlannedOperator> operators) {
    for (PlannedOperator operator : operators) {
      if (operator.work() instanceof Work.WriteStream || operator.work() instanceof Work.WriteOutput) {
        int passedOn = operator.inputs().get(0);
        return operators.stream().filter(o -> o.id() == passedOn).findFirst().orElseThrow().step();
      }
    }
    throw new IllegalStateException("a stage writes nothing: " + operators);
  }

  /** How many shares the input of a scan can be dealt out in; 0 for other operators. */
  private int shares(PlannedOperator operator) {
    if (!(operator.work() instanceof Work.Scan scan)) {
      return 0;
    }
    PlannedInput input = inputs.get(scan.input());
    boolean grows = input.ranges().isPresent() && input.ranges().get().isEmpty() && input.unbounded();
    return grows ? options.containers() : input.ranges().map(List::size).orElse(input.splits().size());
  }

  private String unit(List<PlannedOperator> operators) {
    boolean partitions = operators.stream()
        .anyMatch(o -> o.work() instanceof Work.Scan scan && inputs.get(scan.input()).ranges().isPresent());
    return partitions ? "partition" : "split";
  }

  /** Tells every task what of an input it reads. */
  private static void scan(int operator, PlannedInput input, List<TaskModel> tasks) {
    if (input.ranges().isEmpty()) {
      List<List<FileSplit>> shares = Shares.ofSplits(input.splits(), tasks.size());
      tasks.forEach(t -> t.splits().put(operator, shares.get(t.index())));
    } else {
      List<List<PartitionRange>> shares = Shares.ofRanges(input.ranges().get(), tasks.size());
      tasks.forEach(t -> t.ranges().put(operator, shares.get(t.index())));
    }
  }

  private static List<Integer> share(int index, int tasks, int partitions, boolean broadcast) {
    List<Integer> mine = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      if (broadcast || p % tasks == index) {
        mine.add(p);
      }
    }
    return mine;
  }

  /** The operators with inputs before their readers: merging stages may have mixed them up. */
  private static List<PlannedOperator> inOrder(StageDraft draft) {
    Map<Integer, PlannedOperator> byId = new LinkedHashMap<>();
    draft.operators().forEach(o -> byId.put(o.id(), o));
    Map<Integer, PlannedOperator> order = new LinkedHashMap<>();
    draft.sources().forEach(s -> order.put(s, byId.get(s)));
    draft.operators().forEach(o -> visit(o, byId, order));
    return List.copyOf(order.values());
  }

  private static void visit(PlannedOperator o, Map<Integer, PlannedOperator> byId,
      Map<Integer, PlannedOperator> order) {
    if (!order.containsKey(o.id())) {
      o.inputs().forEach(i -> visit(byId.get(i), byId, order));
      order.put(o.id(), o);
    }
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
