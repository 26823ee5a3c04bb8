package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DoubleVector;

/**
 * Arithmetic of double and float as IEEE 754 has it: nothing is an error, a division by zero is infinite or NaN. A
 * float is computed as a double and rounded, which gives the correctly rounded float for these functions.
 */
final class DoubleArithmetic {

  private DoubleArithmetic() {}

  /** The kernel for one of the five binary functions. */
  static Kernel kernel(Function function, boolean isFloat) {
    Kernel kernel =
        switch (function) {
          case ADD -> DoubleArithmetic::add;
          case SUBTRACT -> DoubleArithmetic::subtract;
          case MULTIPLY -> DoubleArithmetic::multiply;
          case DIVIDE -> DoubleArithmetic::divide;
          default -> DoubleArithmetic::mod;
        };
    return isFloat ? rounded(kernel) : kernel;
  }

  /** The kernel with its results rounded to floats. */
  static Kernel rounded(Kernel kernel) {
    return (args, rows, count, result) -> {
      kernel.compute(args, rows, count, result);
      double[] r = doubles(result);
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        r[row] = (float) r[row];
      }
    };
  }

  private static void add(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    double[] a = doubles(args[0]);
    double[] b = doubles(args[1]);
    double[] r = doubles(result);
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        r[i] = a[i] + b[i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        r[rows[i]] = a[rows[i]] + b[rows[i]];
      }
    }
  }

  private static void subtract(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    double[] a = doubles(args[0]);
    double[] b = doubles(args[1]);
    double[] r = doubles(result);
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        r[i] = a[i] - b[i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        r[rows[i]] = a[rows[i]] - b[rows[i]];
      }
    }
  }

  private static void multiply(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    double[] a = doubles(args[0]);
    double[] b = doubles(args[1]);
    double[] r = doubles(result);
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        r[i] = a[i] * b[i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        r[rows[i]] = a[rows[i]] * b[rows[i]];
      }
    }
  }

  private static void divide(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    double[] a = doubles(args[0]);
    double[] b = doubles(args[1]);
    double[] r = doubles(result);
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        r[i] = a[i] / b[i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        r[rows[i]] = a[rows[i]] / b[rows[i]];
      }
    }
  }

  private static void mod(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    double[] a = doubles(args[0]);
    double[] b = doubles(args[1]);
    double[] r = doubles(result);
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      r[row] = a[row] % b[row];
    }
  }

  private static double[] doubles(ColumnVector vector) {
    return ((DoubleVector) vector).values();
  }
}
