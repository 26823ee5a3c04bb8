package dev.samzabatch.sql;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.expr.Expr;

/** A constant that cannot be what it is cast to, such as a timestamp of 'abc'; the compiler adds the place. */
final class WrongConstantException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String constant;
  private final DataType type;

  WrongConstantException(Expr.Literal constant, DataType type) {
    super(constant + " is no " + type, null, false, false);
    this.constant = constant.toString();
    this.type = type;
  }

  /** How constants of the type are written. */
  String hint() {
    if (!(type instanceof ScalarType scalar)) {
      return "numbers are written 12, 1.5 or 1e3; " + type + " must have room for all digits before the point";
    }
    return switch (scalar) {
      case BOOLEAN -> "booleans are written true and false";
      case INT -> "whole numbers from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE + " are ints";
      case LONG -> "whole numbers from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE + " are longs";
      case FLOAT -> "numbers are written 12, 1.5 or 1e3; a float is at most " + Float.MAX_VALUE;
      case DOUBLE -> "numbers are written 12, 1.5 or 1e3";
      case STRING, BYTES -> "";
      case DATE, TIME, TIMESTAMP ->
          "dates are written '2026-11-22', times '15:30:00', timestamps '2026-11-22 15:30:00'";
    };
  }

  /** As it is written in SQL, if it is a string. */
  String constant() {
    return constant;
  }
}
