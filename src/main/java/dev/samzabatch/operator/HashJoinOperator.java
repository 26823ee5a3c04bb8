package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.BatchFilter;
import dev.samzabatch.expr.Filters;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.plan.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Joins by a table: port 0 brings the build side, which is kept, port 1 the probe side, which streams by.
 *
 * <p>
 * Every probe row meets the chain of build rows of its key. Where no key repeats, a probe batch goes out with its own
 * columns and its build columns gathered beside them; otherwise pairs of row numbers are listed and gathered, at most
 * {@value #PAIRS} at a time, however many matches one row has. A further condition filters the pairs before they count
 * as matches.
 */
public final class HashJoinOperator implements Operator {

  private static final int PAIRS = RecordBatch.DEFAULT_ROWS;
  private static final int SPARSE = 4;

  private final JoinType type;
  private final boolean buildLeft;
  private final int[] probeKeys;
  private final Optional<BatchFilter> condition;
  private final Schema schema;
  private final Schema pairSchema;
  private final int leftColumns;
  private final BuildSide build;
  private final ColumnVector[] buildColumns;
  private final ColumnVector[] probeColumns;

  /** Whether it is of interest which rows have matched. */
  private final boolean marks;

  /** Which build rows have matched, by row; null when nobody asks. */
  private boolean[] buildMatched;

  /** Which physical rows of the probe batch have matched. */
  private boolean[] probeMatched = new boolean[RecordBatch.DEFAULT_ROWS];

  private int[] firsts = new int[RecordBatch.DEFAULT_ROWS];
  private int[] selection = new int[RecordBatch.DEFAULT_ROWS];
  private int[] buildRows = new int[PAIRS];
  private final int[] probeRows = new int[PAIRS];
  private int pairs;

  /**
   * Makes an operator with an empty build side.
   *
   * @param left schema of the left input
   * @param right schema of the right input
   * @param schema left columns, then right ones; only left ones for SEMI and ANTI
   */
  public HashJoinOperator(Work.Join work, Schema left, Schema right, Schema schema) {
    this.type = work.type();
    this.buildLeft = work.buildLeft();
    this.condition = work.condition().map(Filters::compile);
    this.schema = schema;
    int[] leftKeys = work.leftKeys().stream().mapToInt(Integer::intValue).toArray();
    int[] rightKeys = work.rightKeys().stream().mapToInt(Integer::intValue).toArray();
    probeKeys = buildLeft ? rightKeys : leftKeys;
    pairSchema = pairSchema(left, right);
    leftColumns = left.size();
    boolean keepsBuild = buildLeft ? type.keepsLeft() : type.keepsRight();
    boolean onlyKeys = type.leftOnly() && !buildLeft && condition.isEmpty();
    build =
        new BuildSide(
            buildLeft ? left : right,
            buildLeft ? leftKeys : rightKeys,
            new BuildSide.Keeps(outerProbe(), keepsBuild, onlyKeys));
    buildColumns = vectors(buildLeft ? left : right);
    probeColumns = vectors(buildLeft ? right : left);
    buildMatched = keepsBuild || givesBuildOnly() ? new boolean[RecordBatch.DEFAULT_ROWS] : null;
    marks = buildMatched != null || outerProbe() || givesProbeOnly();
  }

  /** Names do not matter to a condition, and the two sides may have the same. */
  private static Schema pairSchema(Schema left, Schema right) {
    List<Field> fields = new ArrayList<>();
    left.fields().forEach(f -> fields.add(Field.optional("left" + fields.size(), f.type())));
    right.fields().forEach(f -> fields.add(Field.optional("right" + fields.size(), f.type())));
    return new Schema(fields);
  }

  private static ColumnVector[] vectors(Schema schema) {
    return schema.fields().stream().map(f -> f.type().newVector(PAIRS)).toArray(ColumnVector[]::new);
  }

  /** Whether probe rows without a match go out with nulls. */
  private boolean outerProbe() {
    return !type.leftOnly() && (buildLeft ? type.keepsRight() : type.keepsLeft());
  }

  /** Whether matches only choose among the build rows. */
  private boolean givesBuildOnly() {
    return type.leftOnly() && buildLeft;
  }

  /** Whether matches only choose among the probe rows. */
  private boolean givesProbeOnly() {
    return type.leftOnly() && !buildLeft;
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    if (port == 0) {
      build.add(batch);
    } else if (batch.rowCount() > 0) {
      probe(batch, output);
    }
  }

  private void probe(RecordBatch batch, Output output) throws IOException {
    reserve(batch);
    build.find(batch, probeKeys, firsts);
    if (condition.isEmpty() && givesProbeOnly()) {
      markProbe(batch);
    } else if (condition.isEmpty() && givesBuildOnly()) {
      markBuild(batch);
    } else if (build.anyRepeated() || batch.rowCount() * SPARSE < batch.physicalRows()) {
      probeChains(batch, output);
    } else {
      probeOnce(batch, output);
    }
    if (givesProbeOnly()) {
      emitChosen(batch, type == JoinType.SEMI, output);
    } else if (outerProbe() && condition.isPresent()) {
      emitProbeUnmatched(batch, output);
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
  private void probeOnce(RecordBatch batch, Output output) throws IOException {
    int physical = batch.physicalRows();
    Arrays.fill(buildRows, 0, physical, 0);
    boolean withUnmatched = outerProbe() && condition.isEmpty();
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
    return columns(probe);
  }

  private ColumnVector[] columns(ColumnVector[] probe) {
    ColumnVector[] columns = new ColumnVector[pairSchema.size()];
    ColumnVector[] left = buildLeft ? buildColumns : probe;
    ColumnVector[] right = buildLeft ? probe : buildColumns;
    System.arraycopy(left, 0, columns, 0, leftColumns);
    System.arraycopy(right, 0, columns, leftColumns, right.length);
    return columns;
  }

  private void mark(int probeRow, int buildRow) {
    probeMatched[probeRow] = true;
    if (buildMatched != null) {
      buildMatched[buildRow] = true;
    }
  }

  private void emitMatches(RecordBatch matches, ColumnVector[] columns, Output output) throws IOException {
    if (!type.leftOnly() && matches.rowCount() > 0) {
      output.emit(matches.withColumns(schema, columns));
    }
  }

  private void probeChains(RecordBatch batch, Output output) throws IOException {
    int[] next = build.next();
    boolean withUnmatched = outerProbe() && condition.isEmpty();
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
    ColumnVector[] columns = columns(probeColumns);
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

  private void emitChosen(RecordBatch batch, boolean matched, Output output) throws IOException {
    int count = select(batch, matched);
    if (count > 0) {
      ColumnVector[] columns = new ColumnVector[batch.columnCount()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = batch.column(i);
      }
      output.emit(RecordBatch.selected(schema, columns, selection, count));
    }
  }

  private void emitProbeUnmatched(RecordBatch batch, Output output) throws IOException {
    int count = select(batch, false);
    if (count > 0) {
      int physical = batch.physicalRows();
      Arrays.fill(buildRows, 0, physical, 0);
      build.gather(buildRows, physical, buildColumns);
      output.emit(RecordBatch.selected(schema, columns(batch), selection, count));
    }
  }

  @Override
  public void endOfStream(int port, Output output) throws IOException {
    if (port == 0 || buildMatched == null) {
      return;
    }
    if (buildMatched.length < build.size()) {
      buildMatched = Arrays.copyOf(buildMatched, build.size());
    }
    for (ColumnVector column : probeColumns) {
      column.clear();
      column.ensureCapacity(PAIRS);
      Arrays.fill(column.writableNulls(), true);
    }
    boolean wanted = type == JoinType.SEMI;
    for (int row = 1; row < build.size(); row++) {
      buildRows[pairs] = row;
      pairs += buildMatched[row] == wanted ? 1 : 0;
      if (pairs == PAIRS) {
        emitBuildRows(output);
      }
    }
    emitBuildRows(output);
  }

  private void emitBuildRows(Output output) throws IOException {
    if (pairs > 0) {
      build.gather(buildRows, pairs, buildColumns);
      ColumnVector[] columns = type.leftOnly() ? buildColumns : columns(probeColumns);
      output.emit(RecordBatch.of(schema, columns, pairs));
      pairs = 0;
    }
  }

  @Override
  public long memoryBytes() {
    return build.memoryBytes() + (buildMatched == null ? 0 : buildMatched.length);
  }
}
