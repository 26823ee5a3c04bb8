package dev.samzabatch.sql.rewrite;

import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Drops a DISTINCT over rows that are different anyway, since they are the groups of an aggregation. */
final class DropDistinct implements Pass.Rule {

  @Override
  public OperatorSpec apply(OperatorSpec spec, Set<OperatorSpec> shared) {
    if (!(spec instanceof OperatorSpec.Aggregate distinct) || !distinct.calls().isEmpty()
        || distinct.partitions().isPresent()) {
      return spec;
    }
    Optional<Set<Integer>> unique = unique(distinct.input());
    if (unique.isEmpty() || !new HashSet<>(distinct.keys()).containsAll(unique.get())) {
      return spec;
    }
    List<Expr> columns = new ArrayList<>();
    distinct.keys().forEach(key -> columns.add(Columns.of(distinct.input().schema(), key)));
    return new OperatorSpec.Project(distinct.step(), distinct.input(), columns, distinct.schema());
  }

  /** Columns in which no two rows are equal, if any are known. */
  private static Optional<Set<Integer>> unique(OperatorSpec spec) {
    if (spec instanceof OperatorSpec.Aggregate aggregate) {
      Set<Integer> keys = new HashSet<>();
      for (int i = 0; i < aggregate.keys().size(); i++) {
        keys.add(i);
      }
      return Optional.of(keys);
    } else if (spec instanceof OperatorSpec.Project project) {
      return unique(project.input()).flatMap(columns -> projected(project, columns));
    } else if (spec instanceof OperatorSpec.Filter || spec instanceof OperatorSpec.Sort
        || spec instanceof OperatorSpec.Repartition) {
      return unique(spec.inputs().get(0));
    }
    return Optional.empty();
  }

  private static Optional<Set<Integer>> projected(OperatorSpec.Project project, Set<Integer> columns) {
    Set<Integer> found = new HashSet<>();
    Set<Integer> moved = new HashSet<>();
    for (int i = 0; i < project.exprs().size(); i++) {
      if (project.exprs().get(i) instanceof Expr.Column column && columns.contains(column.index())
          && found.add(column.index())) {
        moved.add(i);
      }
    }
    return found.size() == columns.size() ? Optional.of(moved) : Optional.empty();
  }
}
