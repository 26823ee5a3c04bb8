package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.BatchFilter;
import dev.samzabatch.expr.Filters;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Joins batches of the probe side with a build side in memory.
 *
 * <p>
 * Every probe row meets the chain of build rows of its key. Where no key repeats, a probe batch goes out with its own
 * columns and its build columns gathered beside them; otherwise pairs of row numbers are listed and gathered, at most
 * {@value #PAIRS} at a time, however many matches one row has. A further condition filters the pairs before they count
 * as matches.
 */
final class JoinProbe {

  private static final int PAIRS = RecordBatch.DEFAULT_ROWS;
  private static final int SPARSE = 4;

  private final JoinShape shape;
  private final boolean semi;
  private final boolean leftOnly;
  private final boolean outerProbe;
  private final boolean givesBuildOnly;
  private final boolean givesProbeOnly;
  private final int[] probeKeys;
  private final Optional<BatchFilter> condition;
  private final Schema pairSchema;
  private final ColumnVector[] buildColumns;
  private final ColumnVector[] probeColumns;

  /** Whether it is of interest which rows have matched. */
  private final boolean marks;

  private BuildSide build;

  /** Which build rows have matched, by row; null when nobody asks. */
  private boolean[] buildMatched;

  /** Which physical rows of the probe batch have matched. */
  private boolean[] probeMatched = new boolean[RecordBatch.DEFAULT_ROWS];

  private int[] firsts = new int[RecordBatch.DEFAULT_ROWS];
  private int[] selection = new int[RecordBatch.DEFAULT_ROWS];
  private int[] buildRows = new int[PAIRS];
  private final int[] probeRows;
  private int pairs;

  /** One with an empty build side. */
  JoinProbe(JoinShape shape) {
    this.shape = shape;
    semi = shape.type() == JoinType.SEMI;
    leftOnly = shape.type().leftOnly();
    outerProbe = shape.outerProbe();
    givesBuildOnly = shape.givesBuildOnly();
    givesProbeOnly = shape.givesProbeOnly();
    probeKeys = shape.probeKeys();
    condition = shape.work().condition().map(Filters::compile);
    pairSchema = shape.pairSchema();
    buildColumns = shape.buildSchema().newVectors(PAIRS);
    probeColumns = shape.probeSchema().newVectors(PAIRS);
    probeRows = new int[PAIRS];
    marks = shape.emitsBuild() || outerProbe || givesProbeOnly;
    clear();
  }

  /** One with an empty build side that shares the working memory of another: they are used one at a time. */
  JoinProbe(JoinProbe other) {
    shape = other.shape;
    semi = other.semi;
    leftOnly = other.leftOnly;
    outerProbe = other.outerProbe;
    givesBuildOnly = other.givesBuildOnly;
    givesProbeOnly = other.givesProbeOnly;
    probeKeys = other.probeKeys;
    condition = other.condition;
    pairSchema = other.pairSchema;
    buildColumns = other.buildColumns;
    probeColumns = other.probeColumns;
    probeRows = other.probeRows;
    marks = other.marks;
    clear();
  }

  /** Forgets the build side. */
  void clear() {
    build = shape.newBuildSide();
    buildMatched = shape.emitsBuild() ? new boolean[RecordBatch.DEFAULT_ROWS] : null;
  }

  /** Adds rows to the build side. */
  void add(RecordBatch batch) {
    build.add(batch);
  }

  /** The build side. */
  BuildSide build() {
    return build;
  }

  /** Joins a batch with the whole build side. */
  void probe(RecordBatch batch, Output output) throws IOException {
    reserve(batch);
    match(batch, outerProbe && condition.isEmpty(), output);
    if (givesProbeOnly) {
      emitChosen(batch, output);
    } else if (outerProbe && condition.isPresent()) {
      emitProbeUnmatched(batch, output);
    }
  }

  /** Joins a batch with a part of the build side. */
  void probe(RecordBatch batch, PartialMatches matches, Output output) throws IOException {
    reserve(batch);
    match(batch, false, output);
    matches.join(batch, probeMatched);
    if (matches.isLast() && givesProbeOnly) {
      emitChosen(batch, output);
    } else if (matches.isLast() && outerProbe) {
      emitProbeUnmatched(batch, output);
    }
  }

  /**
   * Marks and emits matches.
   *
   * @param withUnmatched whether rows without a match are to be emitted on the way
   */
  private void match(RecordBatch batch, boolean withUnmatched, Output output) throws IOException {
    build.find(batch, probeKeys, firsts);
    if (condition.isEmpty() && givesProbeOnly) {
      markProbe(batch);
    } else if (condition.isEmpty() && givesBuildOnly) {
      markBuild(batch);
    } else if (build.anyRepeated() || batch.rowCount() * SPARSE < batch.physicalRows()) {
      probeChains(batch, withUnmatched, output);
    } else {
      probeOnce(batch, withUnmatched, output);
    }
  }

  private void reserve(RecordBatch batch) {
    int physical = batch.physicalRows();
    if (physical > selection.length) {
      selection = new int[physical];
      firsts = new int[physical];
      buildRows = new int[physical];
      probeMatched = new boolean[physical];
    }
    Arrays.fill(probeMatched, 0, physical, false);
    reserveMarks();
  }

  private void reserveMarks() {
    if (buildMatched != null && buildMatched.length < build.size()) {
      buildMatched = Arrays.copyOf(buildMatched, build.size());
    }
  }

  private void markProbe(RecordBatch batch) {
    for (int i = 0; i < batch.rowCount(); i++) {
      probeMatched[batch.row(i)] = firsts[i] != 0;
    }
  }

  private void markBuild(RecordBatch batch) {
    int[] next = build.next();
    for (int i = 0; i < batch.rowCount(); i++) {
      for (int row = firsts[i]; row != 0 && !buildMatched[row]; row = next[row]) {
        buildMatched[row] = true;
      }
    }
  }

  /** Joins where every probe row has at most one match: the probe columns go out as they are. */
  private void probeOnce(RecordBatch batch, boolean withUnmatched, Output output) throws IOException {
    int physical = batch.physicalRows();
    Arrays.fill(buildRows, 0, physical, 0);
    int count = 0;
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      buildRows[row] = firsts[i];
      selection[count] = row;
      count += firsts[i] != 0 || withUnmatched ? 1 : 0;
    }
    if (count > 0) {
      build.gather(buildRows, physical, buildColumns);
      ColumnVector[] columns = columns(batch);
      RecordBatch met =
          count == batch.rowCount()
              ? batch.withColumns(pairSchema, columns)
              : RecordBatch.selected(pairSchema, columns, selection, count);
      RecordBatch matches = condition.isPresent() ? condition.get().filter(met) : met;
      for (int i = 0; marks && i < matches.rowCount(); i++) {
        mark(matches.row(i), buildRows[matches.row(i)]);
      }
      emitMatches(matches, columns, output);
    }
  }

  /** The batch's columns and the gathered build columns, left before right. */
  private ColumnVector[] columns(RecordBatch probed) {
    ColumnVector[] probe = new ColumnVector[probed.columnCount()];
    for (int i = 0; i < probe.length; i++) {
      probe[i] = probed.column(i);
    }
    return shape.columns(buildColumns, probe);
  }

  private void mark(int probeRow, int buildRow) {
    probeMatched[probeRow] = true;
    if (buildMatched != null) {
      buildMatched[buildRow] = true;
    }
  }

  private void emitMatches(RecordBatch matches, ColumnVector[] columns, Output output) throws IOException {
    if (!leftOnly && matches.rowCount() > 0) {
      output.emit(matches.withColumns(shape.schema(), columns));
    }
  }

  private void probeChains(RecordBatch batch, boolean withUnmatched, Output output) throws IOException {
    int[] next = build.next();
    for (int i = 0; i < batch.rowCount(); i++) {
      int probeRow = batch.row(i);
      int row = firsts[i];
      if (row == 0 && withUnmatched) {
        pair(batch, probeRow, 0, output);
      }
      for (; row != 0; row = next[row]) {
        pair(batch, probeRow, row, output);
      }
    }
    emitPairs(batch, output);
  }

  private void pair(RecordBatch batch, int probeRow, int buildRow, Output output) throws IOException {
    probeRows[pairs] = probeRow;
    buildRows[pairs++] = buildRow;
    if (pairs == PAIRS) {
      emitPairs(batch, output);
    }
  }

  private void emitPairs(RecordBatch batch, Output output) throws IOException {
    int count = pairs;
    pairs = 0;
    if (count == 0) {
      return;
    }
    for (int i = 0; i < probeColumns.length; i++) {
      probeColumns[i].clear();
      probeColumns[i].copy(batch.column(i), probeRows, 0, count, 0);
    }
    build.gather(buildRows, count, buildColumns);
    ColumnVector[] columns = shape.columns(buildColumns, probeColumns);
    RecordBatch met = RecordBatch.of(pairSchema, columns, count);
    RecordBatch matches = condition.isPresent() ? condition.get().filter(met) : met;
    for (int i = 0; marks && i < matches.rowCount(); i++) {
      mark(probeRows[matches.row(i)], buildRows[matches.row(i)]);
    }
    emitMatches(matches, columns, output);
  }

  /** Lists the selected rows that have matched, or those that have not. */
  private int select(RecordBatch batch, boolean matched) {
    int count = 0;
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      selection[count] = row;
      count += probeMatched[row] == matched ? 1 : 0;
    }
    return count;
  }

  private void emitChosen(RecordBatch batch, Output output) throws IOException {
    int count = select(batch, semi);
    if (count > 0) {
      ColumnVector[] columns = new ColumnVector[batch.columnCount()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = batch.column(i);
      }
      output.emit(RecordBatch.selected(shape.schema(), columns, selection, count));
    }
  }

  private void emitProbeUnmatched(RecordBatch batch, Output output) throws IOException {
    int count = select(batch, false);
    if (count > 0) {
      int physical = batch.physicalRows();
      Arrays.fill(buildRows, 0, physical, 0);
      build.gather(buildRows, physical, buildColumns);
      output.emit(RecordBatch.selected(shape.schema(), columns(batch), selection, count));
    }
  }

  /**
   * Emits those build rows that are to go out at the end, from a row on, in at most so many batches.
   *
   * @return the row to go on with; {@link BuildSide#size()} when there are no more
   */
  int emitBuildRows(int from, int mostBatches, Output output) throws IOException {
    if (buildMatched == null) {
      return build.size();
    }
    reserveMarks();
    for (ColumnVector column : probeColumns) {
      column.clear();
      column.ensureCapacity(PAIRS);
      Arrays.fill(column.writableNulls(), true);
    }
    int row = Math.max(1, from);
    for (int batches = 0; row < build.size() && batches < mostBatches; row++) {
      buildRows[pairs] = row;
      pairs += buildMatched[row] == semi ? 1 : 0;
      if (pairs == PAIRS) {
        emitBuildRows(output);
        batches++;
      }
    }
    emitBuildRows(output);
    return row;
  }

  private void emitBuildRows(Output output) throws IOException {
    if (pairs > 0) {
      build.gather(buildRows, pairs, buildColumns);
      ColumnVector[] columns = leftOnly ? buildColumns : shape.columns(buildColumns, probeColumns);
      output.emit(RecordBatch.of(shape.schema(), columns, pairs));
      pairs = 0;
    }
  }

  /** Which build rows have matched, by number, up to {@link BuildSide#size()}; null when it is of no interest. */
  boolean[] matched() {
    reserveMarks();
    return buildMatched;
  }

  long memoryBytes() {
    return build.memoryBytes() + (buildMatched == null ? 0 : buildMatched.length);
  }
}
