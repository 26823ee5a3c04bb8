package dev.samzabatch.plan;

import dev.samzabatch.data.Problem;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.Sink;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks where the updates of groupings without windows go: the same group comes again and again, which only an output
 * with the group's key can make sense of.
 */
final class UpdateChecks {

  private final EventTimes times;
  private final StreamingOptions options;
  private final Collection<Problem> problems;

  /** Adds what is refused to the problems. */
  UpdateChecks(EventTimes times, StreamingOptions options, Collection<Problem> problems) {
    this.times = times;
    this.options = options;
    this.problems = problems;
  }

  /** Checks what comes to an output. */
  void check(Sink sink) {
    if (times.isBounded(sink.input())) {
      return;
    }
    List<String> names = options.outputKeys().getOrDefault(sink.name(), List.of());
    List<String> columns = sink.input().schema().names();
    Set<Integer> keys = names.stream().map(columns::indexOf).collect(Collectors.toSet());
    OperatorSpec spec = sink.input();
    while (spec instanceof OperatorSpec.Project project) {
      keys = through(project, keys);
      spec = project.input();
    }
    if (spec instanceof OperatorSpec.Aggregate grouping && updates(grouping)) {
      checkKeys(sink, grouping, names, keys);
      spec = grouping.input();
    }
    below(spec);
  }

  private boolean updates(OperatorSpec spec) {
    return spec instanceof OperatorSpec.Aggregate grouping && !times.isBounded(grouping)
        && times.key(grouping).isEmpty() && options.emitEvery().containsKey(grouping.step());
  }

  /** The columns before a projection; -1 for what it computes. */
  private static Set<Integer> through(OperatorSpec.Project project, Set<Integer> columns) {
    Set<Integer> before = new HashSet<>();
    for (int column : columns) {
      boolean same = column >= 0 && project.exprs().get(column) instanceof Expr.Column;
      before.add(same ? ((Expr.Column) project.exprs().get(column)).index() : -1);
    }
    return before;
  }

  private void checkKeys(Sink sink, OperatorSpec.Aggregate grouping, List<String> names, Set<Integer> keys) {
    Set<Integer> wanted = new HashSet<>();
    for (int key = 0; key < grouping.keys().size(); key++) {
      wanted.add(key);
    }
    if (wanted.isEmpty() || !wanted.equals(keys)) {
      List<String> by = grouping.schema().names().subList(0, wanted.size());
      String has = names.isEmpty() ? "has no key" : "has the key " + String.join(", ", names);
      problems.add(Problem.error("SB-2919", options.place(sink.name()),
          "output \"" + sink.name() + "\" gets the updates of step \"" + grouping.step() + "\", which groups by "
              + (by.isEmpty() ? "nothing" : String.join(", ", by)) + ", and " + has,
          by.isEmpty() ? "group by something" : "write it to a topic with key = [" + String.join(", ", by) + "]"));
    }
  }

  /** Refuses updates that something other than an output reads. */
  private void below(OperatorSpec spec) {
    for (OperatorSpec input : spec.inputs()) {
      below(input);
    }
    if (updates(spec)) {
      Problem problem = Problem.error("SB-2920", options.place(spec.step()),
          "step \"" + spec.step() + "\" tells each group again when it has changed, and another step reads that",
          "read it from an output only; or group by windows");
      if (!problems.contains(problem)) {
        problems.add(problem);
      }
    }
  }
}
