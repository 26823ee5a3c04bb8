package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.RowBuffer;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The sorted runs of one sort, one behind the other in part 0 of a changelog. The rows that fill memory are numbered 0,
 * 1, 2, ... and become one run each; when there are too many to be read at once, neighbours are merged into one run,
 * which is appended as well. Every row carries the number of its run:
 *
 * <pre>
 * run = first &lt;&lt; 32 | last   of the numbers whose rows it has
 * </pre>
 *
 * A run counts until one behind it has its numbers, so that which runs count follows from the log alone. A run is
 * appended as a whole between two commits, and begins a block of the log, so that no batch that is read has rows of
 * two. Of each run only as many rows are kept as are wanted of all.
 */
final class SortedRuns {

  /** Heap that reading one run takes, about: a piece of the file and the batch made of it. */
  static final long OPEN_RUN_BYTES = 384 << 10;

  private static final int MOST_RUNS = 64;
  private static final int FEWEST_RUNS = 3;

  /** A run that counts. */
  private record Run(int first, int last, long rows, Map<String, LanePosition> start) {}

  private final Changelog log;
  private final RowOrder order;
  private final Schema schema;
  private final long wanted;
  private final int mostRuns;
  private final List<Run> runs = new ArrayList<>();
  private final LongVector run = new LongVector(RecordBatch.DEFAULT_ROWS);
  private long worst = Long.MAX_VALUE;

  /**
   * No runs yet.
   *
   * @param order of the rows
   * @param schema of the rows, without the number of the run
   * @param wanted how many rows are wanted of all
   * @param memoryBytes heap that reading runs may take, about
   */
  SortedRuns(Changelog log, RowOrder order, Schema schema, long wanted, long memoryBytes) {
    this.log = log;
    this.order = order.behind(1);
    this.schema = schema;
    this.wanted = wanted;
    mostRuns = (int) Math.max(FEWEST_RUNS, Math.min(MOST_RUNS, memoryBytes / OPEN_RUN_BYTES));
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** How many runs there are. */
  int count() {
    return runs.size();
  }

  /** How many rows all runs have. */
  long rows() {
    return runs.stream().mapToLong(Run::rows).sum();
  }

  /** Rows whose first word is larger come behind the wanted ones of some run. */
  long worst() {
    return worst;
  }

  /** Appends those rows of a buffer that may be wanted, in the order that is listed, as one run. */
  void append(RowBuffer rows, int[] sorted) throws IOException {
    long count = Math.min(wanted, sorted.length);
    if (count == 0) {
      return;
    }
    int number = runs.isEmpty() ? 0 : runs.get(runs.size() - 1).last() + 1;
    Run appended = new Run(number, number, count, log.end(0));
    ColumnVector[] columns = schema.newVectors(RecordBatch.DEFAULT_ROWS);
    for (int from = 0; from < count; from += RecordBatch.DEFAULT_ROWS) {
      int size = (int) Math.min(RecordBatch.DEFAULT_ROWS, count - from);
      rows.gather(sorted, from, size, columns);
      append(appended, columns, size, from);
    }
    add(appended);
    mergeTooMany();
  }

  /** Appends some rows of a run, of which {@code from} are there already. */
  private void append(Run target, ColumnVector[] columns, int count, long from) throws IOException {
    ColumnVector[] logged = new ColumnVector[columns.length + 1];
    System.arraycopy(columns, 0, logged, 1, columns.length);
    Arrays.fill(run.values(), 0, count, number(target));
    logged[0] = run;
    RecordBatch batch = RecordBatch.of(log.schema(), logged, count);
    log.append(0, batch);
    noteWorst(batch, from);
  }

  private static long number(Run run) {
    return (long) run.first() << Integer.SIZE | run.last();
  }

  private void noteWorst(RecordBatch batch, long from) {
    if (from < wanted && wanted <= from + batch.rowCount()) {
      SortKey first = order.key(0);
      long[] word = new long[1];
      SortWords.write(batch.column(first.column()), first, new int[] {(int) (wanted - 1 - from)}, 1, word);
      worst = Math.min(worst, word[0]);
    }
  }

  /** Adds a run in the place of those whose numbers it has. */
  private void add(Run added) {
    int at = 0;
    while (at < runs.size() && runs.get(at).last() < added.first()) {
      at++;
    }
    runs.removeIf(old -> old.first() >= added.first() && old.last() <= added.last());
    runs.add(at, added);
  }

  /** After a restart there may be less memory than there was. */
  private void mergeTooMany() throws IOException {
    while (runs.size() > mostRuns) {
      mergeSmallest();
    }
  }

  /** Merges those neighbours, half as many as there may be runs, that have the fewest rows. */
  private void mergeSmallest() throws IOException {
    int width = Math.max(2, mostRuns / 2);
    int best = 0;
    long fewest = Long.MAX_VALUE;
    for (int from = 0; from + width <= runs.size(); from++) {
      long rows = runs.subList(from, from + width).stream().mapToLong(Run::rows).sum();
      if (rows < fewest) {
        fewest = rows;
        best = from;
      }
    }
    List<Run> parts = List.copyOf(runs.subList(best, best + width));
    Run merged =
        new Run(parts.get(0).first(), parts.get(width - 1).last(), Math.min(wanted, fewest), log.end(0));
    ColumnVector[] columns = schema.newVectors(RecordBatch.DEFAULT_ROWS);
    try (RunMerge merge = merge(parts)) {
      int count;
      for (long from = 0; from < merged.rows(); from += count) {
        count = merge.next((int) Math.min(RecordBatch.DEFAULT_ROWS, merged.rows() - from), columns);
        append(merged, columns, count, from);
      }
    }
    add(merged);
  }

  /** Merges all runs; there is at least one. */
  RunMerge merge() throws IOException {
    mergeTooMany();
    return merge(runs);
  }

  private RunMerge merge(List<Run> parts) throws IOException {
    List<RunCursor> cursors = new ArrayList<>();
    for (Run part : parts) {
      cursors.add(new RunCursor(log.read(0, part.start()), part.rows(), order.key(0)));
    }
    return new RunMerge(order, cursors, schema.newVectors(RecordBatch.DEFAULT_ROWS));
  }

  /** Finds the runs of the log. */
  void restore() throws IOException {
    try (StreamReader reader = log.read(0)) {
      Map<String, LanePosition> start = reader.position();
      Run open = null;
      for (RecordBatch batch = next(reader); batch != null; batch = next(reader)) {
        long number = ((LongVector) batch.column(0)).get(0);
        if (open == null || number != number(open)) {
          if (open != null) {
            add(open);
          }
          open = new Run((int) (number >>> Integer.SIZE), (int) number, 0, start);
        }
        noteWorst(batch, open.rows());
        open = new Run(open.first(), open.last(), open.rows() + batch.rowCount(), open.start());
        start = reader.position();
      }
      if (open != null) {
        add(open);
      }
    }
  }

  private static RecordBatch next(StreamReader reader) throws IOException {
    return (RecordBatch) reader.poll();
  }
}
