package dev.samzabatch.sql.rewrite;

import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes one operator of two: a filter over a filter, a projection over a projection, an aggregation over a projection
 * that only picks columns; and drops projections that change nothing.
 */
final class MergeOperators implements Pass.Rule {

  @Override
  public OperatorSpec apply(OperatorSpec spec, Set<OperatorSpec> shared) {
    if (spec instanceof OperatorSpec.Project project) {
      return project(project, shared);
    } else if (spec instanceof OperatorSpec.Filter filter && filter.input() instanceof OperatorSpec.Filter below
        && !shared.contains(below)) {
      List<Expr> conditions = new ArrayList<>(Conjunctions.of(below.condition()));
      conditions.addAll(Conjunctions.of(filter.condition()));
      return new OperatorSpec.Filter(filter.step(), below.input(), Conjunctions.and(conditions).orElseThrow());
    } else if (spec instanceof OperatorSpec.Aggregate aggregate
        && aggregate.input() instanceof OperatorSpec.Project below
        && below.exprs().stream().allMatch(expr -> expr instanceof Expr.Column)) {
      return withoutProject(aggregate, below);
    }
    return spec;
  }

  private static OperatorSpec project(OperatorSpec.Project project, Set<OperatorSpec> shared) {
    if (isIdentity(project)) {
      return project.input();
    }
    if (!(project.input() instanceof OperatorSpec.Project below) || shared.contains(below)
        || computesTwice(project, below)) {
      return project;
    }
    List<Expr> exprs = project.exprs().stream()
        .map(expr -> Columns.replace(expr, column -> below.exprs().get(((Expr.Column) column).index())))
        .toList();
    OperatorSpec.Project merged =
        new OperatorSpec.Project(project.step(), below.input(), exprs, project.schema());
    return isIdentity(merged) ? merged.input() : merged;
  }

  private static boolean isIdentity(OperatorSpec.Project project) {
    if (!project.schema().names().equals(project.input().schema().names())) {
      return false;
    }
    for (int i = 0; i < project.exprs().size(); i++) {
      if (!(project.exprs().get(i) instanceof Expr.Column column) || column.index() != i) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether something that {@code below} computes once would be computed more often, or no longer only where needed.
   */
  private static boolean computesTwice(OperatorSpec.Project project, OperatorSpec.Project below) {
    int[] uses = new int[below.exprs().size()];
    project.exprs().forEach(expr -> count(expr, uses));
    for (int i = 0; i < uses.length; i++) {
      if (uses[i] > 1 && below.exprs().get(i) instanceof Expr.Call) {
        return true;
      }
    }
    return false;
  }

  private static void count(Expr expr, int[] uses) {
    if (expr instanceof Expr.Column column) {
      uses[column.index()]++;
    } else if (expr instanceof Expr.Call call) {
      call.args().forEach(arg -> count(arg, uses));
    }
  }

  private static OperatorSpec withoutProject(OperatorSpec.Aggregate aggregate, OperatorSpec.Project below) {
    List<Integer> keys = aggregate.keys().stream().map(key -> index(below, key)).toList();
    List<AggregateCall> calls = aggregate.calls().stream()
        .map(call -> new AggregateCall(call.function(), index(below, call.argument()), call.argumentType(),
            call.distinct(), index(below, call.filter()), call.name(), call.type(), call.nullable()))
        .toList();
    return new OperatorSpec.Aggregate(
        aggregate.step(), below.input(), keys, calls, aggregate.schema(), aggregate.partitions());
  }

  private static int index(OperatorSpec.Project below, int column) {
    return column < 0 ? column : ((Expr.Column) below.exprs().get(column)).index();
  }
}
