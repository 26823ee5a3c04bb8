package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.plan.Work;
import dev.samzabatch.system.PartitionedReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The half of a grouping before an exchange: rows in, keys and states out. It only saves work for those behind it, so
 * it gives up memory and effort early: what does not fit its memory is emitted as it stands, as is everything before a
 * commit, and when most rows turn out to be groups of their own, every further row is passed on as a state of one row.
 */
public final class PartialAggregateOperator implements Operator {

  /** So many rows are looked at before giving up on grouping. */
  static final int SAMPLE_ROWS = 100_000;

  /** Partial grouping is given up when there are more groups a row than this. */
  static final double TOO_MANY_GROUPS = 0.8;

  private final int[] keyColumns;
  private final Schema schema;
  private final long memoryLimit;
  private final ColumnVector[] emitted;
  private final GroupTable table;
  private final List<GroupedCall> single;

  /** By which those behind tell that groups are complete; empty when all are complete at the end only. */
  private final Optional<Work.TimeKey> window;

  /** Number of the last granule that the watermark has completed. */
  private long complete = Long.MIN_VALUE;

  private boolean passing;
  private int[] groups = new int[RecordBatch.DEFAULT_ROWS];

  /**
   * Makes an operator without groups.
   *
   * @param work what to do, without distinct calls
   * @param schema keys, then states
   * @param memoryLimit how many bytes of heap to keep within, about
   */
  public PartialAggregateOperator(Work.Aggregate work, Schema schema, long memoryLimit) {
    this(work, schema, memoryLimit, Optional.empty());
  }

  /**
   * Makes an operator without groups, of which those behind it emit some before the end.
   *
   * @param work what to do, without distinct calls
   * @param schema keys, then states
   * @param memoryLimit how many bytes of heap to keep within, about
   */
  public PartialAggregateOperator(Work.WindowAggregate work, Schema schema, long memoryLimit) {
    this(work.grouping(), schema, memoryLimit, Optional.of(work.window()));
  }

  private PartialAggregateOperator(Work.Aggregate work, Schema schema, long memoryLimit,
      Optional<Work.TimeKey> window) {
    this.window = window;
    if (work.calls().stream().anyMatch(AggregateCall::distinct)) {
      throw new IllegalArgumentException("distinct calls have no partial states: " + work.calls());
    }
    keyColumns = work.keys().stream().mapToInt(Integer::intValue).toArray();
    this.schema = schema;
    this.memoryLimit = memoryLimit;
    emitted = schema.newVectors(RecordBatch.DEFAULT_ROWS);
    List<DataType> keyTypes = schema.fields().stream().limit(keyColumns.length).map(Field::type).toList();
    table = new GroupTable(keyTypes, work.calls());
    single = work.calls().stream().map(GroupedCall::new).toList();
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    if (passing) {
      passOn(batch, output);
      return;
    }
    table.add(batch, keyColumns);
    boolean useless = table.rows() >= SAMPLE_ROWS && table.size() > TOO_MANY_GROUPS * table.rows();
    if (useless || table.memoryBytes() > memoryLimit) {
      flush(output);
      passing = useless;
    }
  }

  /** Emits each row as the state of a group of its own. */
  private void passOn(RecordBatch batch, Output output) throws IOException {
    int count = batch.rowCount();
    if (count > groups.length) {
      groups = new int[count];
    }
    for (int i = 0; i < count; i++) {
      groups[i] = i;
    }
    ColumnVector[] columns = emitted.clone();
    for (int i = 0; i < keyColumns.length; i++) {
      ColumnVector key = batch.column(keyColumns[i]);
      if (batch.selection() == null) {
        columns[i] = key;
      } else {
        columns[i].clear();
        columns[i].copy(key, batch.selection(), 0, count, 0);
      }
    }
    int next = keyColumns.length;
    for (GroupedCall call : single) {
      call.clear();
      call.add(batch, groups, count);
      call.writeStates(0, count, columns, next);
      next += call.stateColumns();
    }
    output.emit(RecordBatch.of(schema, columns, count));
  }

  /** Emits the groups before those behind are promised that they are complete. */
  @Override
  public void watermark(long micros, Output output) throws IOException {
    if (window.isEmpty() || micros == PartitionedReader.NO_WATERMARK) {
      return;
    }
    long now = Math.floorDiv(micros - window.get().lag(), window.get().granule());
    if (now > complete) {
      complete = now;
      flush(output);
    }
  }

  /** Emits the groups, of which there are none before the first row, and forgets them. */
  @Override
  public void flush(Output output) throws IOException {
    if (table.rows() == 0) {
      return;
    }
    for (int from = 0; from < table.size(); from += RecordBatch.DEFAULT_ROWS) {
      int count = Math.min(RecordBatch.DEFAULT_ROWS, table.size() - from);
      table.writeStates(from, count, emitted);
      output.emit(RecordBatch.of(schema, emitted, count));
    }
    table.clear();
  }

  @Override
  public void endOfStream(int port, Output output) throws IOException {
    flush(output);
  }

  @Override
  public long memoryBytes() {
    return table.memoryBytes();
  }
}
