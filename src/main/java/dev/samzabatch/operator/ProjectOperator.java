package dev.samzabatch.operator;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Evaluator;
import java.io.IOException;
import java.util.List;

/** Computes a column an expression; the rows stay as they are. */
public final class ProjectOperator implements Operator {

  private final List<Evaluator> expressions;
  private final Schema schema;

  /**
   * Makes one that nobody else uses the evaluators of.
   *
   * @param schema a field an expression
   */
  public ProjectOperator(List<Evaluator> expressions, Schema schema) {
    this.expressions = List.copyOf(expressions);
    this.schema = schema;
  }

  @Override
  public void process(int port, RecordBatch batch, Output output) throws IOException {
    if (batch.rowCount() > 0) {
      ColumnVector[] columns = new ColumnVector[schema.size()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = expressions.get(i).evaluate(batch);
      }
      output.emit(batch.withColumns(schema, columns));
    }
  }

  /** Nothing is held back. */
  @Override
  public void endOfStream(int port, Output output) {}
}
