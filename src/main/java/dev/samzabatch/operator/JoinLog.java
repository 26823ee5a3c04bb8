package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.system.StreamReader;
import java.io.IOException;
import java.util.Arrays;

/**
 * Logs a join whose build side is in memory: the build rows in the order of their numbers, and the numbers of those
 * that have matched.
 */
final class JoinLog {

  private final Changelog build;
  private final Changelog matches;
  private int loggedRows;

  /** Whose match is logged, by row. */
  private boolean[] loggedMatches = new boolean[0];

  JoinLog(Changelog build, Changelog matches) {
    this.build = build;
    this.matches = matches;
  }

  /** Appends the build rows that are not logged yet. */
  void saveBuild(JoinProbe join) throws IOException {
    BuildSide rows = join.build();
    if (loggedRows == rows.kept()) {
      return;
    }
    ColumnVector[] columns = build.schema().newVectors(RecordBatch.DEFAULT_ROWS);
    while (loggedRows < rows.kept()) {
      int count = Math.min(RecordBatch.DEFAULT_ROWS, rows.kept() - loggedRows);
      rows.copy(loggedRows, count, columns);
      build.append(0, RecordBatch.of(build.schema(), columns, count));
      loggedRows += count;
    }
  }

  /** Appends the matches that are not logged yet, all build rows being there. */
  void saveMatches(JoinProbe join) throws IOException {
    boolean[] matched = join.matched();
    if (matched == null) {
      return;
    }
    int size = join.build().size();
    reserve(size);
    LongVector numbers = new LongVector(RecordBatch.DEFAULT_ROWS);
    int count = 0;
    for (int row = 1; row < size; row++) {
      if (matched[row] && !loggedMatches[row]) {
        loggedMatches[row] = true;
        numbers.set(count++, row);
        if (count == RecordBatch.DEFAULT_ROWS) {
          append(numbers, count);
          count = 0;
        }
      }
    }
    if (count > 0) {
      append(numbers, count);
    }
  }

  private void append(LongVector numbers, int count) throws IOException {
    matches.append(0, RecordBatch.of(matches.schema(), new ColumnVector[] {numbers}, count));
  }

  private void reserve(int size) {
    if (loggedMatches.length < size) {
      loggedMatches = Arrays.copyOf(loggedMatches, size);
    }
  }

  /** Gives a join without build rows those that are logged. */
  void restore(JoinProbe join) throws IOException {
    try (StreamReader rows = build.read(0)) {
      for (RecordBatch batch = next(rows); batch != null; batch = next(rows)) {
        join.add(batch);
      }
    }
    loggedRows = join.build().kept();
    boolean[] matched = join.matched();
    if (matched == null) {
      return;
    }
    reserve(join.build().size());
    try (StreamReader rows = matches.read(0)) {
      for (RecordBatch batch = next(rows); batch != null; batch = next(rows)) {
        LongVector numbers = (LongVector) batch.column(0);
        for (int i = 0; i < batch.rowCount(); i++) {
          matched[(int) numbers.get(i)] = true;
          loggedMatches[(int) numbers.get(i)] = true;
        }
      }
    }
  }

  private static RecordBatch next(StreamReader rows) throws IOException {
    return (RecordBatch) rows.poll();
  }

  long memoryBytes() {
    return loggedMatches.length;
  }
}
