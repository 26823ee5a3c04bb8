package dev.samzabatch.state;

import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RowVector;
import java.util.Arrays;

/** Equality of single values of one type as {@link dev.samzabatch.data.KeyHash} means it. */
final class ValueEquality {

  private ValueEquality() {}

  /** Whether two values, or nulls, are the same key. */
  static boolean equal(ColumnVector a, int i, ColumnVector b, int j) {
    if (a.isNull(i) || b.isNull(j)) {
      return a.isNull(i) && b.isNull(j);
    }
    if (a instanceof LongVector longs) {
      return longs.get(i) == ((LongVector) b).get(j);
    }
    if (a instanceof BytesVector bytes) {
      return equalBytes(bytes, i, (BytesVector) b, j);
    }
    if (a instanceof DoubleVector doubles) {
      double one = doubles.get(i);
      double other = ((DoubleVector) b).get(j);
      return one == other || (one != one && other != other);
    }
    if (a instanceof DecimalVector one) {
      DecimalVector other = (DecimalVector) b;
      return one.low()[i] == other.low()[j] && one.high()[i] == other.high()[j];
    }
    return equalNested(a, i, b, j);
  }

  /** Whether two byte strings, neither of them null, are the same. */
  static boolean equalBytes(BytesVector a, int i, BytesVector b, int j) {
    int length = a.lengths()[i];
    int start = a.starts()[i];
    int other = b.starts()[j];
    return length == b.lengths()[j] && Arrays.equals(a.data(), start, start + length, b.data(), other, other + length);
  }

  private static boolean equalNested(ColumnVector a, int i, ColumnVector b, int j) {
    if (a instanceof RowVector row) {
      for (int c = 0; c < row.childCount(); c++) {
        if (!equal(row.child(c), i, ((RowVector) b).child(c), j)) {
          return false;
        }
      }
      return true;
    }
    if (a instanceof ArrayVector array) {
      ArrayVector other = (ArrayVector) b;
      boolean same = array.lengths()[i] == other.lengths()[j];
      for (int k = 0; same && k < array.lengths()[i]; k++) {
        same = equal(array.elements(), array.starts()[i] + k, other.elements(), other.starts()[j] + k);
      }
      return same;
    }
    return equalMaps((MapVector) a, i, (MapVector) b, j);
  }

  /** Maps are the same when they have the same entries, in any order; the keys of a map are distinct. */
  private static boolean equalMaps(MapVector a, int i, MapVector b, int j) {
    boolean same = a.lengths()[i] == b.lengths()[j];
    for (int k = 0; same && k < a.lengths()[i]; k++) {
      same = hasEntry(b, j, a, a.starts()[i] + k);
    }
    return same;
  }

  private static boolean hasEntry(MapVector map, int row, MapVector other, int entry) {
    int end = map.starts()[row] + map.lengths()[row];
    for (int at = map.starts()[row]; at < end; at++) {
      if (equal(map.keys(), at, other.keys(), entry)) {
        return equal(map.values(), at, other.values(), entry);
      }
    }
    return false;
  }
}
