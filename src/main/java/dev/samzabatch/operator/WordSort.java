package dev.samzabatch.operator;

/** A stable merge sort of row numbers by one word each, which moves along with its row. */
final class WordSort {

  private static final int SHORT = 16;

  private final int[] rows;
  private final long[] words;
  private final int[] spareRows;
  private final long[] spareWords;

  /** Sorts within these arrays, of equal length. */
  WordSort(int[] rows, long[] words) {
    this.rows = rows;
    this.words = words;
    spareRows = new int[rows.length];
    spareWords = new long[rows.length];
  }

  /** Sorts the rows {@code from .. to} and their words. */
  void sort(int from, int to) {
    for (int start = from; start < to; start += SHORT) {
      insert(start, Math.min(start + SHORT, to));
    }
    boolean spare = false;
    for (long width = SHORT; width < to - from; width *= 2) {
      for (long start = from; start < to; start += 2 * width) {
        int middle = (int) Math.min(start + width, to);
        int end = (int) Math.min(start + 2 * width, to);
        if (spare) {
          merge(spareWords, spareRows, (int) start, middle, end, words, rows);
        } else {
          merge(words, rows, (int) start, middle, end, spareWords, spareRows);
        }
      }
      spare = !spare;
    }
    if (spare) {
      System.arraycopy(spareWords, from, words, from, to - from);
      System.arraycopy(spareRows, from, rows, from, to - from);
    }
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long word = words[i];
      int row = rows[i];
      int at = i;
      while (at > from && words[at - 1] > word) {
        words[at] = words[at - 1];
        rows[at] = rows[at - 1];
        at--;
      }
      words[at] = word;
      rows[at] = row;
    }
  }

  private static void merge(
      long[] words, int[] rows, int from, int middle, int to, long[] targetWords, int[] targetRows) {
    int left = from;
    int right = middle;
    int at = from;
    boolean mixed = middle < to && words[middle - 1] > words[middle];
    while (mixed && left < middle && right < to) {
      int next = words[left] <= words[right] ? left++ : right++;
      targetWords[at] = words[next];
      targetRows[at++] = rows[next];
    }
    System.arraycopy(words, left, targetWords, at, middle - left);
    System.arraycopy(rows, left, targetRows, at, middle - left);
    at += middle - left;
    System.arraycopy(words, right, targetWords, at, to - right);
    System.arraycopy(rows, right, targetRows, at, to - right);
  }
}
