package dev.samzabatch.expr;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Calendar arithmetic on microseconds since 1970, in the proleptic Gregorian calendar without zones. */
final class Calendar {

  private Calendar() {}

  /** The latest start of a unit that is not after the instant. A week starts on Monday. */
  static long floor(TimeUnit unit, long micros) {
    if (unit == TimeUnit.WEEK) {
      return micros - Math.floorMod(micros + 3 * TimeText.MICROS_PER_DAY, 7 * TimeText.MICROS_PER_DAY);
    }
    int months = months(unit);
    if (months == 0) {
      return micros - Math.floorMod(micros, fixed(unit));
    }
    LocalDate date = date(micros);
    int month = (date.getMonthValue() - 1) / months * months + 1;
    return Times.startOfDay(LocalDate.of(date.getYear(), month, 1).toEpochDay());
  }

  /** The earliest start of a unit that is not before the instant. */
  static long ceil(TimeUnit unit, long micros) {
    long floor = floor(unit, micros);
    return floor == micros ? micros : add(unit, 1, floor);
  }

  /** The instant so many units later; months end at the last day of the month when the day does not exist. */
  static long add(TimeUnit unit, long count, long micros) {
    int months = months(unit);
    try {
      if (months == 0) {
        return Math.addExact(micros, Math.multiplyExact(count, fixed(unit)));
      }
      long days = date(micros).plusMonths(Math.multiplyExact(count, (long) months)).toEpochDay();
      return Math.addExact(
          Math.multiplyExact(days, TimeText.MICROS_PER_DAY), Math.floorMod(micros, TimeText.MICROS_PER_DAY));
    } catch (ArithmeticException | DateTimeException e) {
      throw new EvaluationException(
          TimeText.ofTimestamp(micros) + " plus " + count + " " + unit.label() + "s is out of the range of timestamps");
    }
  }

  /**
   * How often the unit can be added to the earlier instant without passing the later one; negative when {@code to} is
   * it.
   */
  static long between(TimeUnit unit, long from, long to) {
    int months = months(unit);
    if (months == 0) {
      return Math.subtractExact(to, from) / fixed(unit);
    }
    if (from > to) {
      return -between(unit, to, from);
    }
    LocalDate start = date(from);
    LocalDate end = date(to);
    long count = (end.getYear() - start.getYear()) * 12L + end.getMonthValue() - start.getMonthValue();
    if (add(TimeUnit.MONTH, count, from) > to) {
      count--;
    }
    return count / months;
  }

  private static LocalDate date(long micros) {
    return LocalDate.ofEpochDay(Math.floorDiv(micros, TimeText.MICROS_PER_DAY));
  }

  /** How many months the unit has; 0 when its length is fixed. */
  private static int months(TimeUnit unit) {
    return switch (unit) {
      case MONTH -> 1;
      case QUARTER -> 3;
      case YEAR -> 12;
      case MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, DOW, ISODOW, DOY, EPOCH -> 0;
    };
  }

  private static long fixed(TimeUnit unit) {
    return switch (unit) {
      case MICROSECOND -> 1;
      case MILLISECOND -> 1000;
      case SECOND -> TimeText.MICROS_PER_SECOND;
      case MINUTE -> TimeText.MICROS_PER_MINUTE;
      case HOUR -> TimeText.MICROS_PER_HOUR;
      case DAY -> TimeText.MICROS_PER_DAY;
      case WEEK -> 7 * TimeText.MICROS_PER_DAY;
      case MONTH, QUARTER, YEAR, DOW, ISODOW, DOY, EPOCH -> throw new IllegalArgumentException(unit + " has no length");
    };
  }
}
