package dev.samzabatch.expr;

import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RowVector;
import java.util.Arrays;

/**
 * The order of values of one type: numbers by value with NaN above all and -0.0 equal to 0.0, strings and bytes by
 * unsigned bytes (for strings the order of code points), arrays and rows by their first difference. Within arrays and
 * rows null is above all and equals null. Maps have no order, only equality, in which the order of the entries does not
 * count.
 */
public final class ValueOrder {

  private ValueOrder() {}

  /** Compares two doubles. */
  static int compare(double a, double b) {
    return a < b || b != b && a == a ? -1 : a > b || a != a && b == b ? 1 : 0;
  }

  /** Compares two values that are not null. */
  public static int compare(ColumnVector left, int i, ColumnVector right, int j) {
    if (left instanceof LongVector longs) {
      return Long.compare(longs.get(i), ((LongVector) right).get(j));
    }
    if (left instanceof DoubleVector doubles) {
      return compare(doubles.get(i), ((DoubleVector) right).get(j));
    }
    if (left instanceof BytesVector bytes) {
      return compareBytes(bytes, i, (BytesVector) right, j);
    }
    if (left instanceof DecimalVector decimals) {
      return compareDecimals(decimals, i, (DecimalVector) right, j);
    }
    if (left instanceof RowVector record) {
      for (int child = 0; child < record.childCount(); child++) {
        int order = compareNullable(record.child(child), i, ((RowVector) right).child(child), j);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }
    if (left instanceof ArrayVector array) {
      return compareArrays(array, i, (ArrayVector) right, j);
    }
    return equalMaps((MapVector) left, i, (MapVector) right, j) ? 0 : 1;
  }

  private static int compareNullable(ColumnVector left, int i, ColumnVector right, int j) {
    boolean leftNull = left.isNull(i);
    boolean rightNull = right.isNull(j);
    return leftNull || rightNull ? Boolean.compare(leftNull, rightNull) : compare(left, i, right, j);
  }

  private static int compareBytes(BytesVector left, int i, BytesVector right, int j) {
    int from = left.starts()[i];
    int other = right.starts()[j];
    return Arrays.compareUnsigned(
        left.data(), from, from + left.lengths()[i], right.data(), other, other + right.lengths()[j]);
  }

  private static int compareDecimals(DecimalVector left, int i, DecimalVector right, int j) {
    int order = Long.compare(left.high()[i], right.high()[j]);
    return order != 0 ? order : Long.compareUnsigned(left.low()[i], right.low()[j]);
  }

  private static int compareArrays(ArrayVector left, int i, ArrayVector right, int j) {
    int from = left.starts()[i];
    int other = right.starts()[j];
    int shorter = Math.min(left.lengths()[i], right.lengths()[j]);
    for (int k = 0; k < shorter; k++) {
      int order = compareNullable(left.elements(), from + k, right.elements(), other + k);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.lengths()[i], right.lengths()[j]);
  }

  private static boolean equalMaps(MapVector left, int i, MapVector right, int j) {
    if (left.lengths()[i] != right.lengths()[j]) {
      return false;
    }
    for (int k = left.starts()[i]; k < left.starts()[i] + left.lengths()[i]; k++) {
      int match = find(right, j, left.keys(), k);
      if (match < 0 || compareNullable(left.values(), k, right.values(), match) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Where among the entries of the map at the row the key is, or -1. */
  static int find(MapVector map, int row, ColumnVector keys, int key) {
    int start = map.starts()[row];
    for (int k = start; k < start + map.lengths()[row]; k++) {
      if (compare(map.keys(), k, keys, key) == 0) {
        return k;
      }
    }
    return -1;
  }
}
