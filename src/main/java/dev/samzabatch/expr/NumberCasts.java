package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DataType.Layout;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Casts between numbers, and between numbers and booleans; the rules are those of {@link Casts}. */
final class NumberCasts {

  /** Doubles below this hold every whole number, so that their product with a power of ten can be rounded as it is. */
  private static final double EXACT_INTEGERS = 0x1p53;

  private NumberCasts() {}

  /** The kernel of a cast between two different types among boolean and the numbers. */
  static Kernel kernel(DataType from, DataType to) {
    boolean isInt = to == ScalarType.INT;
    if (to == ScalarType.BOOLEAN) {
      return toBoolean(from);
    }
    if (to instanceof DecimalType decimal) {
      return from.layout() == Layout.DOUBLE ? doubleToDecimal(decimal) : exactToDecimal(from, decimal);
    }
    if (Casts.isInteger(to)) {
      if (from.layout() == Layout.DOUBLE) {
        return isInt ? NumberCasts::doubleToInt : NumberCasts::doubleToLong;
      }
      return from == ScalarType.LONG ? NumberCasts::longToInt : decimalToInteger((DecimalType) from, to);
    }
    if (from.layout() == Layout.DOUBLE) {
      return NumberCasts::doubleToFloat;
    }
    return from instanceof DecimalType decimal ? decimalToDouble(decimal, to) : longToDouble(to);
  }

