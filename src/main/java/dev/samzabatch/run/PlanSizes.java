package dev.samzabatch.run;

import dev.samzabatch.job.RunSpec;
import dev.samzabatch.plan.PlanOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sizes that decide how a job is cut into stages, streams and tasks. A run that is resumed keeps those that it began
 * with, whatever the machine or the job file say by then.
 *
 * @param containers for how many threads there are to be tasks
 * @param partitionBytes about how many bytes a partition of an internal stream is to hold
 * @param broadcastBytes up to which estimated size the build side of a join goes to every task
 */
record PlanSizes(int containers, long partitionBytes, long broadcastBytes) {

  /** The sizes for a run that begins: what is made of a partition, or of a small table, is to fit the memory. */
  static PlanSizes of(RunSpec run, RunSettings settings) {
    long memory = settings.memoryBytes(run);
    long share = Math.max(1, memory / (4L * run.containers()));
    return new PlanSizes(
        run.containers(),
        Math.min(PlanOptions.DEFAULT_PARTITION_BYTES, share),
        Math.min(settings.broadcastBytes(), memory / 8));
  }

  Map<String, Object> toMap() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("containers", containers);
    object.put("partition.bytes", partitionBytes);
    object.put("broadcast.bytes", broadcastBytes);
    return object;
  }

  static PlanSizes of(Map<?, ?> object) {
    return new PlanSizes(
        ((Number) object.get("containers")).intValue(),
        ((Number) object.get("partition.bytes")).longValue(),
        ((Number) object.get("broadcast.bytes")).longValue());
  }
}
