package dev.samzabatch.run;

import dev.samzabatch.job.JobRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person says about a run that is to be resumed.
 *
 * @param sets {@code path=value}, laid over what was asked for when the run began: sizes that do not change the plan
 * @param anyway whether to go on with what has changed where that can still be right
 * @param environment today's variables
 * @param job the job as it is asked for by now; empty for the job as it was then
 */
public record ResumeRequest(
    List<String> sets, boolean anyway, Map<String, String> environment, Optional<JobRequest> job) {

  /** Goes on with the job as it was asked for when the run began. */
  public ResumeRequest(List<String> sets, boolean anyway, Map<String, String> environment) {
    this(sets, anyway, environment, Optional.empty());
  }
}
