package dev.samzabatch.plan;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Schema;
import dev.samzabatch.system.PartitionRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plan as JSON values. */
final class PlanJson {

  private final JobPlan plan;
  private final List<PlannedInput> inputs;
  private final Set<String> inferred;

  PlanJson(JobPlan plan, List<PlannedInput> inputs, Set<String> inferred) {
    this.plan = plan;
    this.inputs = inputs;
    this.inferred = inferred;
  }

  Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("job", plan.job());
    object.put("run.id", plan.runId());
    object.put("hash", plan.hash());
    object.put("rowByRow", PlanText.perRow(plan));
    object.put("inputs", inputs.stream().map(this::input).toList());
    object.put("stages", plan.stages().stream().map(PlanJson::stage).toList());
    object.put("streams", plan.streams().stream().map(this::stream).toList());
    object.put("changelogs", plan.changelogs().stream().map(PlanJson::changelog).toList());
    object.put("containers", plan.containers().stream().map(PlanJson::container).toList());
    return object;
  }

  private Map<String, Object> input(PlannedInput input) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", input.name());
    object.put("files", input.splits().stream().map(s -> s.file().name()).distinct().toList());
    object.put("bytes", input.bytes());
    object.put("splits", input.splits().size());
    input.ranges().ifPresent(ranges -> object.put("partitions", ranges.stream().map(PlanJson::range).toList()));
    object.put("unbounded", input.unbounded());
    object.put("inferred", inferred.contains(input.name()));
    object.put("schema", schema(input.schema()));
    return object;
  }

  private static Map<String, Object> range(PartitionRange range) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("topic", range.topic());
    object.put("partition", range.partition());
    object.put("start", range.start());
    object.put("end", range.end() == Long.MAX_VALUE ? null : range.end());
    return object;
  }

  private static List<Map<String, Object>> schema(Schema schema) {
    return schema.fields().stream().map(PlanJson::field).toList();
  }

  private static Map<String, Object> field(Field field) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", field.name());
    object.put("type", field.type().toString());
    object.put("nullable", field.nullable());
    return object;
  }

  private static Map<String, Object> stage(Stage stage) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("id", stage.id());
    object.put("name", stage.name());
    object.put("tasks", stage.tasks().stream().map(TaskModel::name).toList());
    object.put("tasksReason", stage.tasksReason());
    object.put("operators", stage.operators().stream().map(o -> operator(stage, o)).toList());
    return object;
  }

  private static Map<String, Object> operator(Stage stage, PlannedOperator operator) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("id", operator.id());
    object.put("step", operator.step());
    object.put("kind", operator.work().getClass().getSimpleName());
    object.put("text", OperatorText.of(stage, operator));
    object.put("inputs", operator.inputs());
    object.put("schema", schema(operator.schema()));
    return object;
  }

  private Map<String, Object> stream(PlannedStream stream) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", stream.spec().name());
    object.put("from", stream.writer());
    object.put("to", stream.reader() < 0 ? null : stream.reader());
    object.put("partitioning", stream.partitioning());
    object.put("partitions", stream.spec().partitions());
    object.put("partitionsReason", stream.partitionsReason());
    object.put("endMarks", plan.writers(stream));
    object.put("schema", schema(stream.spec().schema()));
    return object;
  }

  private static Map<String, Object> changelog(PlannedChangelog changelog) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", changelog.spec().name());
    object.put("operator", changelog.operator());
    object.put("partitions", changelog.spec().partitions());
    return object;
  }

  private static Map<String, Object> container(ContainerModel container) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", container.name());
    object.put("tasks", container.tasks().stream().map(TaskModel::name).toList());
    return object;
  }
}
