package dev.samzabatch.expr;

import dev.samzabatch.data.DataType;
import java.util.Locale;

/**
 * One aggregate of a group.
 *
 * @param function what is computed
 * @param argument index of the argument column, or -1 for count(*)
 * @param argumentType type of the argument column; long for count(*)
 * @param distinct whether equal arguments of a group count once
 * @param filter index of a boolean column, where only true rows count, or -1
 * @param name name of the result column
 * @param type type of the result
 * @param nullable whether the result may be null
 */
public record AggregateCall(
    AggregateFunction function,
    int argument,
    DataType argumentType,
    boolean distinct,
    int filter,
    String name,
    DataType type,
    boolean nullable) {

  @Override
  public String toString() {
    return function.name().toLowerCase(Locale.ROOT)
        + "("
        + (distinct ? "distinct " : "")
        + (argument < 0 ? "*" : "#" + argument)
        + ")"
        + (filter < 0 ? "" : " filter #" + filter);
  }
}
