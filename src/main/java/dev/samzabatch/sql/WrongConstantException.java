package dev.samzabatch.sql;

import dev.samzabatch.data.DataType;
import dev.samzabatch.expr.Expr;

/** A constant that cannot be what it is cast to, such as a timestamp of 'abc'; the compiler adds the place. */
final class WrongConstantException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String constant;

  WrongConstantException(Expr.Literal constant, DataType type) {
    super(constant + " is no " + type, null, false, false);
    this.constant = constant.toString();
  }

  /** As it is written in SQL, if it is a string. */
  String constant() {
    return constant;
  }
}
