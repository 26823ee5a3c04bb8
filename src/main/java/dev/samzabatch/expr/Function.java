package dev.samzabatch.expr;

import java.util.Locale;

/**
 * What a {@link Expr.Call} computes. Unless said otherwise the result is null when an argument is null (strict),
 * numeric arguments have been cast to the result's type beforehand, and what has no right answer (overflow, division by
 * zero, a cast that does not fit) is an {@link EvaluationException}, never a wrapped or guessed value.
 */
public enum Function {
  /**
   * Arithmetic on int, long, float, double. For decimals the arguments may be ints, longs and decimals of any precision
   * and scale, and the exact result is rounded half away from zero to the result's scale.
   */
  ADD,
  SUBTRACT,
  MULTIPLY,
  /** Integers truncate towards zero; division by zero is an error for every type but float and double. */
  DIVIDE,
  /** The sign follows the dividend. */
  MOD,
  NEGATE,
  ABS,
  FLOOR,
  CEIL,
  /**
   * One or two arguments: the value, and how many digits (int or long, also negative) stay behind the point; half away
   * from zero. Decimals keep the result's scale.
   */
  ROUND,

  /**
   * Comparison of two values of one type (int with long and float with double will do, decimals need the same scale).
   * NaN is above all and equals itself, -0.0 equals 0.0; strings order by code point; maps can only be equal or not.
   */
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,

  /** Three-valued logic; two or more arguments; a row decided by an earlier argument does not evaluate later ones. */
  AND,
  OR,
  NOT,
  /** Never null. */
  IS_NULL,
  IS_NOT_NULL,
  IS_TRUE,
  IS_NOT_TRUE,
  IS_FALSE,
  IS_NOT_FALSE,
  /** Two values of one type are the same, null included; never null. */
  IS_NOT_DISTINCT,
  IS_DISTINCT,
  /** The first argument is among the others, which are literals of its type; SQL null logic. */
  IN,

  /** {@code condition, value, condition, value, ..., otherwise}: only the chosen value is evaluated. */
  CASE,
  /** The first argument that is not null; later ones are not evaluated. */
  COALESCE,
  /** To the call's type; see {@link Casts} for which there are and their rules. */
  CAST,

  UPPER,
  LOWER,
  /** {@code trim('BOTH'|'LEADING'|'TRAILING' literal, characters literal, text)}: takes any of the characters off. */
  TRIM,
  /**
   * {@code substring(text, from)} or {@code (text, from, length)}, longs; in characters, from 1; for bytes in bytes.
   * What lies before the text counts as places without a character; a negative length is an error.
   */
  SUBSTRING,
  /** {@code position(needle, text)} or {@code (needle, text, from)}; in characters, from 1; 0 when absent. */
  POSITION,
  REPLACE,
  /** Two or more strings, or bytes. */
  CONCAT,
  CHAR_LENGTH,
  /** {@code like(text, pattern)} or {@code (text, pattern, escape)}; without an escape there is none. */
  LIKE,

  /**
   * {@code extract(unit literal, value)}: a long. Units are the names of {@link TimeUnit}; microsecond and millisecond
   * include the seconds, week is that of ISO 8601.
   */
  EXTRACT,
  /** {@code floor_time(value, unit literal)}: the start of the unit, a week's on Monday; of the value's type. */
  FLOOR_TIME,
  CEIL_TIME,
  /**
   * {@code timestamp_add(unit literal, count, value)}: months clamp to the last day of the month, a time wraps at
   * midnight; a date gives a date or a timestamp, as the call's type says.
   */
  TIMESTAMP_ADD,
  /**
   * {@code timestamp_diff(unit literal, from, to)}: how many whole units can be added to the earlier without passing
   * the later; negative when {@code to} is the earlier. A long, or an int if it fits.
   */
  TIMESTAMP_DIFF,
  /**
   * {@code window_start(timestamp, size)}: when the window of so many microseconds starts that a timestamp is in; the
   * windows lie side by side, and one of them starts with 1970.
   */
  WINDOW_START,
  /** A timestamp to milliseconds since 1970, rounded down. */
  UNIX_MILLIS,
  /** Milliseconds since 1970 to a timestamp. */
  TIMESTAMP_MILLIS,

  /** {@code item(array, index from 1)} or {@code item(map, key)}; null when absent. */
  ITEM,
  /** {@code field(row, index literal from 0)}. */
  FIELD,
  /** How many elements an array or map has. */
  CARDINALITY;

  /** The name as plans print it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
