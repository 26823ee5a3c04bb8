package dev.samzabatch.plan;

import dev.samzabatch.data.RowType;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Expressions as a person would write them in SQL, with brackets only where they are needed. */
final class ExprText {

  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int COMPARISON = 4;
  private static final int SUM = 5;
  private static final int PRODUCT = 6;
  private static final int SIGN = 7;
  private static final int ATOM = 8;

  /** An operator between its arguments, and how tightly it binds. */
  private record Infix(String symbol, int level) {}

  private static final Map<Function, Infix> INFIX =
      Map.ofEntries(
          Map.entry(Function.OR, new Infix(" or ", OR)),
          Map.entry(Function.AND, new Infix(" and ", AND)),
          Map.entry(Function.EQUAL, new Infix(" = ", COMPARISON)),
          Map.entry(Function.NOT_EQUAL, new Infix(" <> ", COMPARISON)),
          Map.entry(Function.LESS, new Infix(" < ", COMPARISON)),
          Map.entry(Function.LESS_OR_EQUAL, new Infix(" <= ", COMPARISON)),
          Map.entry(Function.GREATER, new Infix(" > ", COMPARISON)),
          Map.entry(Function.GREATER_OR_EQUAL, new Infix(" >= ", COMPARISON)),
          Map.entry(Function.IS_DISTINCT, new Infix(" is distinct from ", COMPARISON)),
          Map.entry(Function.IS_NOT_DISTINCT, new Infix(" is not distinct from ", COMPARISON)),
          Map.entry(Function.ADD, new Infix(" + ", SUM)),
          Map.entry(Function.SUBTRACT, new Infix(" - ", SUM)),
          Map.entry(Function.CONCAT, new Infix(" || ", SUM)),
          Map.entry(Function.MULTIPLY, new Infix(" * ", PRODUCT)),
          Map.entry(Function.DIVIDE, new Infix(" / ", PRODUCT)));

  private static final Map<Function, String> SUFFIX =
      Map.of(
          Function.IS_NULL, " is null",
          Function.IS_NOT_NULL, " is not null",
          Function.IS_TRUE, " is true",
          Function.IS_NOT_TRUE, " is not true",
          Function.IS_FALSE, " is false",
          Function.IS_NOT_FALSE, " is not false");

  private ExprText() {}

  static String of(Expr expr) {
    if (expr instanceof Expr.Column column) {
      return column.name();
    }
    if (expr instanceof Expr.Literal literal) {
      return literal(literal.value());
    }
    return call((Expr.Call) expr);
  }

  private static String literal(Object value) {
    if (value instanceof String text) {
      return "'" + text.replace("'", "''") + "'";
    }
    if (value instanceof LocalDate) {
      return "date '" + value + "'";
    }
    if (value instanceof LocalTime) {
      return "time '" + value + "'";
    }
    if (value instanceof LocalDateTime) {
      return "timestamp '" + value.toString().replace('T', ' ') + "'";
    }
    if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return "x'" + HexFormat.of().formatHex(copy) + "'";
    }
    return String.valueOf(value);
  }

  private static String call(Expr.Call call) {
    List<Expr> args = call.args();
    Infix infix = INFIX.get(call.function());
    if (infix != null) {
      return infix(infix, args);
    }
    String suffix = SUFFIX.get(call.function());
    if (suffix != null) {
      return at(COMPARISON + 1, args.get(0)) + suffix;
    }
    return switch (call.function()) {
      case NOT -> "not " + at(NOT, args.get(0));
      case NEGATE -> "-" + at(ATOM, args.get(0));
      case CAST -> "cast(" + of(args.get(0)) + " as " + call.type() + ")";
      case CASE -> cases(args);
      case IN -> at(COMPARISON + 1, args.get(0)) + " in (" + list(args.subList(1, args.size())) + ")";
      case LIKE -> like(args);
      case EXTRACT -> "extract(" + word(args.get(0)) + " from " + of(args.get(1)) + ")";
      case FLOOR_TIME -> "floor(" + of(args.get(0)) + " to " + word(args.get(1)) + ")";
      case CEIL_TIME -> "ceil(" + of(args.get(0)) + " to " + word(args.get(1)) + ")";
      case TRIM -> "trim(" + word(args.get(0)) + " " + of(args.get(1)) + " from " + of(args.get(2)) + ")";
      case TIMESTAMP_ADD, TIMESTAMP_DIFF -> call.function().label().replace("_", "")
          + "(" + word(args.get(0)) + ", " + list(args.subList(1, args.size())) + ")";
      case ITEM -> at(ATOM, args.get(0)) + "[" + of(args.get(1)) + "]";
      case FIELD -> field(args);
      default -> call.function().label() + "(" + list(args) + ")";
    };
  }

  private static String infix(Infix infix, List<Expr> args) {
    boolean comparison = infix.level() == COMPARISON;
    StringBuilder out = new StringBuilder(at(infix.level() + (comparison ? 1 : 0), args.get(0)));
    for (Expr arg : args.subList(1, args.size())) {
      out.append(infix.symbol()).append(at(infix.level() + 1, arg));
    }
    return out.toString();
  }

  private static String like(List<Expr> args) {
    String escape = args.size() > 2 ? " escape " + of(args.get(2)) : "";
    return at(COMPARISON + 1, args.get(0)) + " like " + at(COMPARISON + 1, args.get(1)) + escape;
  }

  private static String cases(List<Expr> args) {
    StringBuilder out = new StringBuilder("case");
    for (int i = 0; i + 1 < args.size(); i += 2) {
      out.append(" when ").append(of(args.get(i))).append(" then ").append(of(args.get(i + 1)));
    }
    return out.append(" else ").append(of(args.get(args.size() - 1))).append(" end").toString();
  }

  private static String field(List<Expr> args) {
    boolean known = args.get(0).type() instanceof RowType && args.get(1) instanceof Expr.Literal;
    if (!known) {
      return "field(" + list(args) + ")";
    }
    int index = ((Number) ((Expr.Literal) args.get(1)).value()).intValue();
    return at(ATOM, args.get(0)) + "." + ((RowType) args.get(0).type()).schema().field(index).name();
  }

  /** A literal that stands for a word of the language, for example a unit of time. */
  private static String word(Expr expr) {
    return expr instanceof Expr.Literal literal
        ? String.valueOf(literal.value()).toLowerCase(Locale.ROOT)
        : of(expr);
  }

  private static String list(List<Expr> exprs) {
    return exprs.stream().map(ExprText::of).collect(Collectors.joining(", "));
  }

  /** The expression, in brackets when it binds more loosely than this level. */
  private static String at(int level, Expr expr) {
    return level(expr) < level ? "(" + of(expr) + ")" : of(expr);
  }

  private static int level(Expr expr) {
    if (!(expr instanceof Expr.Call call)) {
      return ATOM;
    }
    Infix infix = INFIX.get(call.function());
    if (infix != null) {
      return infix.level();
    }
    return switch (call.function()) {
      case NOT -> NOT;
      case NEGATE -> SIGN;
      case IN, LIKE, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> COMPARISON;
      default -> ATOM;
    };
  }
}
