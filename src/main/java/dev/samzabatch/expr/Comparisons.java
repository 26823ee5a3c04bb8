package dev.samzabatch.expr;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DataType.Layout;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.util.Arrays;

/**
 * The six comparisons, from two tests: {@code a <= b} is not {@code b < a}, and so on, which holds for doubles too
 * since NaN has its place in their order. Each test exists twice: as a kernel that gives booleans, and as a selection
 * that only lists the rows where it holds.
 */
final class Comparisons {

  /** Lists the rows where a test of two columns holds; both have a value at these rows. */
  @FunctionalInterface
  interface PairSelection {
    int select(ColumnVector[] args, int[] rows, int count, int[] target);
  }

  private final boolean swapped;
  private final boolean equality;
  private final boolean negated;

  private Comparisons(Function function) {
    this.equality = function == Function.EQUAL || function == Function.NOT_EQUAL;
    this.swapped = function == Function.GREATER || function == Function.LESS_OR_EQUAL;
    this.negated =
        function == Function.NOT_EQUAL || function == Function.LESS_OR_EQUAL || function == Function.GREATER_OR_EQUAL;
  }

  /** The kernel for one of the six functions over values of these types. */
  static Kernel kernel(Function function, DataType left, DataType right) {
    requireComparable(left, right);
    Comparisons comparison = new Comparisons(function);
    if (left.layout() == Layout.LONG) {
      return comparison.equality ? comparison::equalLongs : comparison::lessLongs;
    }
    if (left.layout() == Layout.DOUBLE && !comparison.equality) {
      return comparison::lessDoubles;
    }
    return comparison::compareAny;
  }

  /** The selection for one of the six functions over values of these types. */
  static PairSelection selection(Function function, DataType left, DataType right) {
    requireComparable(left, right);
    Comparisons comparison = new Comparisons(function);
    if (left.layout() == Layout.LONG) {
      return comparison.equality ? comparison::selectEqualLongs : comparison::selectLessLongs;
    }
    if (left.layout() == Layout.DOUBLE && !comparison.equality) {
      return comparison::selectLessDoubles;
    }
    if (left.layout() == Layout.BYTES && comparison.equality) {
      return comparison::selectEqualBytes;
    }
    return comparison::selectAny;
  }

  private static void requireComparable(DataType left, DataType right) {
    boolean same = left.equals(right);
    boolean integers = isInteger(left) && isInteger(right);
    boolean floats = left.layout() == Layout.DOUBLE && right.layout() == Layout.DOUBLE;
    boolean decimals =
        left instanceof DecimalType a
            && right instanceof DecimalType b
            && a.scale() == b.scale()
            && a.layout() == b.layout();
    boolean nested = left.layout() == right.layout() && left.layout().compareTo(Layout.ARRAY) >= 0;
    if (!(same || integers || floats || decimals || nested)) {
      throw new IllegalArgumentException("comparison of " + left + " with " + right);
    }
  }

  private static boolean isInteger(DataType type) {
    return type == ScalarType.INT || type == ScalarType.LONG;
  }

  private void equalLongs(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] a = ((LongVector) args[0]).values();
    long[] b = ((LongVector) args[1]).values();
    long[] r = ((LongVector) result).values();
    long whenEqual = negated ? 0 : 1;
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        r[i] = a[i] == b[i] ? whenEqual : 1 - whenEqual;
      }
    } else {
      for (int i = 0; i < count; i++) {
        r[rows[i]] = a[rows[i]] == b[rows[i]] ? whenEqual : 1 - whenEqual;
      }
    }
  }

  private void lessLongs(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] a = ((LongVector) args[swapped ? 1 : 0]).values();
    long[] b = ((LongVector) args[swapped ? 0 : 1]).values();
    long[] r = ((LongVector) result).values();
    long whenLess = negated ? 0 : 1;
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        r[i] = a[i] < b[i] ? whenLess : 1 - whenLess;
      }
    } else {
      for (int i = 0; i < count; i++) {
        r[rows[i]] = a[rows[i]] < b[rows[i]] ? whenLess : 1 - whenLess;
      }
    }
  }

  private void lessDoubles(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    double[] a = ((DoubleVector) args[swapped ? 1 : 0]).values();
    double[] b = ((DoubleVector) args[swapped ? 0 : 1]).values();
    long[] r = ((LongVector) result).values();
    long whenLess = negated ? 0 : 1;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      r[row] = less(a[row], b[row]) ? whenLess : 1 - whenLess;
    }
  }

  private static boolean less(double a, double b) {
    return a < b | (b != b & a == a);
  }

  private void compareAny(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] r = ((LongVector) result).values();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      r[row] = holds(args, row) ? 1 : 0;
    }
  }

  private boolean holds(ColumnVector[] args, int row) {
    int order = ValueOrder.compare(args[swapped ? 1 : 0], row, args[swapped ? 0 : 1], row);
    return (equality ? order == 0 : order < 0) != negated;
  }

  private int selectEqualLongs(ColumnVector[] args, int[] rows, int count, int[] target) {
    long[] a = ((LongVector) args[0]).values();
    long[] b = ((LongVector) args[1]).values();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      target[kept] = row;
      kept += a[row] == b[row] != negated ? 1 : 0;
    }
    return kept;
  }

  private int selectLessLongs(ColumnVector[] args, int[] rows, int count, int[] target) {
    long[] a = ((LongVector) args[swapped ? 1 : 0]).values();
    long[] b = ((LongVector) args[swapped ? 0 : 1]).values();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      target[kept] = row;
      kept += a[row] < b[row] != negated ? 1 : 0;
    }
    return kept;
  }

  private int selectLessDoubles(ColumnVector[] args, int[] rows, int count, int[] target) {
    double[] a = ((DoubleVector) args[swapped ? 1 : 0]).values();
    double[] b = ((DoubleVector) args[swapped ? 0 : 1]).values();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      target[kept] = row;
      kept += less(a[row], b[row]) != negated ? 1 : 0;
    }
    return kept;
  }

  private int selectEqualBytes(ColumnVector[] args, int[] rows, int count, int[] target) {
    BytesVector left = (BytesVector) args[0];
    BytesVector right = (BytesVector) args[1];
    byte[] a = left.data();
    byte[] b = right.data();
    int[] aStarts = left.starts();
    int[] bStarts = right.starts();
    int[] lengths = left.lengths();
    int[] bLengths = right.lengths();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      int length = lengths[row];
      int x = aStarts[row];
      int y = bStarts[row];
      boolean equal =
          length == bLengths[row]
              && Prefix.of(a, x, length) == Prefix.of(b, y, length)
              && (length <= Prefix.LENGTH || Arrays.equals(a, x, x + length, b, y, y + length));
      target[kept] = row;
      kept += equal != negated ? 1 : 0;
    }
    return kept;
  }

  private int selectAny(ColumnVector[] args, int[] rows, int count, int[] target) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (holds(args, row)) {
        target[kept++] = row;
      }
    }
    return kept;
  }
}
