package dev.samzabatch.job;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a job runs.
 *
 * @param containers threads that run tasks, at least 1
 * @param memoryBytes what the state of all containers may hold of the heap; empty when the engine decides
 * @param state where steps keep their state that do not say
 * @param streamsOn where internal streams lie
 * @param commitEvery time between two commits
 * @param partitions of internal streams whose steps do not say; empty when the engine decides
 * @param ifRunning what happens when another run of the job is under way
 * @param keepRuns how many earlier runs stay in the history
 * @param recovery what happens when something goes wrong on the way
 */
public record RunSpec(int containers, OptionalLong memoryBytes, StateKind state, StreamsOn streamsOn,
    Duration commitEvery, OptionalInt partitions, IfRunning ifRunning, int keepRuns, Recovery recovery) {

  /**
   * What happens when something goes wrong on the way.
   *
   * @param retries how often containers are started again within {@code retryWindow} before the run fails; 0 for never
   * @param retryWindow in which retries are counted
   * @param stallAfter how long nothing may happen before it is told
   * @param failOnStall whether a run in which nothing happens for so long fails
   */
  public record Recovery(int retries, Duration retryWindow, Duration stallAfter, boolean failOnStall) {

    /** What holds when the job says nothing. */
    public static final Recovery USUAL = new Recovery(3, Duration.ofMinutes(5), Duration.ofMinutes(10), false);
  }

  /** What happens when another run of the job is under way. */
  public enum IfRunning {
    FAIL,
    SKIP,
    WAIT
  }
}
