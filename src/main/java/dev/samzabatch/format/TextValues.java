package dev.samzabatch.format;

import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DecimalVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Numbers and truth values from their text, a slice {@code [from, to)} of ASCII bytes with no blanks around it. What is
 * no such value is refused with {@link NotAValue}. A number is {@code [+-]digits[.digits][e[+-]digits]}, where digits
 * may be missing before or behind the point, not both.
 *
 * <p>
 * The slice must be followed by 8 bytes that may be read, as in {@link ByteChunks}.
 */
final class TextValues {

  /** Integers up to this one are doubles exactly. */
  private static final long MAX_EXACT_DOUBLE = 1L << 53;

  /** Integers up to this one are floats exactly. */
  private static final long MAX_EXACT_FLOAT = 1L << 24;

  /** Exact numbers that are written longer are refused: the time to read them grows with the square of their length. */
  private static final int MAX_LENGTH = 1000;

  private static final long[] LONG_POWERS = new long[19];
  private static final double[] DOUBLE_POWERS = new double[23];
  private static final float[] FLOAT_POWERS = new float[11];

  static {
    long power = 1;
    for (int i = 0; i < LONG_POWERS.length; i++, power *= 10) {
      LONG_POWERS[i] = power;
    }
    for (int i = 0; i < DOUBLE_POWERS.length; i++) {
      DOUBLE_POWERS[i] = Double.parseDouble("1e" + i);
    }
    for (int i = 0; i < FLOAT_POWERS.length; i++) {
      FLOAT_POWERS[i] = Float.parseFloat("1e" + i);
    }
  }

  private TextValues() {}

  /** Ten to this power, which is 0 to 18. */
  static long powerOfTen(int exponent) {
    return LONG_POWERS[exponent];
  }

  /** A long. A fraction or an exponent is fine if the value is a whole number: {@code 1.0}, {@code 1e3}. */
  static long longValue(byte[] b, int from, int to) {
    boolean negative = from < to && b[from] == '-';
    int start = from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
    int length = to - start;
    if (length < 1 || length > NumberParts.SAFE_DIGITS) {
      return slowLong(b, from, to);
    }
    long value = 0;
    int at = start;
    for (; to - at >= 8; at += 8) {
      long bytes = Swar.load(b, at);
      if (Swar.nonDigits(bytes) != 0) {
        return slowLong(b, from, to);
      }
      value = value * 100_000_000L + Swar.digits(bytes, 8);
    }
    int rest = to - at;
    if (rest > 0) {
      long bytes = Swar.load(b, at);
      if (Swar.first(Swar.nonDigits(bytes)) < rest) {
        return slowLong(b, from, to);
      }
      value = value * LONG_POWERS[rest] + Swar.digits(bytes, rest);
    }
    return negative ? -value : value;
  }

  /** An int, as a long. */
  static long intValue(byte[] b, int from, int to) {
    long value = longValue(b, from, to);
    if (value != (int) value) {
      throw NotAValue.OUT_OF_RANGE;
    }
    return value;
  }

  private static long slowLong(byte[] b, int from, int to) {
    BigInteger value = unscaled(b, from, to, 0);
    if (value.bitLength() > 63) {
      throw NotAValue.OUT_OF_RANGE;
    }
    return value.longValue();
  }

  /**
   * A double: the value of {@link Double#parseDouble}, bit for bit, so one that is too large is infinite. {@code NaN}
   * and {@code Infinity} are values too, and the latter with a sign.
   */
  static double doubleValue(byte[] b, int from, int to) {
    NumberParts parts = new NumberParts(b, from, to);
    if (parts.exact && parts.mantissa <= MAX_EXACT_DOUBLE && Math.abs(parts.exponent) < DOUBLE_POWERS.length) {
      double mantissa = parts.mantissa;
      double value = parts.exponent < 0
          ? mantissa / DOUBLE_POWERS[-parts.exponent]
          : mantissa * DOUBLE_POWERS[parts.exponent];
      return parts.negative ? -value : value;
    }
    if (!parts.isNumber) {
      return special(b, from, to);
    }
    return Double.parseDouble(text(b, from, to));
  }

