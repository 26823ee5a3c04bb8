package dev.samzabatch.plan;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the job file and the machine say about how to run.
 *
 * @param job the job's name
 * @param runId the run's id, part of every stream's name
 * @param containers how many threads
 * @param partitions how many partitions every internal stream is to have, unless its step says otherwise
 * @param partitionBytes about how many bytes a partition is to hold where nobody says how many there are; positive
 * @param broadcastBytes up to which estimated size the build side of a join is given to every task
 * @param outputFiles for each output that asks for it, how many files
 * @param staged outputs whose rows wait in internal streams until the run publishes them
 * @param streaming what matters only to relations without end
 */
public record PlanOptions(
    String job,
    String runId,
    int containers,
    OptionalInt partitions,
    long partitionBytes,
    long broadcastBytes,
    Map<String, Integer> outputFiles,
    Set<String> staged,
    StreamingOptions streaming) {

  /** The usual value of {@link #partitionBytes()}. */
  public static final long DEFAULT_PARTITION_BYTES = 64L << 20;

  /**
   * The usual value of {@link #broadcastBytes()}: a table of that size is built faster than the other side is moved.
   */
  public static final long DEFAULT_BROADCAST_BYTES = 48L << 20;
}
