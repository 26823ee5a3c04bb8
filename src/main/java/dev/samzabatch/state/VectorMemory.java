package dev.samzabatch.state;

import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RowVector;

/** About how many bytes of heap vectors hold, used or not. */
final class VectorMemory {

  private VectorMemory() {}

  static long bytes(ColumnVector[] vectors) {
    long sum = 0;
    for (ColumnVector vector : vectors) {
      sum += bytes(vector);
    }
    return sum;
  }

  private static long bytes(ColumnVector vector) {
    return vector.nulls().length + values(vector);
  }

  private static long values(ColumnVector vector) {
    if (vector instanceof LongVector || vector instanceof DoubleVector) {
      return (long) vector.capacity() * Long.BYTES;
    }
    if (vector instanceof DecimalVector) {
      return 2L * vector.capacity() * Long.BYTES;
    }
    if (vector instanceof RowVector row) {
      long sum = 0;
      for (int i = 0; i < row.childCount(); i++) {
        sum += bytes(row.child(i));
      }
      return sum;
    }
    long slices = 2L * vector.capacity() * Integer.BYTES;
    if (vector instanceof BytesVector bytes) {
      return slices + bytes.data().length;
    }
    if (vector instanceof ArrayVector array) {
      return slices + bytes(array.elements());
    }
    MapVector map = (MapVector) vector;
    return slices + bytes(map.keys()) + bytes(map.values());
  }
}
