package dev.samzabatch.expr;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;

/** Puts values that were computed for some rows among those of other rows. */
final class Scatter {

  private Scatter() {}

  /** Copies the values (and nulls) of some rows to the same rows of another vector of the same type. */
  static void copy(ColumnVector source, int[] rows, int count, ColumnVector target) {
    if (source.mayHaveNulls()) {
      boolean[] theirs = source.nulls();
      boolean[] ours = target.writableNulls();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        ours[row] = theirs[row];
      }
    }
    if (source instanceof LongVector longs) {
      long[] theirs = longs.values();
      long[] ours = ((LongVector) target).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        ours[row] = theirs[row];
      }
    } else if (source instanceof DoubleVector doubles) {
      double[] theirs = doubles.values();
      double[] ours = ((DoubleVector) target).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        ours[row] = theirs[row];
      }
    } else if (source instanceof BytesVector bytes) {
      copyBytes(bytes, rows, count, (BytesVector) target);
    } else {
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        target.copy(source, null, row, 1, row);
      }
    }
  }

  private static void copyBytes(BytesVector source, int[] rows, int count, BytesVector target) {
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (source.isNull(row)) {
        target.append(row, 0);
      } else {
        target.set(row, source.data(), source.starts()[row], source.lengths()[row]);
      }
    }
  }
}
