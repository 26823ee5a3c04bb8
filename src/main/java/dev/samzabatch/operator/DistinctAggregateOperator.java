package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.OperatorState;
import java.io.IOException;
import java.util.List;

/**
 * Groups by key columns where some calls count equal arguments once. Sets of arguments do not merge, so the rows
 * themselves are logged as they come, by bucket of their key; at the end they are grouped bucket by bucket. Nothing is
 * in memory before. A group whose arguments do not fit memory by themselves is read several times.
 *
 * <pre>
 * cursor  the position of {@link Drain}; 0 before the end
 * </pre>
 */
public final class DistinctAggregateOperator implements Operator {

  /** More passes than this over one group would take longer than anybody waits. */
  private static final int MOST_PASSES = 1 << 8;

  private final int[] keyColumns;
  private final Schema schema;
  private final BucketWriter writer;
  private final ColumnVector[] results;
  private final GroupTable table;
  private final BucketDrain drain;

  /**
   * Makes an operator that has met no row.
   *
   * @param work what to do, in mode COMPLETE
   * @param schema keys, then results
   */
  public DistinctAggregateOperator(Work.Aggregate work, Schema schema, OperatorState state) {
    keyColumns = work.keys().stream().mapToInt(Integer::intValue).toArray();
    this.schema = schema;
    Changelog log = state.changelogs().get(0);
    writer = new BucketWriter(log, keyColumns, 0, log.parts());
    results = schema.newVectors(RecordBatch.DEFAULT_ROWS);
    List<DataType> keyTypes = schema.fields().stream().limit(keyColumns.length).map(Field::type).toList();
    table = new GroupTable(keyTypes, work.calls());
    drain = new BucketDrain(log, keyColumns, log.parts(), BucketDrain.memoryLimit(state), new Grouping());
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    writer.append(batch);
  }

  /** What there is to emit is emitted in {@link #drain}. */
  @Override
  public void endOfStream(int port, Output output) {}

  @Override
  public boolean drain(Output output) throws IOException {
    return drain.step(output);
  }

  @Override
  public long save() {
    return drain.position();
  }

  @Override
  public void restore(long cursor, int endedPorts) {
    drain.from(cursor);
  }

  @Override
  public long memoryBytes() {
    return drain.memoryBytes();
  }

  @Override
  public void close() throws IOException {
    drain.close();
  }

  /** Groups the rows of a range of keys; one group, if need be, by a share of its arguments at a time. */
  private final class Grouping implements BucketDrain.Keys {

    private int pass;
    private int passes = 1;

    @Override
    public void begin() {
      table.clear();
      pass = 0;
      table.beginPass(pass, passes);
    }

    @Override
    public boolean divide() {
      boolean possible = passes < MOST_PASSES;
      passes = possible ? 2 * passes : passes;
      return possible;
    }

    @Override
    public boolean nextPass() {
      pass++;
      if (pass < passes) {
        table.beginPass(pass, passes);
      }
      return pass < passes;
    }

    @Override
    public void take(int round, RecordBatch batch) {
      table.add(batch, keyColumns);
    }

    @Override
    public int size() {
      return table.size();
    }

    @Override
    public long memoryBytes() {
      return table.memoryBytes();
    }

    @Override
    public void emit(Output output) throws IOException {
      passes = 1;
      for (int from = 0; from < table.size(); from += RecordBatch.DEFAULT_ROWS) {
        int size = Math.min(RecordBatch.DEFAULT_ROWS, table.size() - from);
        table.writeResults(from, size, results);
        output.emit(RecordBatch.of(schema, results, size));
      }
    }
  }
}
