package dev.samzabatch.sql;

import dev.samzabatch.data.ScalarType;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns {@code x = 1 or x = 2}, which is what Calcite makes of an IN list, into {@code x in (1, 2)}. It stands where
 * the first of the equalities stood: what they look at is computed there anyway, and nothing comes before what guards
 * it.
 */
final class InLists {

  private InLists() {}

  static Expr or(List<Expr> alternatives, boolean nullable) {
    Map<Expr, List<Expr>> literals = new HashMap<>();
    List<Expr> firsts = new ArrayList<>();
    for (Expr alternative : flat(alternatives)) {
      if (!isWithConstant(alternative)) {
        firsts.add(alternative);
        continue;
      }
      List<Expr> sides = ((Expr.Call) alternative).args();
      if (!literals.containsKey(sides.get(0))) {
        firsts.add(alternative);
      }
      literals.computeIfAbsent(sides.get(0), value -> new ArrayList<>()).add(sides.get(1));
    }
    List<Expr> merged = firsts.stream().map(first -> isWithConstant(first) ? in(first, literals) : first).toList();
    return merged.size() == 1 ? merged.get(0) : new Expr.Call(Function.OR, merged, ScalarType.BOOLEAN, nullable);
  }

  private static boolean isWithConstant(Expr condition) {
    return condition instanceof Expr.Call call && call.function() == Function.EQUAL
        && call.args().get(1) instanceof Expr.Literal;
  }

  private static List<Expr> flat(List<Expr> alternatives) {
    List<Expr> flat = new ArrayList<>();
    for (Expr alternative : alternatives) {
      if (alternative instanceof Expr.Call call && call.function() == Function.OR) {
        flat.addAll(call.args());
      } else {
        flat.add(alternative);
      }
    }
    return flat;
  }

  private static Expr in(Expr equality, Map<Expr, List<Expr>> literals) {
    Expr value = ((Expr.Call) equality).args().get(0);
    List<Expr> choices = literals.get(value);
    if (choices.size() == 1) {
      return equality;
    }
    List<Expr> args = new ArrayList<>();
    args.add(value);
    args.addAll(choices);
    boolean nullable = args.stream().anyMatch(Expr::nullable);
    return new Expr.Call(Function.IN, args, ScalarType.BOOLEAN, nullable);
  }
}
