package dev.samzabatch.run;

import dev.samzabatch.container.ContainerSettings;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.RunSpec;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.plan.PlanOptions;
import dev.samzabatch.system.log.LogStreams;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sizes that change how a job runs but never what it gives; tests vary them.
 *
 * @param batchRows how many rows a batch has at most
 * @param broadcastBytes up to which estimated size the build side of a join goes to every task
 * @param partialBytes how many bytes a partial aggregation holds before it passes its groups on
 * @param segmentBytes how large a segment of an internal stream is
 */
public record RunSettings(int batchRows, long broadcastBytes, long partialBytes, long segmentBytes) {

  /** A writer of a stream may hold this part of a container's memory. */
  private static final int WRITER_SHARE = 16;

  /** The usual sizes. */
  public static final RunSettings DEFAULT =
      new RunSettings(RecordBatch.DEFAULT_ROWS, PlanOptions.DEFAULT_BROADCAST_BYTES, 64L << 20);

  /** These sizes, and segments as usual. */
  public RunSettings(int batchRows, long broadcastBytes, long partialBytes) {
    this(batchRows, broadcastBytes, partialBytes, LogStreams.SEGMENT_BYTES);
  }

  /** How many bytes of rows a writer of an internal stream holds at most. */
  long writerBytes(RunSpec run) {
    return Math.min(LogStreams.WRITER_MEMORY, memoryBytes(run) / WRITER_SHARE / run.containers());
  }

  /** Heap for the state of all containers together: half of it, unless the job says something else. */
  long memoryBytes(RunSpec run) {
    return run.memoryBytes().orElse(Runtime.getRuntime().maxMemory() / 2);
  }

  /** Warns of a job that asks for more than the heap can give. */
  Optional<Problem> warning(RunSpec run) {
    long heap = Runtime.getRuntime().maxMemory();
    if (run.memoryBytes().orElse(0) <= heap / 4 * 3) {
      return Optional.empty();
    }
    return Optional.of(Problem.warning("SB-5022", Place.of("run.memory"),
        "run.memory is " + Quantities.bytes(run.memoryBytes().getAsLong()) + ", but the whole heap is "
            + Quantities.bytes(heap) + ", of which batches and files need a part too",
        "give it more heap: SAMZA_BATCH_HEAP=" + (run.memoryBytes().getAsLong() * 2 >> 20) + "m"));
  }

  /** What the databases of a run may take beside the heap. */
  long storeBytes(RunSpec run) {
    return memoryBytes(run) / 4;
  }

  /**
   * What containers need to know.
   *
   * @param sampled whether inputs are not read to their ends
   */
  ContainerSettings containers(JobSpec job, boolean sampled) {
    RunSpec run = job.run();
    Map<String, StateKind> stepStates = new LinkedHashMap<>();
    job.steps().values().forEach(s -> s.state().ifPresent(kind -> stepStates.put(s.name(), kind)));
    long memory = memoryBytes(run);
    return new ContainerSettings(
        batchRows,
        Math.min(partialBytes, memory / (4L * run.containers())),
        run.commitEvery(),
        sampled,
        memory,
        run.state(),
        stepStates,
        sampled ? 0 : run.recovery().retries(),
        run.recovery().retryWindow());
  }
}
