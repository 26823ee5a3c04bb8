package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Exact numbers (int, long, decimal) as unscaled values with a scale, whatever vector they are held in. */
final class Decimals {

  private static final BigInteger[] POWERS = new BigInteger[2 * DecimalType.MAX_PRECISION + 1];
  private static final long[] LONG_POWERS = new long[DecimalType.MAX_LONG_PRECISION + 1];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = BigInteger.TEN.pow(i);
    }
    for (int i = 0; i < LONG_POWERS.length; i++) {
      LONG_POWERS[i] = POWERS[i].longValueExact();
    }
  }

  private Decimals() {}

  /** Ten to a power from 0 to 76. */
  static BigInteger power(int exponent) {
    return POWERS[exponent];
  }

  /** Ten to a power from 0 to 18. */
  static long longPower(int exponent) {
    return LONG_POWERS[exponent];
  }

  /** The scale of int, long or a decimal. */
  static int scale(DataType type) {
    return type instanceof DecimalType decimal ? decimal.scale() : 0;
  }

  /** How many digits a value of int, long or a decimal has at most. */
  static int precision(DataType type) {
    return type instanceof DecimalType decimal ? decimal.precision() : type == ScalarType.INT ? 10 : 19;
  }

  /** The unscaled value at a row of a long or decimal vector. */
  static BigInteger unscaled(ColumnVector vector, int row) {
    return vector instanceof LongVector longs ? BigInteger.valueOf(longs.get(row)) : ((DecimalVector) vector).get(row);
  }

  /** The value at a row of a vector of the type int, long or decimal. */
  static BigDecimal value(DataType type, ColumnVector vector, int row) {
    return new BigDecimal(unscaled(vector, row), scale(type));
  }

  /** Whether the unscaled value has no more digits than the type. */
  static boolean fits(BigInteger unscaled, DecimalType type) {
    return unscaled.abs().compareTo(power(type.precision())) < 0;
  }

  /** Sets a row of a vector of the type to an unscaled value that {@link #fits}. */
  static void set(DecimalType type, ColumnVector vector, int row, BigInteger unscaled) {
    if (vector instanceof LongVector longs) {
      longs.set(row, unscaled.longValue());
    } else {
      ((DecimalVector) vector).set(row, unscaled);
    }
  }

  /** The unscaled value at another scale, rounded half away from zero. */
  static BigInteger rescale(BigInteger unscaled, int from, int to) {
    return to >= from ? unscaled.multiply(power(to - from)) : divide(unscaled, power(from - to));
  }

  /** The quotient, rounded half away from zero. */
  static BigInteger divide(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    boolean up = parts[1].abs().shiftLeft(1).compareTo(divisor.abs()) >= 0;
    return up ? parts[0].add(BigInteger.valueOf((long) dividend.signum() * divisor.signum())) : parts[0];
  }

  /** The error for a result that has too many digits for its type. */
  static EvaluationException exceeds(String computation, DecimalType type) {
    return new EvaluationException(computation + " exceeds " + type + "; cast to a wider decimal or to double");
  }
}
