package dev.samzabatch.sql;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import java.util.List;

/** Conversions that are put in, and the type in which two values meet. */
final class Casts {

  private static final List<DataType> BY_WIDTH =
      List.of(ScalarType.INT, ScalarType.LONG, ScalarType.FLOAT, ScalarType.DOUBLE);

  private Casts() {}

  /** The expression as a value of a type; itself when it is one. */
  static Expr to(Expr expr, DataType type) {
    if (expr.type().equals(type)) {
      return expr;
    } else if (expr instanceof Expr.Literal literal && literal.value() == null) {
      return new Expr.Literal(type, null);
    }
    return new Expr.Call(Function.CAST, List.of(expr), type, expr.nullable());
  }

  /** Whether two values are equal, in the type that holds both. */
  static Expr equal(Expr one, Expr other) {
    DataType common = common(one.type(), other.type());
    List<Expr> args = List.of(to(one, common), to(other, common));
    return new Expr.Call(Function.EQUAL, args, ScalarType.BOOLEAN, one.nullable() || other.nullable());
  }

  /**
   * The type that holds the values of both.
   *
   * @throws UnsupportedSqlException when they have nothing in common
   */
  static DataType common(DataType one, DataType other) {
    if (!haveCommon(one, other)) {
      throw new UnsupportedSqlException("comparing " + one + " with " + other, "cast one of them");
    } else if (one.equals(other)) {
      return one;
    } else if (isExact(one) && isExact(other) && (one instanceof DecimalType || other instanceof DecimalType)) {
      return commonDecimal(decimal(one), decimal(other));
    } else if (isNumeric(one) && isNumeric(other)) {
      boolean mixed = isExact(one) != isExact(other);
      return mixed ? ScalarType.DOUBLE : BY_WIDTH.get(Math.max(BY_WIDTH.indexOf(one), BY_WIDTH.indexOf(other)));
    }
    return ScalarType.TIMESTAMP;
  }

  /** Whether there is a type that holds the values of both. */
  static boolean haveCommon(DataType one, DataType other) {
    return one.equals(other) || isNumeric(one) && isNumeric(other)
        || isDateOrTimestamp(one) && isDateOrTimestamp(other);
  }

  /** The decimal type that holds all values of an exact number's type; a type that is none stays. */
  static DataType decimal(DataType type) {
    if (type == ScalarType.INT) {
      return new DecimalType(10, 0);
    }
    return type == ScalarType.LONG ? new DecimalType(19, 0) : type;
  }

  private static DataType commonDecimal(DataType one, DataType other) {
    DecimalType a = (DecimalType) one;
    DecimalType b = (DecimalType) other;
    int scale = Math.max(a.scale(), b.scale());
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    return whole + scale > DecimalType.MAX_PRECISION
        ? ScalarType.DOUBLE
        : new DecimalType(Math.max(1, whole + scale), scale);
  }

  private static boolean isDateOrTimestamp(DataType type) {
    return type == ScalarType.DATE || type == ScalarType.TIMESTAMP;
  }

  private static boolean isExact(DataType type) {
    return type == ScalarType.INT || type == ScalarType.LONG || type instanceof DecimalType;
  }

  static boolean isNumeric(DataType type) {
    return BY_WIDTH.contains(type) || type instanceof DecimalType;
  }
}
