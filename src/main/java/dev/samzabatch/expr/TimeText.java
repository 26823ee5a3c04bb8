package dev.samzabatch.expr;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Dates and times as text, in the units of the vectors. Written: {@code 2024-01-31}, {@code 23:59:59},
 * {@code 2024-01-31
 * 23:59:59.5}, the fraction of a second without trailing zeros and only when there is one. Read:
 *
 * <pre>
 * date       y-m-d or y/m/d, a sign and four or more digits of year, one or two of month and day
 * time       h:m[:s[.fraction]], the fraction cut off after six digits
 * timestamp  date, or date and time separated by a blank or T, then perhaps Z or an offset (+02, +0230, +02:30), which
 *            is taken off so that the timestamp is in UTC
 * </pre>
 */
final class TimeText {

  static final long MICROS_PER_SECOND = 1_000_000L;
  static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
  static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
  static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

  /** What the parsers return for a text that is none. */
  static final long INVALID = Long.MIN_VALUE;

  private final String text;
  private int at;

  private TimeText(String text) {
    this.text = text;
  }

  /** The text of a date in days. */
  static String ofDate(long days) {
    StringBuilder out = new StringBuilder(10);
    appendDate(days, out);
    return out.toString();
  }

  /** The text of a time in microseconds. */
  static String ofTime(long micros) {
    StringBuilder out = new StringBuilder(15);
    appendTime(micros, out);
    return out.toString();
  }

  /** The text of a timestamp in microseconds. */
  static String ofTimestamp(long micros) {
    StringBuilder out = new StringBuilder(26);
    appendDate(Math.floorDiv(micros, MICROS_PER_DAY), out);
    out.append(' ');
    appendTime(Math.floorMod(micros, MICROS_PER_DAY), out);
    return out.toString();
  }

  private static void appendDate(long days, StringBuilder out) {
    LocalDate date = LocalDate.ofEpochDay(days);
    int year = date.getYear();
    if (year < 0) {
      out.append('-');
    }
    String digits = Integer.toString(Math.abs(year));
    out.append("0".repeat(Math.max(0, 4 - digits.length()))).append(digits).append('-');
    appendTwo(date.getMonthValue(), out);
    out.append('-');
    appendTwo(date.getDayOfMonth(), out);
  }

  private static void appendTime(long micros, StringBuilder out) {
    appendTwo(micros / MICROS_PER_HOUR, out);
    out.append(':');
    appendTwo(micros / MICROS_PER_MINUTE % 60, out);
    out.append(':');
    appendTwo(micros / MICROS_PER_SECOND % 60, out);
    long fraction = micros % MICROS_PER_SECOND;
    if (fraction != 0) {
      String digits = Long.toString(MICROS_PER_SECOND + fraction).substring(1);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      out.append('.').append(digits, 0, end);
    }
  }

  private static void appendTwo(long value, StringBuilder out) {
    out.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }

  /** The days of a date, or of the date of a timestamp; {@link #INVALID} when it is none. */
  static long toDate(String text) {
    long micros = toTimestamp(text);
    return micros == INVALID ? INVALID : Math.floorDiv(micros, MICROS_PER_DAY);
  }

  /** The microseconds of a time, or of the time of a timestamp; {@link #INVALID} when it is none. */
  static long toTime(String text) {
    TimeText parser = new TimeText(text);
    long micros = parser.time();
    if (micros != INVALID && parser.at == text.length()) {
      return micros;
    }
    long timestamp = toTimestamp(text);
    return timestamp == INVALID ? INVALID : Math.floorMod(timestamp, MICROS_PER_DAY);
  }

  /** The microseconds of a timestamp or of the start of a date; {@link #INVALID} when it is none. */
  static long toTimestamp(String text) {
    TimeText parser = new TimeText(text);
    long days = parser.date();
    if (days == INVALID || Math.abs(days) > Long.MAX_VALUE / MICROS_PER_DAY - 1) {
      return INVALID;
    }
    long micros = days * MICROS_PER_DAY;
    if (parser.skip('T') || parser.skip(' ')) {
      long time = parser.time();
      long offset = parser.offset();
      if (time == INVALID || offset == INVALID) {
        return INVALID;
      }
      micros += time - offset;
    }
    return parser.at == text.length() ? micros : INVALID;
  }

  private long date() {
    boolean negative = skip('-');
    int start = at;
    long year = number(9);
    boolean enough = at - start >= 4;
    char separator = at < text.length() ? text.charAt(at) : 0;
    if (!enough || separator != '-' && separator != '/') {
      return INVALID;
    }
    at++;
    long month = number(2);
    if (!skip(separator)) {
      return INVALID;
    }
    long day = number(2);
    try {
      return LocalDate.of((int) (negative ? -year : year), (int) month, (int) day).toEpochDay();
    } catch (DateTimeException e) {
      return INVALID;
    }
  }

  private long time() {
    long hour = number(2);
    if (hour < 0 || hour > 23 || !skip(':')) {
      return INVALID;
    }
    long minute = number(2);
    if (minute < 0 || minute > 59) {
      return INVALID;
    }
    long micros = hour * MICROS_PER_HOUR + minute * MICROS_PER_MINUTE;
    if (!skip(':')) {
      return micros;
    }
    long second = number(2);
    if (second < 0 || second > 59) {
      return INVALID;
    }
    return micros + second * MICROS_PER_SECOND + (skip('.') ? fraction() : 0);
  }

  private long fraction() {
    long unit = MICROS_PER_SECOND / 10;
    long micros = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      micros += (text.charAt(at++) - '0') * unit;
      unit /= 10;
    }
    return micros;
  }

  /** The offset from UTC in microseconds; 0 when there is none. */
  private long offset() {
    skip(' ');
    if (at == text.length() || skip('Z') || skip('z')) {
      return 0;
    }
    boolean negative = skip('-');
    if (!negative && !skip('+')) {
      return INVALID;
    }
    long hours = number(2);
    skip(':');
    long minutes = at < text.length() ? number(2) : 0;
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return INVALID;
    }
    long offset = hours * MICROS_PER_HOUR + minutes * MICROS_PER_MINUTE;
    return negative ? -offset : offset;
  }

  private boolean skip(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  /** The number of the next digits, at most so many; -1 when there is none. */
  private long number(int most) {
    int start = at;
    long value = 0;
    while (at < text.length() && at - start < most && isDigit(text.charAt(at))) {
      value = value * 10 + text.charAt(at++) - '0';
    }
    return at == start ? -1 : value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
