package dev.samzabatch.expr;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.ScalarType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;

/** Casts for {@link NaiveEvaluator}. */
final class NaiveCasts {

  private NaiveCasts() {}

  static Object cast(Object value, DataType to) {
    if (to == ScalarType.STRING) {
      return text(value);
    }
    if (value instanceof String text) {
      return parse(text.strip(), to);
    }
    if (value instanceof LocalDate date) {
      return to == ScalarType.TIMESTAMP ? date.atStartOfDay() : date;
    }
    if (value instanceof LocalDateTime timestamp) {
      return to == ScalarType.DATE
          ? timestamp.toLocalDate()
          : to == ScalarType.TIME ? timestamp.toLocalTime() : timestamp;
    }
    if (value instanceof Boolean truth) {
      return cast(truth ? 1 : 0, to);
    }
    return value instanceof LocalTime ? value : number((Number) value, to);
  }

  private static Object number(Number value, DataType to) {
    boolean inexact = value instanceof Double || value instanceof Float;
    if (to == ScalarType.BOOLEAN) {
      return inexact ? value.doubleValue() != 0 : NaiveEvaluator.exact(value).signum() != 0;
    }
    if (to == ScalarType.DOUBLE) {
      return value.doubleValue();
    }
    if (to == ScalarType.FLOAT) {
      if (Float.isInfinite(value.floatValue()) && !Double.isInfinite(value.doubleValue())) {
        throw new NaiveEvaluator.NoAnswer();
      }
      return value.floatValue();
    }
    if (!inexact) {
      return NaiveEvaluator.fit(NaiveEvaluator.exact(value), to);
    }
    double number = value.doubleValue();
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new NaiveEvaluator.NoAnswer();
    }
    boolean halfEven = !(to instanceof DecimalType);
    return NaiveEvaluator.fit(new BigDecimal(halfEven ? Math.rint(number) : number), to);
  }

  private static Object parse(String text, DataType to) {
    if (to == ScalarType.BOOLEAN) {
      String word = text.toLowerCase(Locale.ROOT);
      if (Set.of("true", "t", "yes", "y", "1").contains(word)) {
        return true;
      }
      if (Set.of("false", "f", "no", "n", "0").contains(word)) {
        return false;
      }
      throw new NaiveEvaluator.NoAnswer();
    }
    if (to == ScalarType.STRING) {
      return text;
    }
    try {
      if (to == ScalarType.DATE) {
        return LocalDate.parse(text);
      }
      return NaiveEvaluator.fit(new BigDecimal(text), to);
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new NaiveEvaluator.NoAnswer();
    }
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof LocalDateTime timestamp) {
      return text(timestamp.toLocalDate()) + " " + text(timestamp.toLocalTime());
    }
    if (value instanceof LocalTime time) {
      String micros = time.format(DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS"));
      return micros.replaceAll("\\.?0*$", "").length() < 8 ? micros.substring(0, 8) : micros.replaceAll("\\.?0*$", "");
    }
    return value.toString();
  }
}
