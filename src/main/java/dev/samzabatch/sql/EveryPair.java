package dev.samzabatch.sql;

import dev.samzabatch.data.Problem;
import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.job.JobSpec;
import java.util.ArrayList;
import java.util.List;

/** Warns of joins that have to try every row of one side with every row of the other. */
final class EveryPair {

  private EveryPair() {}

  static List<Problem> warnings(OperatorGraph graph, JobSpec job) {
    List<Problem> warnings = new ArrayList<>();
    for (OperatorSpec spec : graph.inOrder()) {
      if (spec instanceof OperatorSpec.Join join && join.leftKeys().isEmpty()
          && job.steps().containsKey(join.step()) && !isOneRow(join.sides().right())) {
        warnings.add(Problem.warning("SB-2016", job.steps().get(join.step()).place(),
            "step \"" + join.step() + "\" tries every row of one side of a join with every row of the other",
            "if that is too slow, join on an equality: a.x = b.y"));
      }
    }
    return warnings;
  }

  /** Whether an operator is known to give exactly one row: an aggregation without keys. */
  static boolean isOneRow(OperatorSpec spec) {
    if (spec instanceof OperatorSpec.Project project) {
      return isOneRow(project.input());
    }
    return spec instanceof OperatorSpec.Aggregate aggregate
        && aggregate.keys().isEmpty() && !aggregate.calls().isEmpty();
  }
}
