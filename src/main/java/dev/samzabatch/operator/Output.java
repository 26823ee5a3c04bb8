package dev.samzabatch.operator;

import dev.samzabatch.data.RecordBatch;
import java.io.IOException;

/** Where an operator puts its results: whatever reads it in the same task. */
public interface Output {

  /** Passes a batch on; it has been used (or copied) when this returns, so the operator may refill its vectors. */
  void emit(RecordBatch batch) throws IOException;
}
