package dev.samzabatch.expr;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.ScalarType;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** Functions of dates and times for {@link NaiveEvaluator}, through java.time. */
final class NaiveTimes {

  private NaiveTimes() {}

  static Object value(Function function, List<Object> args, DataType type) {
    return switch (function) {
      case EXTRACT -> extract(unit(args.get(0)), args.get(1));
      case FLOOR_TIME -> as(floor(unit(args.get(1)), timestamp(args.get(0))), type);
      case CEIL_TIME -> as(ceil(unit(args.get(1)), timestamp(args.get(0))), type);
      case TIMESTAMP_ADD ->
          as(plus(unit(args.get(0)), ((Number) args.get(1)).longValue(), timestamp(args.get(2))), type);
      case TIMESTAMP_DIFF -> between(unit(args.get(0)), timestamp(args.get(1)), timestamp(args.get(2)));
      case UNIX_MILLIS -> timestamp(args.get(0)).toInstant(ZoneOffset.UTC).toEpochMilli();
      default -> LocalDateTime.ofInstant(java.time.Instant.ofEpochMilli((Long) args.get(0)), ZoneOffset.UTC);
    };
  }

  private static TimeUnit unit(Object name) {
    return TimeUnit.valueOf((String) name);
  }

  private static LocalDateTime timestamp(Object value) {
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    return value instanceof LocalTime time ? LocalDate.EPOCH.atTime(time) : (LocalDateTime) value;
  }

  private static Object as(LocalDateTime value, DataType type) {
    return type == ScalarType.DATE ? value.toLocalDate() : type == ScalarType.TIME ? value.toLocalTime() : value;
  }

  private static long extract(TimeUnit unit, Object value) {
    LocalDateTime time = timestamp(value);
    return switch (unit) {
      case MICROSECOND -> time.getSecond() * 1_000_000L + time.getNano() / 1000;
      case MILLISECOND -> time.getSecond() * 1000L + time.getNano() / 1_000_000;
      case SECOND -> time.getSecond();
      case MINUTE -> time.getMinute();
      case HOUR -> time.getHour();
      case DAY -> time.getDayOfMonth();
      case WEEK -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case MONTH -> time.getMonthValue();
      case QUARTER -> time.get(IsoFields.QUARTER_OF_YEAR);
      case YEAR -> time.getYear();
      case DOW -> time.getDayOfWeek().getValue() % 7 + 1;
      case ISODOW -> time.getDayOfWeek().getValue();
      case DOY -> time.getDayOfYear();
      case EPOCH -> time.toEpochSecond(ZoneOffset.UTC);
    };
  }

  private static LocalDateTime floor(TimeUnit unit, LocalDateTime time) {
    LocalDate date = time.toLocalDate();
    return switch (unit) {
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay();
      case MONTH -> date.withDayOfMonth(1).atStartOfDay();
      case QUARTER -> date.with(ChronoField.MONTH_OF_YEAR, date.get(IsoFields.QUARTER_OF_YEAR) * 3L - 2)
          .withDayOfMonth(1)
          .atStartOfDay();
      case YEAR -> date.withDayOfYear(1).atStartOfDay();
      default -> time.truncatedTo(chrono(unit));
    };
  }

  private static LocalDateTime ceil(TimeUnit unit, LocalDateTime time) {
    LocalDateTime floor = floor(unit, time);
    return floor.equals(time) ? time : plus(unit, 1, floor);
  }

  private static ChronoUnit chrono(TimeUnit unit) {
    return switch (unit) {
      case MICROSECOND -> ChronoUnit.MICROS;
      case MILLISECOND -> ChronoUnit.MILLIS;
      case SECOND -> ChronoUnit.SECONDS;
      case MINUTE -> ChronoUnit.MINUTES;
      case HOUR -> ChronoUnit.HOURS;
      case DAY -> ChronoUnit.DAYS;
      case WEEK -> ChronoUnit.WEEKS;
      case MONTH -> ChronoUnit.MONTHS;
      case YEAR -> ChronoUnit.YEARS;
      default -> throw new IllegalArgumentException(unit.name());
    };
  }

  private static LocalDateTime plus(TimeUnit unit, long count, LocalDateTime time) {
    return unit == TimeUnit.QUARTER ? time.plusMonths(3 * count) : time.plus(count, chrono(unit));
  }

  private static long between(TimeUnit unit, LocalDateTime from, LocalDateTime to) {
    if (from.isAfter(to)) {
      return -between(unit, to, from);
    }
    if (unit.compareTo(TimeUnit.MONTH) < 0) {
      return chrono(unit).between(from, to);
    }
    long months = 0;
    while (!from.plusMonths(months + 1).isAfter(to)) {
      months++;
    }
    return months / (unit == TimeUnit.MONTH ? 1 : unit == TimeUnit.QUARTER ? 3 : 12);
  }
}