  /**
   * A float, as the double of the same value: the value of {@link Float#parseFloat}. Otherwise as {@link #doubleValue}.
   */
  static double floatValue(byte[] b, int from, int to) {
    NumberParts parts = new NumberParts(b, from, to);
    if (parts.exact && parts.mantissa <= MAX_EXACT_FLOAT && Math.abs(parts.exponent) < FLOAT_POWERS.length) {
      float mantissa = parts.mantissa;
      float value = parts.exponent < 0
          ? mantissa / FLOAT_POWERS[-parts.exponent]
          : mantissa * FLOAT_POWERS[parts.exponent];
      return parts.negative ? -value : value;
    }
    if (!parts.isNumber) {
      return special(b, from, to);
    }
    return Float.parseFloat(text(b, from, to));
  }

  private static double special(byte[] b, int from, int to) {
    if (to - from < 3 || to - from > 9) {
      throw NotAValue.MALFORMED;
    }
    return switch (text(b, from, to)) {
      case "NaN" -> Double.NaN;
      case "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw NotAValue.MALFORMED;
    };
  }

  /** The unscaled value of a decimal of at most {@link DecimalType#MAX_LONG_PRECISION} digits; never rounded. */
  static long decimal(byte[] b, int from, int to, DecimalType type) {
    NumberParts parts = new NumberParts(b, from, to);
    int shift = parts.exponent + type.scale();
    if (parts.exact && shift >= 0 && shift <= NumberParts.SAFE_DIGITS) {
      long power = LONG_POWERS[shift];
      if (parts.mantissa > (LONG_POWERS[type.precision()] - 1) / power) {
        throw NotAValue.OUT_OF_RANGE;
      }
      long value = parts.mantissa * power;
      return parts.negative ? -value : value;
    }
    return checkedUnscaled(b, from, to, type).longValue();
  }

  /** The same for more digits, into a vector. */
  static void decimal(byte[] b, int from, int to, DecimalType type, DecimalVector target, int row) {
    NumberParts parts = new NumberParts(b, from, to);
    if (parts.exact && parts.exponent == -type.scale()) {
      long value = parts.negative ? -parts.mantissa : parts.mantissa;
      target.set(row, value >> 63, value);
    } else {
      target.set(row, checkedUnscaled(b, from, to, type));
    }
  }

  private static BigInteger checkedUnscaled(byte[] b, int from, int to, DecimalType type) {
    BigInteger value = unscaled(b, from, to, type.scale());
    if (value.abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
      throw NotAValue.OUT_OF_RANGE;
    }
    return value;
  }

  /** The number times ten to the scale, which must be whole. */
  private static BigInteger unscaled(byte[] b, int from, int to, int scale) {
    NumberParts parts = new NumberParts(b, from, to);
    if (!parts.isNumber) {
      throw NotAValue.MALFORMED;
    }
    if (parts.isZero) {
      return BigInteger.ZERO;
    }
    BigDecimal value = bigDecimal(b, from, to);
    if ((long) value.precision() - value.scale() > 2L * DecimalType.MAX_PRECISION) {
      throw NotAValue.OUT_OF_RANGE;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    if (stripped.scale() > scale) {
      throw NotAValue.INEXACT;
    }
    return stripped.setScale(scale).unscaledValue();
  }

  private static BigDecimal bigDecimal(byte[] b, int from, int to) {
    if (to - from > MAX_LENGTH) {
      throw NotAValue.OUT_OF_RANGE;
    }
    try {
      return new BigDecimal(text(b, from, to));
    } catch (NumberFormatException e) {
      throw NotAValue.OUT_OF_RANGE;
    }
  }

  /** {@code true} or {@code false}, in capitals or not. */
  static boolean booleanValue(byte[] b, int from, int to) {
    int length = to - from;
    boolean value = length == 4;
    if (!value && length != 5 || !equalsIgnoringCase(b, from, value ? "true" : "false")) {
      throw NotAValue.MALFORMED;
    }
    return value;
  }

  private static boolean equalsIgnoringCase(byte[] b, int from, String lower) {
    for (int i = 0; i < lower.length(); i++) {
      if ((b[from + i] | 0x20) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] b, int from, int to) {
    return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
