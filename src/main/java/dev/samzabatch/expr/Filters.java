package dev.samzabatch.expr;

import dev.samzabatch.data.ScalarType;

/** Makes conditions ready to run. */
public final class Filters {

  private Filters() {}

  /** A filter that keeps the rows for which the boolean expression is true: not those for which it is false or null. */
  public static BatchFilter compile(Expr condition) {
    if (condition.type() != ScalarType.BOOLEAN) {
      throw new IllegalArgumentException("a condition of type " + condition.type());
    }
    return new BatchFilter(Selectors.compile(condition));
  }
}
