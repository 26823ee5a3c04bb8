package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.system.StreamReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * One side of a join of rows without end: its rows by slices of their time, each slice a table that the other side's
 * rows are looked up in. Rows without a time match nothing and are in no slice.
 *
 * <p>
 * One changelog has the rows, those of a slice in the order of their numbers; another the slices and numbers of rows
 * that have matched, when that decides what is emitted in the end.
 */
final class JoinSlices {

  /** A slice with what is logged of it. */
  private static final class Slice {
    private final JoinProbe rows;
    private int loggedRows;
    private boolean[] loggedMatches = new boolean[0];

    Slice(JoinProbe rows) {
      this.rows = rows;
    }
  }

  private final JoinShape shape;
  private final JoinProbe empty;
  private final int timeColumn;
  private final long width;
  private final Changelog rowLog;
  private final Changelog matchLog;
  private final ColumnVector[] logged;
  private final LongVector matchedSlices = new LongVector(RecordBatch.DEFAULT_ROWS);
  private final LongVector matchedRows = new LongVector(RecordBatch.DEFAULT_ROWS);
  private final TreeMap<Long, Slice> slices = new TreeMap<>();
  private int[] selection = new int[RecordBatch.DEFAULT_ROWS];
  private int[] places = new int[RecordBatch.DEFAULT_ROWS];
  private int matches;
  private long inLog;

  /**
   * Without rows.
   *
   * @param shape of which the build side is this side
   * @param timeColumn of this side
   * @param width of a slice, in microseconds
   */
  JoinSlices(JoinShape shape, int timeColumn, long width, Changelog rowLog, Changelog matchLog) {
    this.shape = shape;
    empty = new JoinProbe(shape);
    this.timeColumn = timeColumn;
    this.width = width;
    this.rowLog = rowLog;
    this.matchLog = matchLog;
    logged = rowLog.schema().newVectors(RecordBatch.DEFAULT_ROWS);
  }

  /** The start of the slice that a time is in. */
  long slice(long time) {
    return time - Math.floorMod(time, width);
  }

  /** Joins a batch of the other side, whose times are in this range, with the rows that are kept. */
  void probe(RecordBatch batch, long from, long to, PartialMatches found, Output output) throws IOException {
    NavigableMap<Long, Slice> near = slices.subMap(slice(from), true, slice(to), true);
    for (Slice slice : near.values()) {
      found.begin(false);
      slice.rows.probe(batch, found, output);
    }
  }

  /** Keeps copies of the rows of a batch of which it is known which have matched; those without a time are left out. */
  void keep(RecordBatch batch, PartialMatches found) {
    LongVector times = (LongVector) batch.column(timeColumn);
    int count = batch.rowCount();
    boolean[] kept = new boolean[count];
    if (count > selection.length) {
      selection = new int[count];
      places = new int[count];
    }
    for (int first = 0; first < count; first++) {
      if (kept[first] || times.isNull(batch.row(first))) {
        continue;
      }
      long start = slice(times.get(batch.row(first)));
      int size = 0;
      for (int i = first; i < count; i++) {
        int row = batch.row(i);
        if (!kept[i] && !times.isNull(row) && slice(times.get(row)) == start) {
          kept[i] = true;
          places[size] = i;
          selection[size++] = row;
        }
      }
      Slice slice = slices.computeIfAbsent(start, s -> new Slice(new JoinProbe(empty)));
      keep(slice, batch.withSelection(selection, size), found);
    }
  }

  private void keep(Slice slice, RecordBatch rows, PartialMatches found) {
    int first = slice.rows.build().size();
    slice.rows.add(rows);
    if (shape.emitsBuild()) {
      boolean[] matched = slice.rows.matched();
      for (int i = 0; i < rows.rowCount(); i++) {
        matched[first + i] = found.has(places[i]);
      }
    }
  }

  /** Emits the rows of a batch, with nulls beside them, if rows without a match are given. */
  void emitAlone(RecordBatch batch, Output output) throws IOException {
    if (shape.emitsBuild()) {
      JoinProbe rows = new JoinProbe(empty);
      rows.add(batch);
      rows.emitBuildRows(0, Integer.MAX_VALUE, output);
    }
  }

  /** The start of the first slice; {@link Long#MAX_VALUE} when there is none. */
  long first() {
    return slices.isEmpty() ? Long.MAX_VALUE : slices.firstKey();
  }

