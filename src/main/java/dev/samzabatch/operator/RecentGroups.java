package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.plan.Work;
import dev.samzabatch.plan.Work.AggregateMode;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.StreamReader;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What has come to a grouping without end since it was saved, and the changelog in which all of it ends up: as
 * increments, whose order does not matter. When the changelog has many more rows than there are groups, it is begun
 * anew with the groups as they are, so that it never grows beyond a multiple of the state.
 */
final class RecentGroups {

  /** A changelog with fewer rows is not begun anew. */
  static final int LEAST_ROWS = 100_000;

  /** Takes states: the keys, then the columns of the calls. */
  interface Increments {
    void take(RecordBatch states) throws IOException;
  }

  private final Work.Aggregate work;
  private final int[] keyColumns;
  private final int[] logKeys;
  private final List<DataType> keyTypes;
  private final Changelog log;
  private final int leastRows;
  private final ColumnVector[] states;
  private final GroupTable groups;
  private long loggedRows;

  /**
   * Without rows.
   *
   * @param work what to do, without distinct calls, in mode COMPLETE or FINAL
   * @param schema keys, then results
   * @param leastRows a changelog with fewer rows is not begun anew
   */
  RecentGroups(Work.Aggregate work, Schema schema, Changelog log, int leastRows) {
    this.work = work;
    this.log = log;
    this.leastRows = leastRows;
    keyColumns = work.keys().stream().mapToInt(Integer::intValue).toArray();
    logKeys = IntStream.range(0, keyColumns.length).toArray();
    keyTypes = schema.fields().stream().limit(keyColumns.length).map(Field::type).toList();
    states = log.schema().newVectors(RecordBatch.DEFAULT_ROWS);
    groups = newTable();
  }

  /** A table for these groups. */
  GroupTable newTable() {
    return new GroupTable(keyTypes, work.calls());
  }

  /** The key columns of increments. */
  int[] logKeys() {
    return logKeys;
  }

  /** Takes the rows of a batch. */
  void add(RecordBatch batch) {
    if (work.mode() == AggregateMode.FINAL) {
      groups.merge(batch, keyColumns);
    } else {
      groups.add(batch, keyColumns);
    }
  }

  /** Appends what has come to the changelog, hands it over, and forgets it. */
  void log(Increments increments) throws IOException {
    if (groups.rows() > 0) {
      append(groups, increments);
      groups.clear();
    }
  }

  private void append(GroupTable table, Increments increments) throws IOException {
    for (int from = 0; from < table.size(); from += RecordBatch.DEFAULT_ROWS) {
      int size = Math.min(RecordBatch.DEFAULT_ROWS, table.size() - from);
      table.writeStates(from, size, states);
      RecordBatch batch = RecordBatch.of(log.schema(), states, size);
      log.append(0, batch);
      loggedRows += size;
      increments.take(batch);
    }
  }

  /** Begins the changelog anew, when that is worth it, with all groups that are left; nothing is recent. */
  void shorten(Collection<GroupTable> all) throws IOException {
    long live = all.stream().mapToLong(GroupTable::size).sum();
    if (loggedRows > Math.max(leastRows, 2 * live)) {
      log.beginAnew();
      loggedRows = 0;
      for (GroupTable table : all) {
        append(table, states -> {});
      }
    }
  }

  /** Hands over what the changelog has. */
  void restore(Increments increments) throws IOException {
    FaultPoint.RESTORE_STATE.reach();
    try (StreamReader reader = log.read(0)) {
      for (RecordBatch batch = (RecordBatch) reader.poll(); batch != null; batch = (RecordBatch) reader.poll()) {
        loggedRows += batch.rowCount();
        increments.take(batch);
      }
    }
  }

  long memoryBytes() {
    return groups.memoryBytes();
  }
}
