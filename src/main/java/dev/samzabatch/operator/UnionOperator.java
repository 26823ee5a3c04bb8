package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import java.io.IOException;

/** Passes on the rows of all its ports, whose columns have the same types by position, under one schema. */
public final class UnionOperator implements Operator {

  private final Schema schema;

  /** Makes one that gives this schema. */
  public UnionOperator(Schema schema) {
    this.schema = schema;
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    ColumnVector[] columns = new ColumnVector[batch.columnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(i);
    }
    output.emit(batch.withColumns(schema, columns));
  }

  /** Nothing is held back. */
  @Override
  public void endOfStream(int port, Output output) {}
}
