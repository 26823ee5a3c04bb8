package dev.samzabatch.job;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a job runs.
 *
 * @param containers threads that run tasks, at least 1
 * @param memoryBytes what the run may use; empty when the engine decides
 * @param streamsOn where internal streams lie
 * @param commitEvery time between two commits
 * @param partitions of internal streams whose steps do not say; empty when the engine decides
 * @param ifRunning what happens when another run of the job is under way
 * @param keepRuns how many earlier runs stay in the history
 */
public record RunSpec(int containers, OptionalLong memoryBytes, StreamsOn streamsOn, Duration commitEvery,
    OptionalInt partitions, IfRunning ifRunning, int keepRuns) {

  /** Where internal streams lie. */
  public enum StreamsOn {
    /** In the state directory of this machine. */
    LOCAL
  }

  /** What happens when another run of the job is under way. */
  public enum IfRunning {
    FAIL,
    SKIP,
    WAIT
  }
}
