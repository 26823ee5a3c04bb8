package dev.samzabatch.expr;

import java.util.Locale;

/** The units of date and time functions; in a {@link Expr.Literal} they stand as strings of these names. */
public enum TimeUnit {
  MICROSECOND,
  MILLISECOND,
  SECOND,
  MINUTE,
  HOUR,
  DAY,
  WEEK,
  MONTH,
  QUARTER,
  YEAR,
  /** Only for extract: day of week from Sunday 1 to Saturday 7. */
  DOW,
  /** Only for extract: ISO day of week from Monday 1 to Sunday 7. */
  ISODOW,
  /** Only for extract: day of the year from 1. */
  DOY,
  /** Only for extract: seconds since 1970. */
  EPOCH;

  /** The name in messages. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
