package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.plan.Work;
import java.io.IOException;
import java.util.List;

/**
 * Passes on the first row of every key, as it comes, to save work for the exchange behind it. It may let repeats
 * through: it forgets its keys when they do not fit its memory, and passes on everything once it has seen that most
 * rows are new.
 */
public final class PartialDistinctOperator implements Operator {

  private final int[] keyColumns;
  private final Schema schema;
  private final List<DataType> keyTypes;
  private final long memoryLimit;

  private NewKeys met;
  private long rows;
  private boolean passing;
  private int[] selection = new int[RecordBatch.DEFAULT_ROWS];

  /**
   * Makes an operator that has met no key.
   *
   * @param work of which the keys, at least one, are compared and passed on; there are no calls
   * @param schema the keys
   * @param memoryLimit how many bytes of heap to keep within, about
   */
  public PartialDistinctOperator(Work.Aggregate work, Schema schema, long memoryLimit) {
    this.keyColumns = work.keys().stream().mapToInt(Integer::intValue).toArray();
    this.schema = schema;
    this.keyTypes = schema.fields().stream().map(Field::type).toList();
    this.memoryLimit = memoryLimit;
    met = new NewKeys(keyTypes);
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    ColumnVector[] columns = new ColumnVector[keyColumns.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(keyColumns[i]);
    }
    if (passing) {
      output.emit(batch.withColumns(schema, columns));
      return;
    }
    int picked = met.pick(batch, keyColumns);
    if (picked > 0) {
      selection = met.selection(batch, picked, selection);
      output.emit(RecordBatch.selected(schema, columns, selection, picked));
    }
    adapt(batch.rowCount());
  }

  private void adapt(int more) {
    rows += more;
    passing =
        rows >= PartialAggregateOperator.SAMPLE_ROWS && met.size() > PartialAggregateOperator.TOO_MANY_GROUPS * rows;
    if (passing || met.memoryBytes() > memoryLimit) {
      met = new NewKeys(keyTypes);
      rows = 0;
    }
  }

  @Override
  public void endOfStream(int port, Output output) {
    met = new NewKeys(keyTypes);
  }

  @Override
  public long memoryBytes() {
    return met.memoryBytes();
  }
}