  /** Emits the rows of the slice that starts there and have not matched, if such rows are given, and forgets it. */
  void close(long start, Output output) throws IOException {
    Slice slice = slices.remove(start);
    if (slice != null) {
      slice.rows.emitBuildRows(0, Integer.MAX_VALUE, output);
    }
  }

  /** Appends to the changelogs what they do not have. */
  void save() throws IOException {
    for (Map.Entry<Long, Slice> slice : slices.entrySet()) {
      saveRows(slice.getValue());
      if (shape.emitsBuild()) {
        saveMatches(slice.getKey(), slice.getValue());
      }
    }
    appendMatches();
  }

  private void saveRows(Slice slice) throws IOException {
    BuildSide rows = slice.rows.build();
    while (slice.loggedRows < rows.kept()) {
      int count = Math.min(RecordBatch.DEFAULT_ROWS, rows.kept() - slice.loggedRows);
      rows.copy(slice.loggedRows, count, logged);
      rowLog.append(0, RecordBatch.of(rowLog.schema(), logged, count));
      slice.loggedRows += count;
      inLog += count;
    }
  }

  private void saveMatches(long start, Slice slice) throws IOException {
    boolean[] matched = slice.rows.matched();
    int size = slice.rows.build().size();
    slice.loggedMatches = Arrays.copyOf(slice.loggedMatches, Math.max(size, slice.loggedMatches.length));
    for (int row = 1; row < size; row++) {
      if (matched[row] && !slice.loggedMatches[row]) {
        slice.loggedMatches[row] = true;
        matchedSlices.set(matches, start);
        matchedRows.set(matches++, row);
        if (matches == RecordBatch.DEFAULT_ROWS) {
          appendMatches();
        }
      }
    }
  }

  private void appendMatches() throws IOException {
    if (matches > 0) {
      ColumnVector[] columns = {matchedSlices, matchedRows};
      matchLog.append(0, RecordBatch.of(matchLog.schema(), columns, matches));
      inLog += matches;
      matches = 0;
    }
  }

  /** How many rows and matches the changelogs have. */
  long loggedRows() {
    return inLog;
  }

  /** How many rows are kept. */
  long rows() {
    return slices.values().stream().mapToLong(slice -> slice.rows.build().kept()).sum();
  }

  /** Begins the changelogs anew; the next save appends all that there is. */
  void beginAnew() throws IOException {
    rowLog.beginAnew();
    matchLog.beginAnew();
    inLog = 0;
    for (Slice slice : slices.values()) {
      slice.loggedRows = 0;
      slice.loggedMatches = new boolean[0];
    }
  }

  /** Takes the rows back that are logged, but for slices that have been closed. */
  void restore(LongPredicate isClosed) throws IOException {
    PartialMatches none = new PartialMatches();
    try (StreamReader reader = rowLog.read(0)) {
      for (RecordBatch batch = (RecordBatch) reader.poll(); batch != null; batch = (RecordBatch) reader.poll()) {
        inLog += batch.rowCount();
        keep(batch, none);
      }
    }
    slices.keySet().removeIf(isClosed::test);
    for (Slice slice : slices.values()) {
      slice.loggedRows = slice.rows.build().kept();
      slice.loggedMatches = new boolean[slice.rows.build().size()];
    }
    try (StreamReader reader = matchLog.read(0)) {
      for (RecordBatch batch = (RecordBatch) reader.poll(); batch != null; batch = (RecordBatch) reader.poll()) {
        inLog += batch.rowCount();
        restoreMatches(batch);
      }
    }
  }

  private void restoreMatches(RecordBatch batch) {
    LongVector starts = (LongVector) batch.column(0);
    LongVector rows = (LongVector) batch.column(1);
    for (int i = 0; i < batch.rowCount(); i++) {
      Slice slice = slices.get(starts.get(i));
      if (slice != null) {
        slice.rows.matched()[(int) rows.get(i)] = true;
        slice.loggedMatches[(int) rows.get(i)] = true;
      }
    }
  }

  long memoryBytes() {
    long sum = 0;
    for (Slice slice : slices.values()) {
      sum += slice.rows.memoryBytes() + slice.loggedMatches.length;
    }
    return sum;
  }
}
