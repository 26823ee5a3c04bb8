package dev.samzabatch.expr;

import java.util.Locale;

/**
 * What a {@link Expr.Call} computes. Unless said otherwise the result is null when an argument is null (strict), numeric
 * arguments have been cast to the result's type beforehand, and what has no right answer (overflow, division by zero, a cast
 * that does not fit) is an {@link EvaluationException}, never a wrapped or guessed value.
 */
public enum Function {
  /** Arithmetic on int, long, float, double; for decimals the exact result is rounded half up to the result's scale. */
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
  /** One or two arguments: the value, and how many digits stay behind the point; half away from zero. */
  ROUND,

  /** Comparison of two values of one type; doubles order NaN above all, and -0.0 equals 0.0. */
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
  /** The first argument is among the others, which are literals; SQL null logic. */
  IN,

  /** {@code condition, value, condition, value, ..., otherwise}: only the chosen value is evaluated. */
  CASE,
  /** The first argument that is not null; later ones are not evaluated. */
  COALESCE,
  /** To the call's type; see {@code Casts} for the rules. */
  CAST,

  UPPER,
  LOWER,
  /** {@code trim(both|leading|trailing literal, characters literal, text)}. */
  TRIM,
  /** {@code substring(text, from)} or {@code (text, from, length)}; in characters, from 1. */
  SUBSTRING,
  /** {@code position(needle, text)} or {@code (needle, text, from)}; in characters, from 1; 0 when absent. */
  POSITION,
  REPLACE,
  CONCAT,
  CHAR_LENGTH,
  /** {@code like(text, pattern)} or {@code (text, pattern, escape)}. */
  LIKE,

  /** {@code extract(unit literal, value)}: a long. Units are the names of {@link TimeUnit}. */
  EXTRACT,
  /** {@code floor_time(value, unit literal)}: the start of the unit. */
  FLOOR_TIME,
  CEIL_TIME,
  /** {@code timestamp_add(unit literal, count, value)}. */
  TIMESTAMP_ADD,
  /** {@code timestamp_diff(unit literal, from, to)}: whole units from the one to the other, as a long. */
  TIMESTAMP_DIFF,
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
