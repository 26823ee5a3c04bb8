package dev.samzabatch.operator;

/** A stable merge sort of row numbers by one word each, which moves along with its row. */
final class WordSort {

  private static final int SHORT = 16;

  /** Words and the rows that they belong to, by place. */
  private record Pairs(long[] words, int[] rows) {}

  private final int[] rows;
  private final long[] words;
  private final Pairs own;
  private final Pairs spares;

  /** Sorts within these arrays, of equal length. */
  WordSort(int[] rows, long[] words) {
    this.rows = rows;
    this.words = words;
    own = new Pairs(words, rows);
    spares = new Pairs(new long[rows.length], new int[rows.length]);
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
        merge(spare ? spares : own, (int) start, middle, end, spare ? own : spares);
      }
      spare = !spare;
    }
    if (spare) {
      System.arraycopy(spares.words(), from, words, from, to - from);
      System.arraycopy(spares.rows(), from, rows, from, to - from);
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

  private static void merge(Pairs source, int from, int middle, int to, Pairs target) {
    long[] words = source.words();
    int[] rows = source.rows();
    long[] targetWords = target.words();
    int[] targetRows = target.rows();
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
