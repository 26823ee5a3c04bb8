package dev.samzabatch.expr;

/**
 * The aggregate functions. All but COUNT ignore nulls and are null for a group without values; see {@link Accumulator}.
 */
public enum AggregateFunction {
  /** With an argument: its values that are not null; without: rows. A long. */
  COUNT,
  /**
   * Long for integers, double for float and double, decimal(38, s) for decimals; a result that does not fit is an
   * error.
   */
  SUM,
  /** As sum, but 0 instead of null. */
  SUM_OR_ZERO,
  /** In the order of {@link Function#LESS}, with -0.0 below 0.0; not for maps. */
  MIN,
  MAX,
  /** A double, from the exact sum for int, long and decimal. */
  AVG,
  /** The only value of the group; more than one row is an error (scalar subqueries). */
  SINGLE_VALUE
}
