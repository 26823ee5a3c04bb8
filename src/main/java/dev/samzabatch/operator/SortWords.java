package dev.samzabatch.operator;

import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RowVector;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import java.util.Arrays;

/**
 * The values of a key as signed longs, word after word: a row whose first different word is smaller comes first. Equal
 * words leave the order to the next step: the words of the value, from number 0; then, of byte strings, the length. In
 * word 0 null is as small or large as can be, so where it ties with values, step {@link #NULLS} tells them apart.
 */
final class SortWords {

  /** The step that is decided by which rows are null. */
  static final int NULLS = -1;

  /** The step that is decided by the lengths of byte strings, whose words are padded with zeros. */
  static final int LENGTHS = -2;

  /** Said of rows that are equal in this key. */
  static final int DONE = -3;

  /** The rows {@code rows[from .. to)}; null stands for the rows 0, 1, 2, ... */
  record Range(int[] rows, int from, int to) {

    int row(int i) {
      return rows == null ? i : rows[i];
    }
  }

  private SortWords() {}

  /** Whether the values of a column have words; those of others are all 0 and must be compared. */
  static boolean has(ColumnVector column) {
    return !(column instanceof ArrayVector || column instanceof MapVector || column instanceof RowVector);
  }

  /** Writes word 0 of the first {@code count} rows that are listed (null: of the rows 0, 1, ...). */
  static void write(ColumnVector column, SortKey key, int[] rows, int count, long[] words) {
    write(column, key, 0, new Range(rows, 0, count), words);
  }

  /** Writes the words of a step of the rows of a range to the same places of {@code words}. */
  static void write(ColumnVector column, SortKey key, int step, Range range, long[] words) {
    int from = range.from();
    int to = range.to();
    if (step == NULLS) {
      for (int i = from; i < to; i++) {
        words[i] = column.isNull(range.row(i)) == key.nullsFirst() ? 0 : 1;
      }
      return;
    }
    values(column, step, range.rows(), from, to, words);
    if (key.descending()) {
      for (int i = from; i < to; i++) {
        words[i] = ~words[i];
      }
    }
    if (step == 0 && column.mayHaveNulls()) {
      for (int i = from; i < to; i++) {
        if (column.isNull(range.row(i))) {
          words[i] = key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
      }
    }
  }

  private static void values(ColumnVector column, int step, int[] rows, int from, int to, long[] words) {
    if (column instanceof LongVector longs) {
      long[] values = longs.values();
      for (int i = from; i < to; i++) {
        words[i] = values[rows == null ? i : rows[i]];
      }
    } else if (column instanceof DoubleVector doubles) {
      for (int i = from; i < to; i++) {
        words[i] = word(doubles.get(rows == null ? i : rows[i]));
      }
    } else if (column instanceof BytesVector bytes) {
      for (int i = from; i < to; i++) {
        int row = rows == null ? i : rows[i];
        words[i] = step == LENGTHS ? bytes.lengths()[row] : word(bytes, row, step);
      }
    } else if (column instanceof DecimalVector decimals) {
      for (int i = from; i < to; i++) {
        int row = rows == null ? i : rows[i];
        words[i] = step == 0 ? decimals.high()[row] : decimals.low()[row] ^ Long.MIN_VALUE;
      }
    } else {
      Arrays.fill(words, from, to, 0);
    }
  }

  private static long word(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
  }

  /** Eight bytes, with zeros behind the end, as an unsigned number made signed. */
  private static long word(BytesVector bytes, int row, int number) {
    byte[] data = bytes.data();
    int start = bytes.starts()[row] + number * Long.BYTES;
    int length = Math.min(Long.BYTES, bytes.lengths()[row] - number * Long.BYTES);
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (data[start + i] & 0xFFL) << (Long.SIZE - Byte.SIZE * (i + 1));
    }
    return word ^ Long.MIN_VALUE;
  }

  /** The step that may tell the rows {@code rows[from .. to)} apart, whose words of this step are all the same. */
  static int next(ColumnVector column, int step, int[] rows, int from, int to) {
    if (column.mayHaveNulls() && (step == 0 || step == NULLS)) {
      int nulls = 0;
      for (int i = from; i < to; i++) {
        nulls += column.isNull(rows[i]) ? 1 : 0;
      }
      if (nulls > 0) {
        return nulls == to - from ? DONE : NULLS;
      }
    }
    int word = Math.max(step, 0);
    if (column instanceof BytesVector bytes && step != LENGTHS) {
      return nextOfBytes(bytes, word, rows, from, to);
    }
    return column instanceof DecimalVector && word == 0 ? 1 : DONE;
  }

  private static int nextOfBytes(BytesVector bytes, int word, int[] rows, int from, int to) {
    int shortest = Integer.MAX_VALUE;
    int longest = 0;
    for (int i = from; i < to; i++) {
      int length = bytes.lengths()[rows[i]];
      shortest = Math.min(shortest, length);
      longest = Math.max(longest, length);
    }
    if (longest > (word + 1L) * Long.BYTES) {
      return word + 1;
    }
    return shortest == longest ? DONE : LENGTHS;
  }
}
