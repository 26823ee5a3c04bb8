package dev.samzabatch.format;

import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RowVector;
import java.util.Arrays;

/**
 * What a bad record has left in the vectors of a batch before it was found to be bad. Values need no undoing, since the
 * next row is written over them; nulls do, since who writes a value leaves them alone.
 */
final class HalfRow {

  private HalfRow() {}

  /** Takes away what was written to the rows from this one on. */
  static void forget(ColumnVector[] vectors, int row) {
    for (ColumnVector vector : vectors) {
      forget(vector, row);
    }
  }

  private static void forget(ColumnVector vector, int row) {
    if (vector.mayHaveNulls() && row < vector.nulls().length) {
      Arrays.fill(vector.nulls(), row, vector.nulls().length, false);
    }
    if (vector instanceof ArrayVector array) {
      forget(array.elements(), array.used());
    } else if (vector instanceof MapVector map) {
      forget(map.keys(), map.used());
      forget(map.values(), map.used());
    } else if (vector instanceof RowVector fields) {
      for (int i = 0; i < fields.childCount(); i++) {
        forget(fields.child(i), row);
      }
    }
  }
}
