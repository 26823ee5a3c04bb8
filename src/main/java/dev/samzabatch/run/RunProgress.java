package dev.samzabatch.run;

import dev.samzabatch.container.RowCounts;
import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlannedInput;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.TaskModel;
import dev.samzabatch.plan.Work;
import dev.samzabatch.system.PartitionedReader;
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
   * @param lag records that its scans could have read already and have not
   * @param endless whether some of its sources may go on for ever
   * @param watermark up to when its sources without end have probably read everything, in microseconds since 1970, the
   * least of all tasks; {@link PartitionedReader#NO_WATERMARK} when that says nothing
   * @param late rows that came when their windows were complete, and count for nothing
   */
  public record StageProgress(String name, int tasks, int tasksEnded, long rowsIn, long rowsOut, long bytesRead,
      long bytesTotal, long lag, boolean endless, long watermark, long late) {}

  /** How far all stages are, in order. */
  public List<StageProgress> stages() {
    List<StageProgress> stages = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      long in = 0;
      long out = 0;
      long bytes = 0;
      long total = 0;
      long lag = 0;
      long late = 0;
      long watermark = PartitionedReader.IDLE;
      for (PlannedOperator operator : stage.operators()) {
        for (TaskModel task : stage.tasks()) {
          RowCounts rows = counts.get(task.name());
          boolean writes = operator.work() instanceof Work.WriteStream || operator.work() instanceof Work.WriteOutput;
          in += operator.isSource() ? rows.rowsIn(operator.id()) : 0;
          out += writes ? rows.rowsIn(operator.id()) : 0;
          late += rows.late(operator.id());
          if (plan.isUnbounded(operator.id())) {
            watermark = Math.min(watermark, rows.watermark(operator.id()));
          }
          lag += operator.isSource() ? rows.lag(operator.id()) : 0;
          bytes += operator.isSource() ? rows.bytesRead(operator.id()) : 0;
        }
        total += operator.work() instanceof Work.Scan scan ? bytes(inputs.get(scan.input())) : 0;
      }
      boolean endless = stage.sources().stream().anyMatch(plan::isUnbounded);
      stages.add(new StageProgress(stage.name(), stage.tasks().size(), ended(stage), in, out, bytes,
          endless ? 0 : total, lag, endless,
          watermark == PartitionedReader.IDLE ? PartitionedReader.NO_WATERMARK : watermark, late));
    }
    return stages;
  }

  /**
   * A number that changes whenever a row or a byte is read, given or written anywhere; and all the time while inputs
   * without end have nothing that could be read.
   */
  long moved() {
    boolean waits = !plan.unbounded().isEmpty() && stages().stream().allMatch(s -> s.lag() == 0);
    long moved = waits ? System.nanoTime() : 0;
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
    if (input.ranges().isPresent()) {
      return input.bytes();
    }
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
