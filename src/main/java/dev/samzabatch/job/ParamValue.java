package dev.samzabatch.job;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A typed value that placeholders stand for.
 *
 * @param type its type
 * @param value a String, Integer, Long, Double, Boolean, LocalDate or LocalDateTime, as the type says
 */
public record ParamValue(ParamType type, Object value) {

  private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");
  private static final Pattern RELATIVE_DATE =
      Pattern.compile("(today|yesterday|tomorrow)(?: *([+-]) *([0-9]{1,5}) *(day|week|month|year)s?)?");

  /** A text. */
  static ParamValue of(String text) {
    return new ParamValue(ParamType.STRING, text);
  }

  /** A timestamp. */
  static ParamValue of(LocalDateTime timestamp) {
    return new ParamValue(ParamType.TIMESTAMP, timestamp);
  }

  /** Reads a value of this type; empty when the text is none. */
  static Optional<ParamValue> parse(ParamType type, String text, LocalDate today) {
    try {
      return value(type, text, today).map(value -> new ParamValue(type, value));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> value(ParamType type, String text, LocalDate today) {
    return switch (type) {
      case STRING -> Optional.of(text);
      case INT -> Optional.of(Integer.parseInt(text));
      case LONG -> Optional.of(Long.parseLong(text));
      case DOUBLE -> Optional.<Object>of(text).filter(t -> NUMBER.matcher(text).matches())
          .map(t -> Double.parseDouble(text)).filter(Double::isFinite).map(Object.class::cast);
      case BOOLEAN -> Optional.<Object>of("true".equals(text)).filter(t -> "true".equals(text) || "false".equals(text));
      case DATE -> Optional.of(date(text, today));
      case TIMESTAMP -> Optional.of(timestamp(text));
    };
  }

  /** How to write a value of this type. */
  static String example(ParamType type) {
    return switch (type) {
      case STRING -> "a text";
      case INT -> "a whole number from -2147483648 to 2147483647";
      case LONG -> "a whole number of up to 18 digits";
      case DOUBLE -> "a number like 1.5 or 2e6";
      case BOOLEAN -> "true or false";
      case DATE -> "a date like 2026-11-22, today, yesterday or today - 3 days";
      case TIMESTAMP -> "a timestamp without zone like 2026-11-22T15:30:00";
    };
  }

  private static LocalDate date(String text, LocalDate today) {
    Matcher relative = RELATIVE_DATE.matcher(text);
    if (!relative.matches()) {
      return LocalDate.parse(text);
    }
    LocalDate date = today.plusDays(switch (relative.group(1)) {
      case "yesterday" -> -1;
      case "tomorrow" -> 1;
      default -> 0;
    });
    if (relative.group(2) == null) {
      return date;
    }
    long count = Long.parseLong(relative.group(3)) * (relative.group(2).equals("-") ? -1 : 1);
    return switch (relative.group(4)) {
      case "day" -> date.plusDays(count);
      case "week" -> date.plusWeeks(count);
      case "month" -> date.plusMonths(count);
      default -> date.plusYears(count);
    };
  }

  private static LocalDateTime timestamp(String text) {
    try {
      return LocalDateTime.parse(text.replaceFirst("^(\\S+) +(\\S+)$", "$1T$2"));
    } catch (DateTimeParseException e) {
      return LocalDate.parse(text).atStartOfDay();
    }
  }

  /**
   * The value as text: numbers in their usual form, dates as {@code 2026-11-22}, timestamps as
   * {@code 2026-11-22T15:30:00}.
   */
  public String text() {
    return value instanceof LocalDateTime time ? withFraction(TIMESTAMP.format(time), time) : value.toString();
  }

  /** The value as a literal of SQL that has the value's type. */
  public String sql() {
    return switch (type) {
      case STRING -> "'" + text().replace("'", "''") + "'";
      case INT, LONG -> signed(text());
      case DOUBLE -> signed(text().contains("E") ? text() : text() + "E0");
      case BOOLEAN -> text();
      case DATE -> "DATE '" + text() + "'";
      case TIMESTAMP -> "TIMESTAMP '" + text().replace('T', ' ') + "'";
    };
  }

  /**
   * A date or timestamp in the form of this {@link DateTimeFormatter} pattern; empty for other types.
   *
   * @throws IllegalArgumentException when the pattern is none
   * @throws DateTimeException when the value has not what the pattern asks for, as a date has no hours
   */
  Optional<String> formatted(String pattern) {
    if (!(value instanceof TemporalAccessor temporal)) {
      return Optional.empty();
    }
    return Optional.of(DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(temporal));
  }

  private static String signed(String number) {
    return number.startsWith("-") ? "(" + number + ")" : number;
  }

  private static String withFraction(String seconds, LocalDateTime time) {
    int micros = time.getNano() / 1000;
    return micros == 0 ? seconds : seconds + String.format(".%06d", micros);
  }
}
