package dev.samzabatch.expr;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Numbers as text. A double is written with the fewest digits that give it back: plain from 0.0001 up to below 1e16,
 * always with a point ({@code 1.0}), else as {@code 1e+16} or {@code 1.5e-07}; also {@code nan}, {@code inf},
 * {@code -inf}. (The JDK's own text of doubles has superfluous digits before release 19.)
 */
final class NumberText {

  private static final int MAX_EXPONENT = 10_000;

  /** Below these, one digit may be enough, while the digits that we are given are always two at least. */
  private static final double FEW_BITS_OF_DOUBLE = 1e-321;

  private static final float FEW_BITS_OF_FLOAT = 1e-42f;
  private static final MathContext ONE_DIGIT = new MathContext(1);

  private NumberText() {}

  /** The text of a double. */
  static String of(double value) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    BigDecimal shortest = new BigDecimal(NumberOutput.toString(Math.abs(value), true));
    if (Math.abs(value) < FEW_BITS_OF_DOUBLE) {
      BigDecimal shorter = shortest.round(ONE_DIGIT);
      shortest = shorter.doubleValue() == Math.abs(value) ? shorter : shortest;
    }
    return layOut(1 / value < 0 || value < 0, shortest);
  }

  /** The text of a float. */
  static String of(float value) {
    if (!Float.isFinite(value)) {
      return special(value);
    }
    BigDecimal shortest = new BigDecimal(NumberOutput.toString(Math.abs(value), true));
    if (Math.abs(value) < FEW_BITS_OF_FLOAT) {
      BigDecimal shorter = shortest.round(ONE_DIGIT);
      shortest = shorter.floatValue() == Math.abs(value) ? shorter : shortest;
    }
    return layOut(1 / value < 0 || value < 0, shortest);
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }

  private static String layOut(boolean negative, BigDecimal shortest) {
    String sign = negative ? "-" : "";
    BigDecimal decimal = shortest.stripTrailingZeros();
    if (decimal.signum() == 0) {
      return sign + "0.0";
    }
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = decimal.toPlainString();
      return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }
    String digits = decimal.unscaledValue().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return sign
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** The number that a text (trimmed) says: digits, perhaps a point, perhaps an exponent; null when it is none. */
  static BigDecimal exact(String text) {
    if (!isNumber(text)) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return Math.abs((long) value.scale()) > MAX_EXPONENT ? null : value;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The double that a text (trimmed) says; null when it is none. */
  static Double toDouble(String text) {
    if (isNumber(text)) {
      return Double.valueOf(text);
    }
    String word = text.toLowerCase(Locale.ROOT);
    boolean negative = word.startsWith("-");
    return switch (negative || word.startsWith("+") ? word.substring(1) : word) {
      case "nan" -> Double.NaN;
      case "inf", "infinity" -> negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      default -> null;
    };
  }

  /** Whether it is {@code [+-] digits [. digits] [e [+-] digits]} with a digit before the exponent. */
  private static boolean isNumber(String text) {
    int length = text.length();
    int at = sign(text, 0);
    int whole = digits(text, at);
    int digits = whole - at;
    at = whole;
    if (at < length && text.charAt(at) == '.') {
      int fraction = digits(text, at + 1);
      digits += fraction - at - 1;
      at = fraction;
    }
    if (digits > 0 && at < length && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int exponent = sign(text, at + 1);
      at = digits(text, exponent);
      digits = at - exponent;
    }
    return digits > 0 && at == length;
  }

  private static int sign(String text, int at) {
    return at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? at + 1 : at;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
