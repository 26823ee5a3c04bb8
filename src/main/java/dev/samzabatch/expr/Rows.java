package dev.samzabatch.expr;

import dev.samzabatch.data.RecordBatch;

/**
 * Lists of physical rows, ascending, in the first places of an array; a null array stands for {@code 0, 1, 2, ...}. A
 * target may be the array that is read, since it never gets ahead of it.
 */
final class Rows {

  private Rows() {}

  /** The i-th row of a list. */
  static int at(int[] rows, int i) {
    return rows == null ? i : rows[i];
  }

  /** The array, or a longer one when it has less than {@code count} places; the contents are not kept. */
  static int[] room(int[] array, int count) {
    return array.length >= count ? array : new int[Math.max(count, RecordBatch.DEFAULT_ROWS)];
  }

  /** Writes the rows that are not null to the target and returns how many they are. */
  static int notNull(boolean[] nulls, int[] rows, int count, int[] target) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = at(rows, i);
      target[kept] = row;
      kept += nulls[row] ? 0 : 1;
    }
    return kept;
  }

  /** Writes the rows that are null to the target and returns how many they are. */
  static int areNull(boolean[] nulls, int[] rows, int count, int[] target) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = at(rows, i);
      target[kept] = row;
      kept += nulls[row] ? 1 : 0;
    }
    return kept;
  }

  /** Writes all rows to the target and returns how many they are. */
  static int copy(int[] rows, int count, int[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = at(rows, i);
    }
    return count;
  }

  /** Writes the rows that are not among {@code others}, a part of them, to the target and returns how many they are. */
  static int without(int[] rows, int count, int[] others, int otherCount, int[] target) {
    int kept = 0;
    int next = 0;
    for (int i = 0; i < count; i++) {
      int row = at(rows, i);
      if (next < otherCount && others[next] == row) {
        next++;
      } else {
        target[kept++] = row;
      }
    }
    return kept;
  }

  /**
   * Merges two lists without a row in common into the target, which is neither of them, and returns how many they are.
   */
  static int merge(int[] first, int firstCount, int[] second, int secondCount, int[] target) {
    int kept = 0;
    int a = 0;
    int b = 0;
    while (a < firstCount || b < secondCount) {
      target[kept++] = b == secondCount || a < firstCount && first[a] < second[b] ? first[a++] : second[b++];
    }
    return kept;
  }
}
