package dev.samzabatch.expr;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The second opinion on the kernels: one row at a time over boxed values, with nothing but the JDK. */
final class NaiveEvaluator {

  /** There is no right answer. */
  static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final List<?> row;

  NaiveEvaluator(List<?> row) {
    this.row = row;
  }

  /** The value, as {@link dev.samzabatch.data.Values} describes it. */
  Object value(Expr expr) {
    if (expr instanceof Expr.Column column) {
      return row.get(column.index());
    }
    if (expr instanceof Expr.Literal literal) {
      return literal.value();
    }
    Expr.Call call = (Expr.Call) expr;
    return switch (call.function()) {
      case AND -> junction(call.args(), false);
      case OR -> junction(call.args(), true);
      case CASE -> choice(call.args());
      case COALESCE -> coalesce(call.args());
      case IS_NULL -> value(call.args().get(0)) == null;
      case IS_NOT_NULL -> value(call.args().get(0)) != null;
      case IS_TRUE -> Boolean.TRUE.equals(value(call.args().get(0)));
      case IS_NOT_TRUE -> !Boolean.TRUE.equals(value(call.args().get(0)));
      case IS_FALSE -> Boolean.FALSE.equals(value(call.args().get(0)));
      case IS_NOT_FALSE -> !Boolean.FALSE.equals(value(call.args().get(0)));
      case IS_DISTINCT, IS_NOT_DISTINCT -> {
        Object a = value(call.args().get(0));
        Object b = value(call.args().get(1));
        boolean same = a == null || b == null ? a == b : order(a, b) == 0;
        yield same == (call.function() == Function.IS_NOT_DISTINCT);
      }
      case IN -> in(call.args());
      default -> strict(call);
    };
  }

  private Object junction(List<Expr> args, boolean deciding) {
    boolean anyNull = false;
    for (Expr arg : args) {
      Object value = value(arg);
      if (value == null) {
        anyNull = true;
      } else if ((Boolean) value == deciding) {
        return deciding;
      }
    }
    return anyNull ? null : !deciding;
  }

  private Object choice(List<Expr> args) {
    for (int i = 0; i + 1 < args.size(); i += 2) {
      if (holds(args.get(i))) {
        return value(args.get(i + 1));
      }
    }
    return value(args.get(args.size() - 1));
  }

  private Object coalesce(List<Expr> args) {
    for (Expr arg : args) {
      Object value = value(arg);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private Object in(List<Expr> args) {
    Object value = value(args.get(0));
    if (value == null) {
      return null;
    }
    boolean anyNull = false;
    for (Expr arg : args.subList(1, args.size())) {
      Object literal = value(arg);
      if (literal != null && order(value, literal) == 0) {
        return true;
      }
      anyNull |= literal == null;
    }
    return anyNull ? null : false;
  }

  /** Whether a condition is true; an AND stops at the first argument that is not true, which may be null. */
  boolean holds(Expr condition) {
    if (!(condition instanceof Expr.Call call)) {
      return Boolean.TRUE.equals(value(condition));
    }
    List<Expr> args = call.args();
    return switch (call.function()) {
      case AND -> args.stream().allMatch(this::holds);
      case OR -> args.stream().anyMatch(this::holds);
      case NOT -> fails(args.get(0));
      case IS_TRUE -> holds(args.get(0));
      case IS_NOT_TRUE -> !holds(args.get(0));
      case IS_FALSE -> fails(args.get(0));
      case IS_NOT_FALSE -> !fails(args.get(0));
      default -> Boolean.TRUE.equals(value(condition));
    };
  }

  /** Whether a condition is false. */
  private boolean fails(Expr condition) {
    if (!(condition instanceof Expr.Call call)) {
      return Boolean.FALSE.equals(value(condition));
    }
    List<Expr> args = call.args();
    return switch (call.function()) {
      case AND -> args.stream().anyMatch(this::fails);
      case OR -> args.stream().allMatch(this::fails);
      case NOT -> holds(args.get(0));
      case IS_TRUE -> !holds(args.get(0));
      case IS_NOT_TRUE -> holds(args.get(0));
      case IS_FALSE -> !fails(args.get(0));
      case IS_NOT_FALSE -> fails(args.get(0));
      default -> Boolean.FALSE.equals(value(condition));
    };
  }

  private Object strict(Expr.Call call) {
    List<Object> args = new ArrayList<>();
    for (Expr arg : call.args()) {
      args.add(value(arg));
    }
    if (args.stream().anyMatch(Objects::isNull)) {
      return null;
    }
    Object first = args.get(0);
    return switch (call.function()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MOD -> arithmetic(call.function(), first, args.get(1), call.type());
      case NEGATE -> arithmetic(Function.MULTIPLY, first, one(first, -1), call.type());
      case ABS -> isNegative(first) ? arithmetic(Function.MULTIPLY, first, one(first, -1), call.type()) : first;
      case FLOOR -> whole(first, RoundingMode.FLOOR, call.type());
      case CEIL -> whole(first, RoundingMode.CEILING, call.type());
      case ROUND -> fit(exact(first).setScale(digits(args.get(1)), RoundingMode.HALF_UP), call.type());
      case EQUAL -> order(first, args.get(1)) == 0;
      case NOT_EQUAL -> order(first, args.get(1)) != 0;
      case LESS -> order(first, args.get(1)) < 0;
      case LESS_OR_EQUAL -> order(first, args.get(1)) <= 0;
      case GREATER -> order(first, args.get(1)) > 0;
      case GREATER_OR_EQUAL -> order(first, args.get(1)) >= 0;
      case NOT -> !(Boolean) first;
      case CAST -> NaiveCasts.cast(first, call.type());
      case ITEM -> ((List<?>) first).stream().skip((Long) args.get(1) - 1).findFirst().orElse(null);
      case CARDINALITY -> ((List<?>) first).size();
      case EXTRACT, FLOOR_TIME, CEIL_TIME, TIMESTAMP_ADD, TIMESTAMP_DIFF, UNIX_MILLIS, TIMESTAMP_MILLIS ->
          NaiveTimes.value(call.function(), args, call.type());
      default -> NaiveStrings.value(call.function(), args);
    };
  }

  private static Object one(Object like, int value) {
    return like instanceof BigDecimal
        ? BigDecimal.valueOf(value)
        : like instanceof Double ? (Object) (double) value : like instanceof Float ? (Object) (float) value : value;
  }

  private static int digits(Object digits) {
    return (int) Math.min(50, Math.max(-50, ((Number) digits).longValue()));
  }

  private static boolean isNegative(Object value) {
    return value instanceof Double d ? d < 0 || 1 / d < 0 : value instanceof Float f ? f < 0 || 1 / f < 0
        : exact(value).signum() < 0;
  }

  private static Object whole(Object value, RoundingMode mode, DataType type) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      double rounded = mode == RoundingMode.FLOOR ? Math.floor(number) : Math.ceil(number);
      return value instanceof Float ? (Object) (float) rounded : (Object) rounded;
    }
    return fit(exact(value).setScale(0, mode), type);
  }

