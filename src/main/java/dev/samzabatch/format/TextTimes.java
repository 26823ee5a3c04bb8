package dev.samzabatch.format;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Dates and times from their ISO text, a slice {@code [from, to)} of ASCII bytes with no blanks around it; see
 * {@link dev.samzabatch.data.ScalarType} for the units. What is no such value is refused with {@link NotAValue}.
 *
 * <pre>
 * date       yyyy-MM-dd                   the day must exist; years beyond 0000 to 9999 have a sign
 * time       HH:mm[:ss[.f]]               00:00:00 to 23:59:59; f has 1 to 9 digits, those behind the sixth are cut off
 * timestamp  date(T| )time[Z|(+|-)HH[:]mm]  with an offset it is turned to UTC; without one it is taken as it is
 * </pre>
 */
final class TextTimes {

  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  /** So many days, and a day more, have microseconds that fit a long. */
  private static final long MAX_DAYS = Long.MAX_VALUE / MICROS_PER_DAY - 2;

  private static final int DATE_LENGTH = 10;
  private static final int MINUTES_LENGTH = 5;
  private static final int MAX_FRACTION_DIGITS = 9;

  private TextTimes() {}

  /** Days since 1970-01-01. */
  static long date(byte[] b, int from, int to) {
    if (from < to && (b[from] == '-' || b[from] == '+')) {
      return signedDate(b, from, to);
    }
    if (to - from != DATE_LENGTH || b[from + 4] != '-' || b[from + 7] != '-') {
      throw NotAValue.MALFORMED;
    }
    int year = twoDigits(b, from) * 100 + twoDigits(b, from + 2);
    int month = twoDigits(b, from + 5);
    int day = twoDigits(b, from + 8);
    if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) {
      throw NotAValue.OUT_OF_RANGE;
    }
    return epochDay(year, month, day);
  }

  private static long signedDate(byte[] b, int from, int to) {
    try {
      return LocalDate.parse(new String(b, from, to - from, StandardCharsets.ISO_8859_1)).toEpochDay();
    } catch (DateTimeException e) {
      throw NotAValue.MALFORMED;
    }
  }

  /** Microseconds since midnight. */
  static long time(byte[] b, int from, int to) {
    if (to - from < MINUTES_LENGTH || b[from + 2] != ':') {
      throw NotAValue.MALFORMED;
    }
    int hour = twoDigits(b, from);
    int minute = twoDigits(b, from + 3);
    int second = 0;
    long fraction = 0;
    int at = from + MINUTES_LENGTH;
    if (at < to) {
      if (to - at < 3 || b[at] != ':') {
        throw NotAValue.MALFORMED;
      }
      second = twoDigits(b, at + 1);
      fraction = at + 3 < to ? fraction(b, at + 3, to) : 0;
    }
    if (hour > 23 || minute > 59 || second > 59) {
      throw NotAValue.OUT_OF_RANGE;
    }
    return ((hour * 60L + minute) * 60 + second) * MICROS_PER_SECOND + fraction;
  }

  /** Microseconds since 1970-01-01T00:00:00. */
  static long timestamp(byte[] b, int from, int to) {
    int dateEnd = from + DATE_LENGTH;
    while (dateEnd < to && b[dateEnd] != 'T' && b[dateEnd] != ' ') {
      dateEnd++;
    }
    if (to - dateEnd <= MINUTES_LENGTH) {
      throw NotAValue.MALFORMED;
    }
    long days = date(b, from, dateEnd);
    if (Math.abs(days) > MAX_DAYS) {
      throw NotAValue.OUT_OF_RANGE;
    }
    int timeEnd = timeEnd(b, dateEnd + 1, to);
    return days * MICROS_PER_DAY + time(b, dateEnd + 1, timeEnd) - offsetMicros(b, timeEnd, to);
  }

  /** Where the offset starts: at a Z or a sign. */
  private static int timeEnd(byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] != 'Z' && b[at] != '+' && b[at] != '-') {
      at++;
    }
    return at;
  }

  private static long offsetMicros(byte[] b, int from, int to) {
    int length = to - from;
    if (length == 0 || length == 1 && b[from] == 'Z') {
      return 0;
    }
    boolean colon = length == 6 && b[from + 3] == ':';
    if (b[from] == 'Z' || length != 5 && !colon) {
      throw NotAValue.MALFORMED;
    }
    int hours = twoDigits(b, from + 1);
    int minutes = twoDigits(b, to - 2);
    if (hours > 18 || minutes > 59) {
      throw NotAValue.OUT_OF_RANGE;
    }
    long offset = (hours * 60L + minutes) * MICROS_PER_MINUTE;
    return b[from] == '-' ? -offset : offset;
  }

  private static long fraction(byte[] b, int point, int to) {
    int digits = to - point - 1;
    if (b[point] != '.' || digits < 1 || digits > MAX_FRACTION_DIGITS) {
      throw NotAValue.MALFORMED;
    }
    long micros = 0;
    for (int i = 0; i < MAX_FRACTION_DIGITS; i++) {
      int digit = i < digits ? digit(b[point + 1 + i]) : 0;
      micros = i < 6 ? micros * 10 + digit : micros;
    }
    return micros;
  }

  private static int twoDigits(byte[] b, int at) {
    return digit(b[at]) * 10 + digit(b[at + 1]);
  }

  private static int digit(byte b) {
    int digit = b - '0';
    if (digit < 0 || digit > 9) {
      throw NotAValue.MALFORMED;
    }
    return digit;
  }

  private static int daysOfMonth(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /**
   * Counts from March on, so that the leap day is the last of a year; 719,468 days lie between 0000-03-01 and
   * 1970-01-01.
   */
  private static long epochDay(int year, int month, int day) {
    int years = month > 2 ? year : year - 1;
    int months = month > 2 ? month - 3 : month + 9;
    long dayOfYear = (153L * months + 2) / 5 + day - 1;
    return years * 365L + years / 4 - years / 100 + years / 400 + dayOfYear - 719_468;
  }
}
