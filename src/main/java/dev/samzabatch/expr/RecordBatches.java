package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;

/** The batch over which constants are computed. */
final class RecordBatches {

  private RecordBatches() {}

  /** A batch of one row without columns. */
  static RecordBatch oneRow() {
    return RecordBatch.of(Schema.EMPTY, new ColumnVector[0], 1);
  }
}
