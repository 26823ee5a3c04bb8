package dev.samzabatch.operator;

import dev.samzabatch.data.RecordBatch;
import java.io.IOException;

/**
 * One physical operator of one task. Batches are pushed through it: it may keep copies of what it needs, and emits any
 * number of batches while it handles one. All calls come from the thread that owns the task.
 *
 * <p>
 * Ports are numbered from 0; the task feeds them in the order in which the operator was planned (a join's build side is
 * ended before its probe side starts). How rows are cut into batches never changes what is emitted in total.
 */
public interface Operator {

  /**
   * Handles one batch that arrived at a port. The batch is not used after the call returns.
   *
   * @throws IOException when a stream or file cannot be written
   */
  void process(int port, RecordBatch batch, Output output) throws IOException;

  /**
   * Handles the end of a port; called once a port, behind its last batch. What an operator still holds after the end of
   * its last port it emits here.
   */
  void endOfStream(int port, Output output) throws IOException;

  /** About how many bytes of heap the operator holds at present. */
  default long memoryBytes() {
    return 0;
  }
}
