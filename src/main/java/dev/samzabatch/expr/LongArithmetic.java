package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import java.util.function.LongBinaryOperator;

/**
 * Arithmetic of int and long, both held as longs. The loops have no branch: they gather the overflow bit of all rows,
 * and only when it is set does a second look find the row to report. Ints are computed as longs and checked afterwards.
 */
final class LongArithmetic {

  private LongArithmetic() {}

  /** The kernel for one of the five binary functions. */
  static Kernel kernel(Function function, boolean isInt) {
    Kernel kernel =
        switch (function) {
          case ADD -> LongArithmetic::add;
          case SUBTRACT -> LongArithmetic::subtract;
          case MULTIPLY -> LongArithmetic::multiply;
          case DIVIDE -> LongArithmetic::divide;
          default -> LongArithmetic::mod;
        };
    return isInt ? checked(kernel, symbol(function)) : kernel;
  }

  static String symbol(Function function) {
    return switch (function) {
      case ADD -> "+";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
      case DIVIDE -> "/";
      default -> "%";
    };
  }

  private static void add(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] a = longs(args[0]);
    long[] b = longs(args[1]);
    long[] r = longs(result);
    long overflow = 0;
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        long sum = a[i] + b[i];
        overflow |= (a[i] ^ sum) & (b[i] ^ sum);
        r[i] = sum;
      }
    } else {
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        long sum = a[row] + b[row];
        overflow |= (a[row] ^ sum) & (b[row] ^ sum);
        r[row] = sum;
      }
    }
    if (overflow < 0) {
      throw overflow(args, rows, count, "+", Math::addExact);
    }
  }

  private static void subtract(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] a = longs(args[0]);
    long[] b = longs(args[1]);
    long[] r = longs(result);
    long overflow = 0;
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        long difference = a[i] - b[i];
        overflow |= (a[i] ^ b[i]) & (a[i] ^ difference);
        r[i] = difference;
      }
    } else {
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        long difference = a[row] - b[row];
        overflow |= (a[row] ^ b[row]) & (a[row] ^ difference);
        r[row] = difference;
      }
    }
    if (overflow < 0) {
      throw overflow(args, rows, count, "-", Math::subtractExact);
    }
  }

  private static void multiply(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] a = longs(args[0]);
    long[] b = longs(args[1]);
    long[] r = longs(result);
    long overflow = 0;
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        long product = a[i] * b[i];
        overflow |= Math.multiplyHigh(a[i], b[i]) ^ (product >> 63);
        r[i] = product;
      }
    } else {
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        long product = a[row] * b[row];
        overflow |= Math.multiplyHigh(a[row], b[row]) ^ (product >> 63);
        r[row] = product;
      }
    }
    if (overflow != 0) {
      throw overflow(args, rows, count, "*", Math::multiplyExact);
    }
  }

  private static void divide(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] a = longs(args[0]);
    long[] b = longs(args[1]);
    long[] r = longs(result);
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (b[row] == 0) {
        throw divisionByZero(String.valueOf(a[row]), "/");
      }
      if (b[row] == -1 && a[row] == Long.MIN_VALUE) {
        throw exceeds(a[row] + " / -1", "long");
      }
      r[row] = a[row] / b[row];
    }
  }

  private static void mod(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] a = longs(args[0]);
    long[] b = longs(args[1]);
    long[] r = longs(result);
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (b[row] == 0) {
        throw divisionByZero(String.valueOf(a[row]), "%");
      }
      r[row] = a[row] % b[row];
    }
  }

  private static Kernel checked(Kernel kernel, String symbol) {
    return (args, rows, count, result) -> {
      kernel.compute(args, rows, count, result);
      long[] r = longs(result);
      long overflow = 0;
      for (int i = 0; i < count; i++) {
        long value = r[Rows.at(rows, i)];
        overflow |= value ^ (int) value;
      }
      if (overflow != 0) {
        throw intOverflow(args, rows, count, symbol, r);
      }
    };
  }

  private static EvaluationException intOverflow(ColumnVector[] args, int[] rows, int count, String symbol, long[] r) {
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (r[row] != (int) r[row]) {
        return exceeds(longs(args[0])[row] + " " + symbol + " " + longs(args[1])[row], "int");
      }
    }
    throw new IllegalStateException("no row overflows");
  }

  private static EvaluationException overflow(
      ColumnVector[] args, int[] rows, int count, String symbol, LongBinaryOperator exact) {
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      long a = longs(args[0])[row];
      long b = longs(args[1])[row];
      try {
        exact.applyAsLong(a, b);
      } catch (ArithmeticException e) {
        return exceeds(a + " " + symbol + " " + b, "long");
      }
    }
    throw new IllegalStateException("no row overflows");
  }

  /** The error for a result that does not fit int or long. */
  static EvaluationException exceeds(String computation, String type) {
    String wider = type.equals("int") ? "bigint" : "decimal(38, 0)";
    return new EvaluationException(computation + " exceeds " + type + "; cast an operand to " + wider);
  }

  /** The error for a divisor of zero. */
  static EvaluationException divisionByZero(String dividend, String symbol) {
    return new EvaluationException(
        dividend + " " + symbol + " 0 is a division by zero; write nullif(divisor, 0) to get null instead");
  }

  private static long[] longs(ColumnVector vector) {
    return ((LongVector) vector).values();
  }
}
