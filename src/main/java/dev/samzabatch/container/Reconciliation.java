package dev.samzabatch.container;

import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.PlannedStream;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.Work;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares what was counted at both sides of every boundary: an operator is given all that its inputs gave, and a
 * stream gives (to every task that reads all of it) what was written to it. A difference would mean lost or doubled
 * records.
 */
final class Reconciliation {

  private Reconciliation() {}

  /**
   * Compares.
   *
   * @throws IllegalStateException at the first difference
   */
  static void check(JobPlan plan, Map<String, RowCounts> counts) {
    Map<Integer, Long> in = new HashMap<>();
    Map<Integer, Long> out = new HashMap<>();
    counts.values().forEach(task -> task.stage().operators().forEach(o -> {
      in.merge(o.id(), task.rowsIn(o.id()), Long::sum);
      out.merge(o.id(), task.rowsOut(o.id()), Long::sum);
    }));
    for (Stage stage : plan.stages()) {
      for (PlannedOperator operator : stage.operators()) {
        if (!operator.isSource()) {
          long given = operator.inputs().stream().mapToLong(out::get).sum();
          compare("step " + operator.step() + " was given", in.get(operator.id()), "its inputs gave", given);
        }
      }
    }
    for (PlannedStream stream : plan.streams()) {
      if (stream.reader() >= 0) {
        compareEnds(plan, stream, in);
      }
    }
  }

  private static void compareEnds(JobPlan plan, PlannedStream stream, Map<Integer, Long> in) {
    Stage reading = plan.stages().get(stream.reader());
    long written = 0;
    for (PlannedOperator operator : plan.stages().get(stream.writer()).operators()) {
      if (operator.work() instanceof Work.WriteStream w && w.stream().equals(stream.spec().name())) {
        written += in.get(operator.id());
      }
    }
    for (PlannedOperator operator : reading.operators()) {
      if (operator.work() instanceof Work.ReadStream r && r.stream().equals(stream.spec().name())) {
        long expected = r.broadcast() ? written * reading.tasks().size() : written;
        compare("stream " + stream.spec().name() + " gave", in.get(operator.id()), "it was given", expected);
      }
    }
  }

  private static void compare(String what, long found, String other, long expected) {
    if (found != expected) {
      throw new IllegalStateException(
          "records were lost or doubled: " + what + " " + found + " records, " + other + " " + expected);
    }
  }
}
