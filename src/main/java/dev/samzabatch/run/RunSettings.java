package dev.samzabatch.run;

import dev.samzabatch.container.ContainerSettings;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.job.RunSpec;
import dev.samzabatch.plan.PlanOptions;
import java.util.OptionalLong;

/**
 * Sizes that change how a job runs but never what it gives; tests vary them.
 *
 * @param batchRows how many rows a batch has at most
 * @param broadcastBytes up to which estimated size the build side of a join goes to every task
 * @param partialBytes how many bytes a partial aggregation holds before it passes its groups on
 */
public record RunSettings(int batchRows, long broadcastBytes, long partialBytes) {

  /**
   * What containers need to know.
   *
   * @param sampled whether inputs are not read to their ends
   */
  ContainerSettings containers(RunSpec run, boolean sampled) {
    RunSettings bounded = within(run.memoryBytes(), run.containers());
    return new ContainerSettings(batchRows, bounded.partialBytes(), run.commitEvery(), sampled);
  }

  /** These sizes, made smaller where a run of so many containers is to keep within {@code memory} bytes. */
  RunSettings within(OptionalLong memory, int containers) {
    if (memory.isEmpty()) {
      return this;
    }
    long broadcast = Math.min(broadcastBytes, memory.getAsLong() / 8);
    long partial = Math.min(partialBytes, memory.getAsLong() / (4L * containers));
    return new RunSettings(batchRows, broadcast, partial);
  }

  /** The usual sizes. */
  public static final RunSettings DEFAULT =
      new RunSettings(RecordBatch.DEFAULT_ROWS, PlanOptions.DEFAULT_BROADCAST_BYTES, 64L << 20);
}
