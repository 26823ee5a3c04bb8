package dev.samzabatch.sql;

import dev.samzabatch.data.ScalarType;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns {@code x = 1 or x = 2}, which is what Calcite makes of an IN list, into {@code x in (1, 2)}. */
final class InLists {

  private InLists() {}

  static Expr or(List<Expr> alternatives, boolean nullable) {
    Map<Expr, List<Expr>> values = new LinkedHashMap<>();
    List<Expr> rest = new ArrayList<>();
    for (Expr alternative : flat(alternatives)) {
      if (alternative instanceof Expr.Call call && call.function() == Function.EQUAL
          && call.args().get(1) instanceof Expr.Literal literal) {
        values.computeIfAbsent(call.args().get(0), value -> new ArrayList<>()).add(literal);
      } else {
        rest.add(alternative);
      }
    }
    List<Expr> merged = new ArrayList<>();
    values.forEach((value, literals) -> merged.add(in(value, literals)));
    merged.addAll(rest);
    return merged.size() == 1 ? merged.get(0) : new Expr.Call(Function.OR, merged, ScalarType.BOOLEAN, nullable);
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

  private static Expr in(Expr value, List<Expr> literals) {
    boolean nullable = value.nullable() || literals.stream().anyMatch(Expr::nullable);
    if (literals.size() == 1) {
      return new Expr.Call(Function.EQUAL, List.of(value, literals.get(0)), ScalarType.BOOLEAN, nullable);
    }
    List<Expr> args = new ArrayList<>();
    args.add(value);
    args.addAll(literals);
    return new Expr.Call(Function.IN, args, ScalarType.BOOLEAN, nullable);
  }
}
