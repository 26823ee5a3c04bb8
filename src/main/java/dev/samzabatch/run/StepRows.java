package dev.samzabatch.run;

import dev.samzabatch.plan.JobPlan;
import dev.samzabatch.plan.PlannedOperator;
import dev.samzabatch.plan.Stage;
import dev.samzabatch.plan.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came into each step and what went on, from the rows of its operators. A step reads what its operators are given
 * by operators of other steps, be it through a stream (where rows that every task reads count once); it gives what its
 * last operator gives. So a grouping in two halves counts once.
 */
final class StepRows {

  /** How many rows went into or came out of an operator, over all tasks. */
  interface Counter {
    long rows(PlannedOperator operator, boolean in);
  }

  private final JobPlan plan;
  private final Counter counter;
  private final Map<Integer, PlannedOperator> operators = new HashMap<>();
  private final Map<String, PlannedOperator> feeding = new HashMap<>();

  StepRows(JobPlan plan, Counter counter) {
    this.plan = plan;
    this.counter = counter;
    for (Stage stage : plan.stages()) {
      stage.operators().forEach(o -> operators.put(o.id(), o));
      for (PlannedOperator operator : stage.operators()) {
        if (operator.work() instanceof Work.WriteStream write) {
          feeding.put(write.stream(), operators.get(operator.inputs().get(0)));
        }
      }
    }
  }

  /** The figures in the order of the plan. */
  List<RunRecord.StepFigures> figures() {
    Map<String, Long> read = new HashMap<>();
    Map<String, Long> given = new LinkedHashMap<>();
    for (Stage stage : plan.stages()) {
      for (PlannedOperator operator : stage.operators()) {
        boolean moves = operator.work() instanceof Work.WriteStream || operator.work() instanceof Work.ReadStream;
        if (!moves && !(operator.work() instanceof Work.WriteOutput)) {
          read.merge(operator.step(), rowsFromOthers(operator), Long::sum);
          given.put(operator.step(), counter.rows(operator, false));
        }
      }
    }
    List<RunRecord.StepFigures> figures = new ArrayList<>();
    given.forEach((step, rows) -> figures.add(new RunRecord.StepFigures(step, read.get(step), rows)));
    return figures;
  }

  private long rowsFromOthers(PlannedOperator operator) {
    if (operator.isSource()) {
      return counter.rows(operator, true);
    }
    long rows = 0;
    for (int id : operator.inputs()) {
      PlannedOperator giver = giver(operators.get(id));
      rows += giver.step().equals(operator.step()) ? 0 : counter.rows(giver, false);
    }
    return rows;
  }

  /** Who gives the rows that come from an operator: itself, or who feeds the stream that it reads. */
  private PlannedOperator giver(PlannedOperator operator) {
    return operator.work() instanceof Work.ReadStream read ? giver(feeding.get(read.stream())) : operator;
  }
}
