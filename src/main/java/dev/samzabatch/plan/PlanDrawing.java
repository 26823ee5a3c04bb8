package dev.samzabatch.plan;

import dev.samzabatch.data.Quantities;
import java.util.HashMap;
import java.util.Map;

/**
 * A plan as a drawing: a box for each stage with its operators in it, and between the stages their streams. The ends of
 * streams inside the stages are left out: an arrow to or from the stream says the same.
 */
final class PlanDrawing {

  /** How a drawing is written down. */
  interface Syntax {
    void begin(StringBuilder out, String job);

    void beginStage(StringBuilder out, int id, String label);

    void operator(StringBuilder out, String node, String step, String text);

    void endStage(StringBuilder out);

    void stream(StringBuilder out, String node, String name, String text);

    void arrow(StringBuilder out, String from, String to);

    void end(StringBuilder out);
  }

  private final JobPlan plan;
  private final Map<String, String> streamNodes = new HashMap<>();
  private final StringBuilder out = new StringBuilder();

  PlanDrawing(JobPlan plan) {
    this.plan = plan;
  }

  String draw(Syntax syntax) {
    syntax.begin(out, plan.job());
    for (Stage stage : plan.stages()) {
      String tasks = Quantities.count(stage.tasks().size(), "task");
      syntax.beginStage(out, stage.id(), "stage " + stage.id() + " " + stage.name() + ", " + tasks);
      for (PlannedOperator operator : stage.operators()) {
        if (!isStreamEnd(operator)) {
          syntax.operator(out, "o" + operator.id(), operator.step(), OperatorText.of(stage, operator));
        }
      }
      syntax.endStage(out);
    }
    for (PlannedStream stream : plan.streams()) {
      String node = "s" + streamNodes.size();
      streamNodes.put(stream.spec().name(), node);
      String text = stream.partitioning() + ", " + Quantities.count(stream.spec().partitions(), "partition");
      syntax.stream(out, node, stream.spec().name(), text);
    }
    plan.stages().forEach(stage -> arrows(stage, syntax));
    syntax.end(out);
    return out.toString();
  }

  private void arrows(Stage stage, Syntax syntax) {
    for (PlannedOperator operator : stage.operators()) {
      String to = node(operator);
      operator.inputs().forEach(input -> syntax.arrow(out, node(stage.operator(input)), to));
    }
  }

  private String node(PlannedOperator operator) {
    if (operator.work() instanceof Work.ReadStream read) {
      return streamNodes.get(read.stream());
    }
    if (operator.work() instanceof Work.WriteStream write) {
      return streamNodes.get(write.stream());
    }
    return "o" + operator.id();
  }

  private static boolean isStreamEnd(PlannedOperator operator) {
    return operator.work() instanceof Work.ReadStream || operator.work() instanceof Work.WriteStream;
  }
}