  private static Kernel toBoolean(DataType from) {
    return (args, rows, count, result) -> {
      long[] r = ((LongVector) result).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        boolean zero =
            args[0] instanceof DoubleVector doubles
                ? doubles.get(row) == 0
                : args[0] instanceof LongVector longs
                    ? longs.get(row) == 0
                    : Decimals.value(from, args[0], row).signum() == 0;
        r[row] = zero ? 0 : 1;
      }
    };
  }

  private static void longToInt(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] values = ((LongVector) args[0]).values();
    long[] r = ((LongVector) result).values();
    long overflow = 0;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      long value = values[row];
      overflow |= value ^ (int) value;
      r[row] = value;
    }
    for (int i = 0; overflow != 0 && i < count; i++) {
      long value = values[Rows.at(rows, i)];
      if (value != (int) value) {
        throw Casts.impossible(Long.toString(value), ScalarType.INT);
      }
    }
  }

  private static Kernel longToDouble(DataType to) {
    boolean isFloat = to == ScalarType.FLOAT;
    return (args, rows, count, result) -> {
      long[] values = ((LongVector) args[0]).values();
      double[] r = ((DoubleVector) result).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        r[row] = isFloat ? (float) values[row] : (double) values[row];
      }
    };
  }

  private static void doubleToInt(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    double[] values = ((DoubleVector) args[0]).values();
    long[] r = ((LongVector) result).values();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      double rounded = Math.rint(values[row]);
      if (!(rounded >= Integer.MIN_VALUE && rounded <= Integer.MAX_VALUE)) {
        throw Casts.impossible(NumberText.of(values[row]), ScalarType.INT);
      }
      r[row] = (long) rounded;
    }
  }

  private static void doubleToLong(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    double[] values = ((DoubleVector) args[0]).values();
    long[] r = ((LongVector) result).values();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      double rounded = Math.rint(values[row]);
      if (!(rounded >= -0x1p63 && rounded < 0x1p63)) {
        throw Casts.impossible(NumberText.of(values[row]), ScalarType.LONG);
      }
      r[row] = (long) rounded;
    }
  }

  private static void doubleToFloat(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    double[] values = ((DoubleVector) args[0]).values();
    double[] r = ((DoubleVector) result).values();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      float rounded = (float) values[row];
      if (Float.isInfinite(rounded) && !Double.isInfinite(values[row])) {
        throw Casts.impossible(NumberText.of(values[row]), ScalarType.FLOAT);
      }
      r[row] = rounded;
    }
  }

  private static Kernel doubleToDecimal(DecimalType to) {
    return (args, rows, count, result) -> {
      double[] values = ((DoubleVector) args[0]).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        BigInteger unscaled = toDecimal(values[row], to);
        if (unscaled == null) {
          throw Casts.impossible(NumberText.of(values[row]), to);
        }
        Decimals.set(to, result, row, unscaled);
      }
    };
  }

  /** The unscaled value of a double as a decimal; null when it has none. */
  private static BigInteger toDecimal(double value, DecimalType to) {
    if (!Double.isFinite(value)) {
      return null;
    }
    double scaled = value * Math.pow(10, to.scale());
    BigInteger unscaled =
        Math.abs(scaled) < EXACT_INTEGERS
            ? BigInteger.valueOf((long) Rounding.halfAway(scaled))
            : new BigDecimal(value).setScale(to.scale(), RoundingMode.HALF_UP).unscaledValue();
    return Decimals.fits(unscaled, to) ? unscaled : null;
  }

  private static Kernel exactToDecimal(DataType from, DecimalType to) {
    int shift = to.scale() - Decimals.scale(from);
    if (from.layout() == Layout.LONG
        && to.layout() == Layout.LONG
        && shift >= 0
        && Decimals.precision(from) + shift <= DecimalType.MAX_LONG_PRECISION) {
      return scaleLongs(Decimals.longPower(shift), Decimals.longPower(to.precision()), from, to);
    }
    if (from.layout() == Layout.LONG && to.layout() == Layout.DECIMAL && shift == 0 && to.precision() > 18) {
      return widen(from, to);
    }
    return (args, rows, count, result) -> {
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        BigInteger unscaled =
            Decimals.rescale(Decimals.unscaled(args[0], row), Decimals.scale(from), to.scale());
        if (!Decimals.fits(unscaled, to)) {
          throw Casts.impossible(Decimals.value(from, args[0], row).toPlainString(), to);
        }
        Decimals.set(to, result, row, unscaled);
      }
    };
  }

  private static Kernel widen(DataType from, DecimalType to) {
    return (args, rows, count, result) -> {
      long[] values = ((LongVector) args[0]).values();
      DecimalVector wide = (DecimalVector) result;
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        wide.set(row, values[row] >> 63, values[row]);
      }
    };
  }

  private static Kernel scaleLongs(long factor, long bound, DataType from, DecimalType to) {
    return (args, rows, count, result) -> {
      long[] values = ((LongVector) args[0]).values();
      long[] r = ((LongVector) result).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        long scaled = values[row] * factor;
        if (scaled >= bound || scaled <= -bound) {
          throw Casts.impossible(Decimals.value(from, args[0], row).toPlainString(), to);
        }
        r[row] = scaled;
      }
    };
  }

  private static Kernel decimalToInteger(DecimalType from, DataType to) {
    long smallest = to == ScalarType.INT ? Integer.MIN_VALUE : Long.MIN_VALUE;
    return (args, rows, count, result) -> {
      long[] r = ((LongVector) result).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        BigInteger whole = Decimals.rescale(Decimals.unscaled(args[0], row), from.scale(), 0);
        if (whole.bitLength() > 63 || whole.longValue() < smallest || whole.longValue() > ~smallest) {
          throw Casts.impossible(Decimals.value(from, args[0], row).toPlainString(), to);
        }
        r[row] = whole.longValue();
      }
    };
  }

  private static Kernel decimalToDouble(DecimalType from, DataType to) {
    boolean isFloat = to == ScalarType.FLOAT;
    boolean exact = from.precision() <= 15 && !isFloat;
    double divisor = Math.pow(10, from.scale());
    return (args, rows, count, result) -> {
      double[] r = ((DoubleVector) result).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        if (exact) {
          r[row] = ((LongVector) args[0]).get(row) / divisor;
        } else {
          BigDecimal value = Decimals.value(from, args[0], row);
          r[row] = isFloat ? value.floatValue() : value.doubleValue();
        }
      }
    };
  }
}
