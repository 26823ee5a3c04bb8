package dev.samzabatch.format;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.ScalarType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which types the values of a column could have, by what has been seen of them. The type is the first of boolean, long,
 * double, date, timestamp that suits all values, else string.
 *
 * <p>
 * Only text that is written as we would write the value is a number: {@code 00123} and {@code +49} are codes, and so is
 * an integer that is too large for a long; they make the column a string. Dates and timestamps are ISO, without a zone.
 */
final class CsvTypeGuess {

  private static final List<ScalarType> ORDER =
      List.of(ScalarType.BOOLEAN, ScalarType.LONG, ScalarType.DOUBLE, ScalarType.DATE, ScalarType.TIMESTAMP);
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
  private static final Pattern FRACTION =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+([eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+)");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIMESTAMP =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?");
  private static final int LONGEST = 64;

  private final Set<ScalarType> possible = EnumSet.copyOf(ORDER);
  private boolean anyValue;
  private boolean anyNull;
  private boolean incomplete;

  /** Whether the text is no number, date, timestamp or boolean. */
  static boolean isText(String text) {
    return typesOf(text).isEmpty();
  }

  /** Takes note of a value. */
  void add(String text) {
    anyValue = true;
    if (!possible.isEmpty()) {
      possible.retainAll(typesOf(text));
    }
  }

  /** Takes note of a null. */
  void addNull() {
    anyNull = true;
  }

  /** Takes note that there are values that have not been seen. */
  void incomplete() {
    incomplete = true;
  }

  /** The type; string when there was no value. */
  DataType type() {
    return ORDER.stream().filter(type -> anyValue && possible.contains(type)).findFirst().orElse(ScalarType.STRING);
  }

  /** Whether the column may be null. */
  boolean nullable() {
    return anyNull || incomplete || !anyValue;
  }

  private static Set<ScalarType> typesOf(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return EnumSet.noneOf(ScalarType.class);
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return EnumSet.of(ScalarType.BOOLEAN);
    }
    if (INTEGER.matcher(text).matches()) {
      return isLong(text) ? EnumSet.of(ScalarType.LONG, ScalarType.DOUBLE) : EnumSet.noneOf(ScalarType.class);
    }
    if (FRACTION.matcher(text).matches()) {
      return EnumSet.of(ScalarType.DOUBLE);
    }
    if (DATE.matcher(text).matches() && isDate(text)) {
      return EnumSet.of(ScalarType.DATE, ScalarType.TIMESTAMP);
    }
    if (TIMESTAMP.matcher(text).matches() && isTimestamp(text)) {
      return EnumSet.of(ScalarType.TIMESTAMP);
    }
    return EnumSet.noneOf(ScalarType.class);
  }

  private static boolean isLong(String text) {
    try {
      Long.parseLong(text);
      return !text.equals("-0");
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isTimestamp(String text) {
    try {
      LocalDateTime.parse(text.replace(' ', 'T'));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
