package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.state.RowBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * A stable sort of row numbers. All rows are sorted by the first word of their first key, then every run of equal words
 * by the next word or key, and so on: each step reads its words once, and sorts them side by side with the row numbers.
 * Short runs are compared row by row.
 */
final class RowSort {

  private static final int SHORT = 24;

  /** Rows {@code from .. to} that are equal so far; {@code key} and {@code step} say what to look at next. */
  private record Run(int from, int to, int key, int step) {}

  private final RowOrder order;
  private final RowBuffer buffer;
  private final int[] rows;
  private final long[] words;
  private final WordSort wordSort;
  private final Deque<Run> runs = new ArrayDeque<>();

  private RowSort(RowOrder order, RowBuffer buffer) {
    this.order = order;
    this.buffer = buffer;
    rows = IntStream.range(0, buffer.size()).toArray();
    words = new long[rows.length];
    wordSort = new WordSort(rows, words);
  }

  /** The numbers of the rows of a buffer in their order. */
  static int[] sorted(RowOrder order, RowBuffer buffer) {
    RowSort sort = new RowSort(order, buffer);
    sort.runs.push(new Run(0, buffer.size(), 0, 0));
    while (!sort.runs.isEmpty()) {
      sort.sort(sort.runs.pop());
    }
    return sort.rows;
  }

  private void sort(Run run) {
    ColumnVector column = buffer.column(order.key(run.key()).column());
    if (run.to() - run.from() <= SHORT) {
      insertByComparing(run);
    } else if (SortWords.has(column)) {
      SortWords.Range range = new SortWords.Range(rows, run.from(), run.to());
      SortWords.write(column, order.key(run.key()), run.step(), range, words);
      wordSort.sort(run.from(), run.to());
      pushEqualRuns(run, column);
    } else {
      sortByComparing(run);
    }
  }

  private void pushEqualRuns(Run run, ColumnVector column) {
    int to;
    for (int from = run.from(); from < run.to(); from = to) {
      to = from + 1;
      while (to < run.to() && words[to] == words[from]) {
        to++;
      }
      int step = to - from == 1 ? SortWords.DONE : SortWords.next(column, run.step(), rows, from, to);
      if (step != SortWords.DONE) {
        runs.push(new Run(from, to, run.key(), step));
      } else if (to - from > 1 && run.key() + 1 < order.size()) {
        runs.push(new Run(from, to, run.key() + 1, 0));
      }
    }
  }

  private void insertByComparing(Run run) {
    for (int i = run.from() + 1; i < run.to(); i++) {
      int row = rows[i];
      int at = i;
      while (at > run.from() && order.compare(buffer, run.key(), rows[at - 1], row) > 0) {
        rows[at] = rows[at - 1];
        at--;
      }
      rows[at] = row;
    }
  }

  /** For lists and records, whose values have no words. */
  private void sortByComparing(Run run) {
    Integer[] boxed = IntStream.range(run.from(), run.to()).mapToObj(i -> rows[i]).toArray(Integer[]::new);
    Arrays.sort(boxed, (one, other) -> order.compare(buffer, run.key(), one, other));
    for (int i = 0; i < boxed.length; i++) {
      rows[run.from() + i] = boxed[i];
    }
  }
}
