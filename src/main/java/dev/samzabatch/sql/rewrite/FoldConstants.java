package dev.samzabatch.sql.rewrite;

import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Folding;
import dev.samzabatch.graph.OperatorSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Computes what can be computed beforehand, and drops filters that let everything through. */
final class FoldConstants implements Pass.Rule {

  @Override
  public OperatorSpec apply(OperatorSpec spec, Set<OperatorSpec> shared) {
    if (spec instanceof OperatorSpec.Filter filter) {
      Optional<Expr> condition = folded(filter.condition());
      return condition.isEmpty()
          ? filter.input()
          : new OperatorSpec.Filter(filter.step(), filter.input(), condition.get());
    } else if (spec instanceof OperatorSpec.Project project) {
      List<Expr> exprs = project.exprs().stream().map(Folding::fold).toList();
      return new OperatorSpec.Project(project.step(), project.input(), exprs, project.schema());
    } else if (spec instanceof OperatorSpec.Join join && join.condition().isPresent()) {
      return new OperatorSpec.Join(join.step(), join.sides(), join.type(), join.leftKeys(), join.rightKeys(),
          folded(join.condition().get()), join.schema());
    } else if (spec instanceof OperatorSpec.Scan scan && scan.filter().isPresent()) {
      return new OperatorSpec.Scan(scan.step(), scan.columns(), scan.schema(), folded(scan.filter().get()));
    }
    return spec;
  }

  /** The condition without its parts that are always true; empty when nothing is left. */
  private static Optional<Expr> folded(Expr condition) {
    return Conjunctions.and(Conjunctions.of(Folding.fold(condition)));
  }
}
