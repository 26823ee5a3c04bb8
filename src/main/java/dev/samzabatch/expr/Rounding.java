package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.function.DoubleUnaryOperator;

/** Functions of one number: negate, abs, floor, ceil, round. */
final class Rounding {

  private Rounding() {}

  /** The kernel for the call. */
  static Kernel kernel(Expr.Call call) {
    DataType from = call.args().get(0).type();
    Function function = call.function();
    if (from instanceof DecimalType decimal && call.type() instanceof DecimalType type) {
      return decimals(function, decimal, type);
    }
    if (from == ScalarType.INT || from == ScalarType.LONG) {
      return longs(function, call.type().toString(),
          call.type() == ScalarType.INT ? Integer.MIN_VALUE : Long.MIN_VALUE);
    }
    if (from == ScalarType.DOUBLE || from == ScalarType.FLOAT) {
      Kernel kernel = doubles(function, call.args().size() == 2);
      return call.type() == ScalarType.FLOAT ? DoubleArithmetic.rounded(kernel) : kernel;
    }
    throw new IllegalArgumentException(function.label() + " of " + from);
  }

  private static Kernel doubles(Function function, boolean withDigits) {
    return switch (function) {
      case NEGATE -> mapped(value -> -value);
      case ABS -> mapped(Math::abs);
      case FLOOR -> mapped(Math::floor);
      case CEIL -> mapped(Math::ceil);
      default -> withDigits ? Rounding::roundDoubles : mapped(Rounding::halfAway);
    };
  }

  private static Kernel mapped(DoubleUnaryOperator operator) {
    return (args, rows, count, result) -> {
      double[] values = ((DoubleVector) args[0]).values();
      double[] r = ((DoubleVector) result).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        r[row] = operator.applyAsDouble(values[row]);
      }
    };
  }

  private static void roundDoubles(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    double[] values = ((DoubleVector) args[0]).values();
    long[] digits = ((LongVector) args[1]).values();
    double[] r = ((DoubleVector) result).values();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      r[row] = round(values[row], digits[row]);
    }
  }

  /** The nearest whole number; of two equally near ones, that further from zero. */
  static double halfAway(double value) {
    double magnitude = Math.abs(value);
    double floor = Math.floor(magnitude);
    return Math.copySign(magnitude - floor >= 0.5 ? floor + 1 : floor, value);
  }

  private static double round(double value, long digits) {
    double factor = Math.pow(10, Math.abs(digits));
    if (digits < 0) {
      double rounded = halfAway(value / factor) * factor;
      return Double.isFinite(rounded) || !Double.isFinite(value) ? rounded : 0;
    }
    double rounded = halfAway(value * factor) / factor;
    return Double.isFinite(rounded) ? rounded : value;
  }

  private static Kernel longs(Function function, String type, long smallest) {
    return (args, rows, count, result) -> {
      long[] values = ((LongVector) args[0]).values();
      long[] r = ((LongVector) result).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        long value = values[row];
        switch (function) {
          case NEGATE, ABS -> {
            if (value == smallest) {
              throw LongArithmetic.exceeds(function.label() + "(" + value + ")", type);
            }
            r[row] = function == Function.ABS ? Math.abs(value) : -value;
          }
          case ROUND ->
              r[row] = args.length == 1 ? value : round(value, ((LongVector) args[1]).get(row), type, smallest);
          default -> r[row] = value;
        }
      }
    };
  }

  private static long round(long value, long digits, String type, long smallest) {
    if (digits >= 0) {
      return value;
    }
    if (digits < -DecimalType.MAX_LONG_PRECISION - 1) {
      return 0;
    }
    BigInteger factor = Decimals.power((int) -digits);
    BigInteger rounded = Decimals.divide(BigInteger.valueOf(value), factor).multiply(factor);
    if (rounded.compareTo(BigInteger.valueOf(smallest)) < 0 || rounded.compareTo(BigInteger.valueOf(~smallest)) > 0) {
      throw LongArithmetic.exceeds("round(" + value + ", " + digits + ")", type);
    }
    return rounded.longValue();
  }

  private static Kernel decimals(Function function, DecimalType from, DecimalType type) {
    return (args, rows, count, result) -> {
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        BigDecimal value = Decimals.value(from, args[0], row);
        BigDecimal exact =
            switch (function) {
              case NEGATE -> value.negate();
              case ABS -> value.abs();
              case FLOOR -> value.setScale(0, RoundingMode.FLOOR);
              case CEIL -> value.setScale(0, RoundingMode.CEILING);
              default -> round(value, args.length == 1 ? 0 : ((LongVector) args[1]).get(row));
            };
        BigInteger unscaled = exact.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
        if (!Decimals.fits(unscaled, type)) {
          throw Decimals.exceeds(function.label() + "(" + value.toPlainString() + ")", type);
        }
        Decimals.set(type, result, row, unscaled);
      }
    };
  }

  private static BigDecimal round(BigDecimal value, long digits) {
    int bounded = (int) Math.max(-DecimalType.MAX_PRECISION - 1, Math.min(digits, value.scale()));
    return value.setScale(bounded, RoundingMode.HALF_UP);
  }
}
