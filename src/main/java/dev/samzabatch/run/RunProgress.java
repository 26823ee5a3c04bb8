package dev.samzabatch.run;

import dev.samzabatch.container.RowCounts;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlannedInput;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a run is. May be asked from any thread at any time; figures of one answer may be from slightly different
 * moments.
 */
public final class RunProgress {

  private final JobPlan plan;
  private final Map<String, PlannedInput> inputs;
  private final Map<String, RowCounts> counts;

  RunProgress(JobPlan plan, Map<String, PlannedInput> inputs, Map<String, RowCounts> counts) {
    this.plan = plan;
    this.inputs = inputs;
    this.counts = counts;
  }

  /**
   * How far a stage is.
   *
   * @param tasksEnded how many of them have read all that there was for them
   * @param rowsIn rows that its sources have read
   * @param rowsOut rows that its writers have written
   * @param bytesRead bytes that its scans have read
   * @param bytesTotal bytes that its scans will have read in the end; 0 for a stage without scans
   */
  public record StageProgress(
      String name, int tasks, int tasksEnded, long rowsIn, long rowsOut, long bytesRead, long bytesTotal) {}

  /** How far all stages are, in order. */
  public List<StageProgress> stages() {
    List<StageProgress> stages = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      long in = 0;
      long out = 0;
      long bytes = 0;
      long total = 0;
      for (PlannedOperator operator : stage.operators()) {
        for (TaskModel task : stage.tasks()) {
          RowCounts rows = counts.get(task.name());
          boolean writes = operator.work() instanceof Work.WriteStream || operator.work() instanceof Work.WriteOutput;
          in += operator.isSource() ? rows.rowsIn(operator.id()) : 0;
          out += writes ? rows.rowsIn(operator.id()) : 0;
          bytes += operator.isSource() ? rows.bytesRead(operator.id()) : 0;
        }
        total += operator.work() instanceof Work.Scan scan ? bytes(inputs.get(scan.input())) : 0;
      }
      stages.add(new StageProgress(stage.name(), stage.tasks().size(), ended(stage), in, out, bytes, total));
    }
    return stages;
  }

  /** A number that changes whenever a row or a byte is read, given or written anywhere. */
  long moved() {
    long moved = 0;
    for (Stage stage : plan.stages()) {
      for (PlannedOperator operator : stage.operators()) {
        for (TaskModel task : stage.tasks()) {
          RowCounts rows = counts.get(task.name());
          moved += rows.rowsIn(operator.id()) + rows.rowsOut(operator.id()) + rows.bytesRead(operator.id());
        }
      }
    }
    return moved;
  }

  private int ended(Stage stage) {
    return (int) stage.tasks().stream().filter(t -> counts.get(t.name()).hasEnded()).count();
  }

  private static long bytes(PlannedInput input) {
    return input.splits().stream()
        .mapToLong(s -> Math.min(s.end(), s.file().length()) - s.start())
        .sum();
  }

  /** The rows that a stage has written to each of its streams, by full name. */
  Map<String, Long> streamRows(Stage stage) {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (PlannedOperator operator : stage.operators()) {
      if (operator.work() instanceof Work.WriteStream write) {
        rows.put(write.stream(), sum(stage, operator, true));
      }
    }
    return rows;
  }

  /** Rows in and out of every step and input, in the order of the plan. */
  List<RunRecord.StepFigures> steps() {
    return new StepRows(plan, this::rowsOf).figures();
  }

  private long rowsOf(PlannedOperator operator, boolean in) {
    Stage home =
        plan.stages().stream().filter(s -> s.operators().contains(operator)).findFirst().orElseThrow();
    return sum(home, operator, in);
  }

  private long sum(Stage stage, PlannedOperator operator, boolean in) {
    return stage.tasks().stream()
        .map(t -> counts.get(t.name()))
        .mapToLong(c -> in ? c.rowsIn(operator.id()) : c.rowsOut(operator.id()))
        .sum();
  }

  /** Rows given to the writers of an output. */
  long outputRows(String output) {
    long rows = 0;
    for (Stage stage : plan.stages()) {
      for (PlannedOperator operator : stage.operators()) {
        if (operator.work() instanceof Work.WriteOutput write && write.output().equals(output)) {
          rows += sum(stage, operator, true);
        }
      }
    }
    return rows;
  }
}
