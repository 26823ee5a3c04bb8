package dev.samzabatch.plan;

import dev.samzabatch.data.Schema;
import dev.samzabatch.system.StreamSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan in the making: gives out ids and names, and knows the stages and streams so far. */
final class PlanDraft {

  private static final int MAX_DERIVED_PARTITIONS = 256;

  /** A stream with the drafts at its ends; no reader means that the run reads it. */
  record Edge(StreamSpec spec, String partitioning, String reason, StageDraft writer, StageDraft reader) {}

  private final PlanOptions options;
  private final Map<String, Edge> edges = new LinkedHashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private final List<StageDraft> drafts = new ArrayList<>();
  private int nextOperator;

  PlanDraft(PlanOptions options) {
    this.options = options;
  }

  Iterable<Edge> edges() {
    return edges.values();
  }

  StageDraft newStage() {
    StageDraft draft = new StageDraft();
    drafts.add(draft);
    return draft;
  }

  /** The stages, each behind those whose streams it reads. */
  List<StageDraft> stagesInOrder() {
    Set<StageDraft> order = new LinkedHashSet<>();
    drafts.forEach(draft -> visit(draft.current(), order));
    return List.copyOf(order);
  }

  private static void visit(StageDraft draft, Set<StageDraft> order) {
    if (!order.contains(draft)) {
      draft.upstream().forEach(u -> visit(u, order));
      order.add(draft);
    }
  }

  /** Adds a source operator to a stage. */
  int source(StageDraft stage, boolean first, String step, Work work, Schema schema) {
    PlannedOperator operator = new PlannedOperator(nextOperator++, step, work, List.of(), schema);
    stage.addSource(operator, first);
    return operator.id();
  }

  /** Adds an operator over others of the stage. */
  int operator(StageDraft stage, String step, Work work, List<Integer> inputs, Schema schema) {
    PlannedOperator operator = new PlannedOperator(nextOperator++, step, work, inputs, schema);
    stage.add(operator);
    return operator.id();
  }

  /** The fragment that an operator over one fragment gives. */
  Fragment over(Fragment input, String step, Work work, Schema schema, Partitioning partitioning) {
    int id = operator(input.draft(), step, work, List.of(input.operator()), schema);
    return new Fragment(input.draft(), id, schema, partitioning, input.bytes());
  }

  /**
   * Sends a fragment through a new stream into a stage, and gives what is read there.
   *
   * @param keys what chooses the partition; empty spreads rows evenly
   * @param target the reading stage
   * @param first whether the target reads it before its other sources
   */
  Fragment exchange(Fragment input, String step, List<Integer> keys, PartitionCount count, Target target) {
    StreamSpec spec = newStream(step, input.schema(), count.partitions());
    String partitioning = target.broadcast() ? "broadcast" : describe(keys, input.schema(), count.partitions());
    operator(input.draft(), step, new Work.WriteStream(spec.name(), keys), List.of(input.operator()), input.schema());
    StageDraft stage = target.stage();
    edges.put(spec.name(), new Edge(spec, partitioning, count.reason(), input.draft(), stage));
    stage.dependsOn(input.draft());
    if (!target.broadcast() && stage.partitions() == 0) {
      stage.partitions(count.partitions(), "one a partition of " + spec.name());
    }
    Work read = new Work.ReadStream(spec.name(), target.broadcast());
    int id = source(stage, target.first(), step, read, input.schema());
    Partitioning known = Partitioning.ANY;
    if (count.partitions() == 1 && !target.broadcast()) {
      known = Partitioning.SINGLE;
    } else if (!keys.isEmpty()) {
      known = Partitioning.hash(keys, count.partitions());
    }
    return new Fragment(stage, id, input.schema(), known, input.bytes());
  }

  /** Sends a fragment through a new stream into a new stage, and gives what is read there. */
  Fragment moved(Fragment input, String step, List<Integer> keys, PartitionCount count) {
    return exchange(input, step, keys, count, new Target(newStage(), false, false));
  }

  /** Sends the figures of a check to a stream that the run reads. */
  void checkFigures(Fragment input, String check) {
    StreamSpec spec = newStream(check, input.schema(), 1);
    operator(input.draft(), check, new Work.WriteStream(spec.name(), List.of()), List.of(input.operator()),
        input.schema());
    edges.put(spec.name(), new Edge(spec, "single", "figures of a check", input.draft(), null));
  }

  /** Where an exchange leads. */
  record Target(StageDraft stage, boolean first, boolean broadcast) {}

  /** A number of partitions, and why. */
  record PartitionCount(int partitions, String reason) {
    static final PartitionCount ONE = new PartitionCount(1, "all rows in one place");
  }

  /** The number of partitions for rows of about this size. */
  PartitionCount partitions(OptionalInt asked, String step, long bytes) {
    if (asked.isPresent()) {
      return new PartitionCount(asked.getAsInt(), "steps." + step + ".partitions");
    }
    if (options.partitions().isPresent()) {
      return new PartitionCount(options.partitions().getAsInt(), "run.partitions");
    }
    long wanted = Math.min(MAX_DERIVED_PARTITIONS, Math.max(1, bytes / options.partitionBytes()));
    int containers = options.containers();
    int count = (int) ((wanted + containers - 1) / containers * containers);
    return new PartitionCount(count, "about " + (bytes >> 20) + " MB for " + containers + " containers");
  }

  private StreamSpec newStream(String step, Schema schema, int partitions) {
    int number = names.merge(step, 1, Integer::sum);
    String name = StreamNames.of(options, number == 1 ? step : step + "." + number, "intermediate");
    return new StreamSpec(name, StreamSpec.Kind.INTERMEDIATE, schema, partitions);
  }

  private static String describe(List<Integer> keys, Schema schema, int partitions) {
    if (partitions == 1) {
      return "single";
    }
    return keys.isEmpty()
        ? "spread"
        : keys.stream().map(k -> schema.field(k).name()).collect(Collectors.joining(", ", "hash(", ")"));
  }
}
