package dev.samzabatch.run;

import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.Mode;
import java.util.List;
import java.util.Optional;

/** The run of a job without end that is to be gone on with when the job is started again. */
final class Continuation {

  private Continuation() {}

  /** The newest run of the job, if the job has no end and the run was not drained. */
  static Optional<RunRecord> of(StateDirectory state, JobSpec job) {
    if (job.mode() != Mode.STREAMING) {
      return Optional.empty();
    }
    List<RunRecord> runs = new RunRegistry(state).runs(job.name());
    return runs.stream().findFirst().filter(run -> !run.status().isDone())
        .filter(run -> run.recovery().resumable() && Manifest.exists(state.runDirectory(run.runId())));
  }
}
