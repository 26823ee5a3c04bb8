package dev.samzabatch.run;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.plan.PlanOptions;

/**
 * Sizes that change how a job runs but never what it gives; tests vary them.
 *
 * @param batchRows how many rows a batch has at most
 * @param broadcastBytes up to which estimated size the build side of a join goes to every task
 * @param partialBytes how many bytes a partial aggregation holds before it passes its groups on
 */
public record RunSettings(int batchRows, long broadcastBytes, long partialBytes) {

  /** The usual sizes. */
  public static final RunSettings DEFAULT =
      new RunSettings(RecordBatch.DEFAULT_ROWS, PlanOptions.DEFAULT_BROADCAST_BYTES, 64L << 20);
}
