package dev.samzabatch.sql.rewrite;

import dev.samzabatch.data.ScalarType;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conditions as lists of which all must be true. */
public final class Conjunctions {

  private Conjunctions() {}

  /** The conditions that are joined by AND; none for TRUE. */
  public static List<Expr> of(Expr condition) {
    List<Expr> conditions = new ArrayList<>();
    collect(condition, conditions);
    return conditions;
  }

  private static void collect(Expr condition, List<Expr> conditions) {
    if (condition instanceof Expr.Call call && call.function() == Function.AND) {
      call.args().forEach(arg -> collect(arg, conditions));
    } else if (!isTrue(condition) && !conditions.contains(condition)) {
      conditions.add(condition);
    }
  }

  private static boolean isTrue(Expr condition) {
    return condition instanceof Expr.Literal literal && Boolean.TRUE.equals(literal.value());
  }

  /** All conditions joined by AND; empty when there is none. */
  public static Optional<Expr> and(List<Expr> conditions) {
    if (conditions.size() < 2) {
      return conditions.stream().findFirst();
    }
    boolean nullable = conditions.stream().anyMatch(Expr::nullable);
    return Optional.of(new Expr.Call(Function.AND, conditions, ScalarType.BOOLEAN, nullable));
  }
}
