package dev.samzabatch.plan;

import dev.samzabatch.data.Quantities;
import dev.samzabatch.system.PartitionRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan as text: inputs, stages in the order in which rows pass through them, streams, containers. */
final class PlanText {

  private static final int MAX_TASKS_NAMED = 8;

  private final JobPlan plan;
  private final List<PlannedInput> inputs;
  private final Set<String> inferred;
  private final StringBuilder out = new StringBuilder();

  PlanText(JobPlan plan, List<PlannedInput> inputs, Set<String> inferred) {
    this.plan = plan;
    this.inputs = inputs;
    this.inferred = inferred;
  }

  String text() {
    heading();
    inputs();
    plan.stages().forEach(this::stage);
    streams();
    changelogs();
    containers();
    return out.toString();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void heading() {
    int tasks = plan.stages().stream().mapToInt(s -> s.tasks().size()).sum();
    line("job " + plan.job() + ", run " + plan.runId() + ", plan hash " + plan.hash());
    line(String.join(", ",
        Quantities.count(plan.stages().size(), "stage"),
        Quantities.count(tasks, "task"),
        Quantities.count(plan.streams().size(), "internal stream"),
        Quantities.count(plan.containers().size(), "container")));
    List<String> perRow = perRow(plan);
    if (!perRow.isEmpty()) {
      line("row by row, without state: " + String.join(", ", perRow));
    }
  }

  /** The steps that look at one row at a time, in the order of the plan. */
  static List<String> perRow(JobPlan plan) {
    Map<String, Boolean> steps = new LinkedHashMap<>();
    for (Stage stage : plan.stages()) {
      for (PlannedOperator operator : stage.operators()) {
        boolean stateless = operator.work() instanceof Work.Filter || operator.work() instanceof Work.Project
            || operator.work() instanceof Work.Union;
        boolean stateful = operator.work() instanceof Work.Aggregate || operator.work() instanceof Work.WindowAggregate
            || operator.work() instanceof Work.UpdatingAggregate || operator.work() instanceof Work.IntervalJoin
            || operator.work() instanceof Work.Join
            || operator.work() instanceof Work.Sort;
        if (stateless || stateful) {
          steps.merge(operator.step(), stateless, Boolean::logicalAnd);
        }
      }
    }
    return steps.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }

  private void inputs() {
    line("");
    line("inputs");
    for (PlannedInput input : inputs) {
      line("  " + input.name() + ": " + found(input));
      line("    schema" + (inferred.contains(input.name()) ? " (inferred): " : ": ") + input.schema());
    }
  }

  private static String found(PlannedInput input) {
    if (input.ranges().isPresent()) {
      return partitions(input.ranges().get(), input);
    }
    long files = input.splits().stream().map(s -> s.file().name()).distinct().count();
    return input.splits().isEmpty()
        ? "no files"
        : Quantities.count(files, "file") + ", " + Quantities.bytes(input.bytes()) + ", "
            + Quantities.count(input.splits().size(), "split");
  }

  private static String partitions(List<PartitionRange> ranges, PlannedInput input) {
    if (ranges.isEmpty()) {
      return input.unbounded() ? "files as they come, without end" : "no partitions";
    }
    String topics = ranges.stream().map(PartitionRange::topic).distinct().collect(Collectors.joining(", "));
    long records = ranges.stream().mapToLong(PartitionRange::records).sum();
    return topics + ", " + Quantities.count(ranges.size(), "partition") + ", "
        + (input.unbounded() ? "without end" : "offsets for " + Quantities.count(records, "record"));
  }

  private void stage(Stage stage) {
    line("");
    String tasks = Quantities.count(stage.tasks().size(), "task");
    line("stage " + stage.id() + " " + stage.name() + ": " + tasks + " (" + stage.tasksReason() + ")");
    Set<Integer> read = new HashSet<>();
    stage.operators().forEach(o -> read.addAll(o.inputs()));
    int width = stage.operators().stream().mapToInt(o -> o.step().length()).max().orElse(0);
    Set<Integer> shown = new HashSet<>();
    stage.operators().stream().filter(o -> !read.contains(o.id())).forEach(o -> tree(stage, o, width, 0, shown));
  }

  /** An operator with those that feed it below it; one that feeds several is shown below the first of them. */
  private void tree(Stage stage, PlannedOperator operator, int width, int depth, Set<Integer> shown) {
    String step = operator.step() + " ".repeat(width - operator.step().length());
    boolean again = !shown.add(operator.id());
    long feeds = stage.operators().stream().flatMap(o -> o.inputs().stream()).filter(i -> i == operator.id()).count();
    String mark = feeds > 1 && !again ? "#" + operator.id() + " " : "";
    String what = again ? "#" + operator.id() + " as above" : mark + OperatorText.of(stage, operator);
    line("  " + step + "  " + "  ".repeat(depth) + what);
    if (!again) {
      operator.inputs().forEach(i -> tree(stage, stage.operator(i), width, depth + 1, shown));
    }
  }

  private void streams() {
    if (plan.streams().isEmpty()) {
      return;
    }
    line("");
    line("internal streams");
    for (PlannedStream stream : plan.streams()) {
      String reader = stream.reader() < 0 ? "the run" : "stage " + stream.reader();
      line("  " + stream.spec().name());
      String partitions = Quantities.count(stream.spec().partitions(), "partition");
      line("    from stage " + stream.writer() + " to " + reader + ", " + stream.partitioning() + ", "
          + partitions + " (" + stream.partitionsReason() + "), ends after "
          + Quantities.count(plan.writers(stream), "mark"));
      line("    schema: " + stream.spec().schema());
    }
  }

  private void changelogs() {
    if (plan.changelogs().isEmpty()) {
      return;
    }
    line("");
    line("changelogs");
    for (PlannedChangelog changelog : plan.changelogs()) {
      String partitions = Quantities.count(changelog.spec().partitions(), "partition");
      line("  " + changelog.spec().name() + ": operator " + changelog.operator() + ", " + partitions);
    }
  }

  private void containers() {
    line("");
    line("containers");
    for (ContainerModel container : plan.containers()) {
      List<String> names = new ArrayList<>(container.tasks().stream().map(TaskModel::name).toList());
      int more = names.size() - MAX_TASKS_NAMED;
      String shown = names.stream().limit(MAX_TASKS_NAMED).collect(Collectors.joining(", "));
      line("  " + container.name() + ": " + shown + (more > 0 ? " and " + more + " more" : ""));
    }
  }
}
