package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Merges sorted runs by a tree of losers; of equal rows those of the earlier run come first. Rows are told apart by the
 * first word of their first key, and compared only when it ties.
 *
 * <p>
 * What is taken is gathered in two steps, so that values are copied in bulk: from every run its rows one behind the
 * other, then all of them into their order.
 */
final class RunMerge implements Closeable {

  private static final int NOBODY = -1;

  private final RowOrder order;
  private final RunCursor[] runs;

  /** The word of each run's present row. */
  private final long[] words;

  /** Which runs have a present row. */
  private final boolean[] alive;

  /** Place 0: the run whose row comes next; place n: the run that lost in the n-th match. */
  private final int[] tree;

  /** What has been taken, without the column of the run, in the order in which it was fetched. */
  private final ColumnVector[] fetched;

  /** Which fetched row belongs to each place. */
  private final int[] places = new int[RecordBatch.DEFAULT_ROWS];

  private int fetchedRows;

  /**
   * Nothing is read before the first row is taken.
   *
   * @param order of the logged rows, which have the number of their run before their columns
   * @param runs the earlier ones first
   * @param fetched empty vectors for the columns without the run's number
   */
  RunMerge(RowOrder order, List<RunCursor> runs, ColumnVector[] fetched) {
    this.order = order;
    this.runs = runs.toArray(RunCursor[]::new);
    this.fetched = fetched;
    words = new long[this.runs.length];
    alive = new boolean[this.runs.length];
    tree = new int[this.runs.length];
    Arrays.fill(tree, NOBODY);
  }

  private void begin() throws IOException {
    for (int run = 0; run < runs.length; run++) {
      alive[run] = runs[run].load();
      words[run] = alive[run] ? runs[run].word() : 0;
    }
    for (int run = 0; run < runs.length; run++) {
      play(run);
    }
  }

  /** Lets a run climb from its leaf until it loses; where nobody has played yet, it waits. */
  private void play(int run) {
    int winner = run;
    for (int at = (run + tree.length) / 2; at > 0; at /= 2) {
      int other = tree[at];
      if (other == NOBODY) {
        tree[at] = winner;
        return;
      }
      if (isBefore(other, winner)) {
        tree[at] = winner;
        winner = other;
      }
    }
    tree[0] = winner;
  }

  private boolean isBefore(int one, int other) {
    if (!alive[one] || !alive[other]) {
      return alive[one];
    }
    if (words[one] != words[other]) {
      return words[one] < words[other];
    }
    RunCursor a = runs[one];
    RunCursor b = runs[other];
    int compared = order.compare(a.batch(), a.row(), b.batch(), b.row());
    return compared < 0 || compared == 0 && one < other;
  }

  /**
   * Puts the next rows into the vectors, one a column without that of the run.
   *
   * @param most at most {@link RecordBatch#DEFAULT_ROWS}
   * @return how many rows; fewer than {@code most} only at the end
   */
  int next(int most, ColumnVector[] target) throws IOException {
    for (ColumnVector column : fetched) {
      column.clear();
    }
    fetchedRows = 0;
    int count = take(most, true);
    for (RunCursor run : runs) {
      fetch(run);
    }
    for (int i = 0; i < target.length; i++) {
      target[i].clear();
      target[i].copy(fetched[i], places, 0, count, 0);
    }
    return count;
  }

  /** Passes over the next rows, at most {@link RecordBatch#DEFAULT_ROWS}; returns how many. */
  int skip(int most) throws IOException {
    int count = take(most, false);
    for (RunCursor run : runs) {
      run.forgetTaken();
    }
    return count;
  }

  private int take(int most, boolean wanted) throws IOException {
    if (tree[0] == NOBODY) {
      begin();
    }
    int count = 0;
    while (count < most && alive[tree[0]]) {
      int winner = tree[0];
      RunCursor run = runs[winner];
      if (!run.take(count++)) {
        if (wanted) {
          fetch(run);
        }
        run.forgetTaken();
        alive[winner] = run.load();
      }
      words[winner] = alive[winner] ? run.word() : 0;
      play(winner);
    }
    return count;
  }

  /** Copies the rows that were taken from the run's present batch. */
  private void fetch(RunCursor run) {
    int count = run.taken();
    if (count == 0) {
      return;
    }
    for (int i = 0; i < fetched.length; i++) {
      fetched[i].copy(run.batch().column(i + 1), run.takenRows(), 0, count, fetchedRows);
    }
    int[] takenPlaces = run.takenPlaces();
    for (int i = 0; i < count; i++) {
      places[takenPlaces[i]] = fetchedRows + i;
    }
    fetchedRows += count;
    run.forgetTaken();
  }

  @Override
  public void close() throws IOException {
    for (RunCursor run : runs) {
      run.close();
    }
  }
}
