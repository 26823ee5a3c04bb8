package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DataType.Layout;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.LongVector;
import java.math.BigInteger;

/**
 * Arithmetic of decimals, and of integers where the result is a decimal: the exact result, rounded half away from zero
 * to the result's scale. What can be shown to stay within longs (or, for products, within the two longs of a wide
 * decimal) runs on longs; everything else on BigIntegers.
 */
final class DecimalArithmetic {

  private final Function function;
  private final DataType left;
  private final DataType right;
  private final DecimalType type;

  private DecimalArithmetic(Function function, DataType left, DataType right, DecimalType type) {
    this.function = function;
    this.left = left;
    this.right = right;
    this.type = type;
  }

  /** The kernel for one of the five binary functions. */
  static Kernel kernel(Function function, DataType left, DataType right, DecimalType type) {
    DecimalArithmetic arithmetic = new DecimalArithmetic(function, left, right, type);
    boolean operandsAreLong = left.layout() == Layout.LONG && right.layout() == Layout.LONG;
    if (operandsAreLong && (function == Function.ADD || function == Function.SUBTRACT) && arithmetic.sumFitsLong()) {
      return arithmetic::addLongs;
    }
    if (operandsAreLong && function == Function.MULTIPLY
        && type.scale() == Decimals.scale(left) + Decimals.scale(right)) {
      int digits = Decimals.precision(left) + Decimals.precision(right);
      if (type.layout() == Layout.LONG && digits <= DecimalType.MAX_LONG_PRECISION) {
        return arithmetic::multiplyLongs;
      }
      if (type.layout() == Layout.DECIMAL && digits <= type.precision()) {
        return DecimalArithmetic::multiplyWide;
      }
    }
    boolean isSum = function == Function.ADD || function == Function.SUBTRACT;
    boolean sameScale = Decimals.scale(left) == type.scale() && Decimals.scale(right) == type.scale();
    return isSum && sameScale && type.layout() == Layout.DECIMAL ? arithmetic::addWide : arithmetic::general;
  }

  private boolean sumFitsLong() {
    return type.layout() == Layout.LONG && scalesWithinLong(left) && scalesWithinLong(right);
  }

  private boolean scalesWithinLong(DataType operand) {
    int shift = type.scale() - Decimals.scale(operand);
    return shift >= 0 && Decimals.precision(operand) + shift <= DecimalType.MAX_LONG_PRECISION;
  }

  private void addLongs(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] a = ((LongVector) args[0]).values();
    long[] b = ((LongVector) args[1]).values();
    long[] r = ((LongVector) result).values();
    long leftFactor = Decimals.longPower(type.scale() - Decimals.scale(left));
    long rightFactor = Decimals.longPower(type.scale() - Decimals.scale(right)) * (function == Function.ADD ? 1 : -1);
    long bound = Decimals.longPower(type.precision());
    boolean overflow = false;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      long sum = a[row] * leftFactor + b[row] * rightFactor;
      overflow |= sum >= bound | sum <= -bound;
      r[row] = sum;
    }
    if (overflow) {
      general(args, rows, count, result);
    }
  }

  private void multiplyLongs(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] a = ((LongVector) args[0]).values();
    long[] b = ((LongVector) args[1]).values();
    long[] r = ((LongVector) result).values();
    long bound = Decimals.longPower(type.precision());
    boolean overflow = false;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      long product = a[row] * b[row];
      overflow |= product >= bound | product <= -bound;
      r[row] = product;
    }
    if (overflow) {
      general(args, rows, count, result);
    }
  }

  private static void multiplyWide(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] a = ((LongVector) args[0]).values();
    long[] b = ((LongVector) args[1]).values();
    long[] high = ((DecimalVector) result).high();
    long[] low = ((DecimalVector) result).low();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      high[row] = Math.multiplyHigh(a[row], b[row]);
      low[row] = a[row] * b[row];
    }
  }

  /** Adds 128-bit numbers; leaves it to the general way when one is out of range. */
  private void addWide(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] high = ((DecimalVector) result).high();
    long[] low = ((DecimalVector) result).low();
    long sign = function == Function.ADD ? 0 : -1;
    BigInteger bound = Decimals.power(type.precision());
    long boundHigh = bound.shiftRight(Long.SIZE).longValue();
    boolean overflow = false;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      long leftLow = low(args[0], row);
      long leftHigh = high(args[0], row);
      long rightLow = low(args[1], row) ^ sign;
      long rightHigh = high(args[1], row) ^ sign;
      long sumLow = leftLow + rightLow;
      long carry = Long.compareUnsigned(sumLow, leftLow) < 0 ? 1 : 0;
      sumLow -= sign;
      carry += sign != 0 && sumLow == 0 ? 1 : 0;
      long sumHigh = leftHigh + rightHigh + carry;
      overflow |= ((leftHigh ^ sumHigh) & (rightHigh ^ sumHigh)) < 0 || sumHigh >= boundHigh || sumHigh < -boundHigh;
      high[row] = sumHigh;
      low[row] = sumLow;
    }
    if (overflow) {
      general(args, rows, count, result);
    }
  }

  private static long low(ColumnVector vector, int row) {
    return vector instanceof LongVector longs ? longs.get(row) : ((DecimalVector) vector).low()[row];
  }

  private static long high(ColumnVector vector, int row) {
    return vector instanceof LongVector longs ? longs.get(row) >> 63 : ((DecimalVector) vector).high()[row];
  }

  private void general(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      BigInteger a = Decimals.unscaled(args[0], row);
      BigInteger b = Decimals.unscaled(args[1], row);
      if (b.signum() == 0 && (function == Function.DIVIDE || function == Function.MOD)) {
        String dividend = Decimals.value(left, args[0], row).toPlainString();
        throw LongArithmetic.divisionByZero(dividend, LongArithmetic.symbol(function));
      }
      BigInteger exact = compute(a, b);
      if (!Decimals.fits(exact, type)) {
        throw overflow(args, row);
      }
      Decimals.set(type, result, row, exact);
    }
  }

  private BigInteger compute(BigInteger a, BigInteger b) {
    int leftScale = Decimals.scale(left);
    int rightScale = Decimals.scale(right);
    int common = Math.max(leftScale, rightScale);
    BigInteger x = a.multiply(Decimals.power(common - leftScale));
    BigInteger y = b.multiply(Decimals.power(common - rightScale));
    return switch (function) {
      case ADD -> Decimals.rescale(x.add(y), common, type.scale());
      case SUBTRACT -> Decimals.rescale(x.subtract(y), common, type.scale());
      case MULTIPLY -> Decimals.rescale(a.multiply(b), leftScale + rightScale, type.scale());
      case DIVIDE -> Decimals.divide(x.multiply(Decimals.power(type.scale())), y);
      default -> Decimals.rescale(x.remainder(y), common, type.scale());
    };
  }

  private EvaluationException overflow(ColumnVector[] args, int row) {
    String a = Decimals.value(left, args[0], row).toPlainString();
    String b = Decimals.value(right, args[1], row).toPlainString();
    return Decimals.exceeds(a + " " + LongArithmetic.symbol(function) + " " + b, type);
  }
}