  private static Object arithmetic(Function function, Object left, Object right, DataType type) {
    if (type == ScalarType.DOUBLE || type == ScalarType.FLOAT) {
      double a = ((Number) left).doubleValue();
      double b = ((Number) right).doubleValue();
      double result =
          switch (function) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            default -> a % b;
          };
      return type == ScalarType.FLOAT ? (Object) (float) result : (Object) result;
    }
    BigDecimal a = exact(left);
    BigDecimal b = exact(right);
    if (b.signum() == 0 && (function == Function.DIVIDE || function == Function.MOD)) {
      throw new NoAnswer();
    }
    return fit(
        switch (function) {
          case ADD -> a.add(b);
          case SUBTRACT -> a.subtract(b);
          case MULTIPLY -> a.multiply(b);
          case DIVIDE -> type instanceof DecimalType decimal
              ? a.divide(b, decimal.scale(), RoundingMode.HALF_UP)
              : new BigDecimal(a.toBigInteger().divide(b.toBigInteger()));
          default -> a.remainder(b, MathContext.UNLIMITED);
        },
        type);
  }

  static BigDecimal exact(Object value) {
    return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) value).longValue());
  }

  /** The number as a value of an exact type, rounded half away from zero. */
  static Object fit(BigDecimal value, DataType type) {
    if (type instanceof DecimalType decimal) {
      BigDecimal rounded = value.setScale(decimal.scale(), RoundingMode.HALF_UP);
      if (rounded.precision() > decimal.precision()) {
        throw new NoAnswer();
      }
      return rounded;
    }
    BigInteger whole = value.setScale(0, RoundingMode.HALF_UP).toBigInteger();
    if (whole.bitLength() > (type == ScalarType.INT ? 31 : 63)) {
      throw new NoAnswer();
    }
    return type == ScalarType.INT ? (Object) whole.intValue() : (Object) whole.longValue();
  }

  /** The order of two values of one type. */
  @SuppressWarnings("unchecked")
  static int order(Object a, Object b) {
    if (a instanceof Double || a instanceof Float) {
      double x = ((Number) a).doubleValue() + 0.0;
      double y = ((Number) b).doubleValue() + 0.0;
      return Double.compare(x, y);
    }
    if (a instanceof Integer || a instanceof Long) {
      return Long.compare(((Number) a).longValue(), ((Number) b).longValue());
    }
    if (a instanceof String text) {
      return java.util.Arrays.compare(text.codePoints().toArray(), ((String) b).codePoints().toArray());
    }
    return ((Comparable<Object>) a).compareTo(b);
  }
}
