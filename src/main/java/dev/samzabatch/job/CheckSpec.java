package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import java.math.BigDecimal;
import java.util.List;

/**
 * A condition on the result that is looked at before it is published.
 *
 * @param name its name
 * @param place where it is declared
 * @param on the step or input it looks at
 * @param rule what has to hold
 * @param otherwise what happens when it does not hold
 */
public record CheckSpec(String name, Place place, Reference on, Rule rule, Otherwise otherwise) {

  /** What has to hold. */
  public sealed interface Rule {}

  /**
   * The number of rows lies between two numbers.
   *
   * @param least inclusive
   * @param most inclusive
   */
  public record Rows(long least, long most) implements Rule {}

  /** No two rows are equal in all these columns; at least one. */
  public record Unique(List<SqlText> columns) implements Rule {}

  /**
   * A condition is true for a share of the rows.
   *
   * @param atLeast from 0 to 1
   */
  public record TrueFor(SqlText condition, BigDecimal atLeast) implements Rule {}

  /** What happens when a check does not hold. */
  public enum Otherwise {
    /** Nothing is published. */
    FAIL,
    /** It is told, and the result is published. */
    WARN
  }
}
