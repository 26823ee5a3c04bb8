package dev.samzabatch.run;

import dev.samzabatch.container.RunState;
import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Goes on with a run whose process is dead, under the lock of its job. What has changed since it began, so that its two
 * halves would not fit, is refused by name before anything is touched. A run that had begun to publish needs no more
 * than its journal.
 */
final class Resume {

  private final StateDirectory state;
  private final RunSettings settings;
  private final RunObserver observer;
  private final RunState runState;
  private final JobLock lock;

  Resume(StateDirectory state, RunSettings settings, RunObserver observer, RunState runState, JobLock lock) {
    this.state = state;
    this.settings = settings;
    this.observer = observer;
    this.runState = runState;
    this.lock = lock;
  }

  /**
   * Resumes a run.
   *
   * @return how it ended; that of a run that is done already is its record
   * @throws UserException when it cannot be resumed; all is as it was then
   */
  RunOutcome run(String runId, ResumeRequest wish) {
    RunRecord former = new RunRegistry(state).resolve(runId);
    if (former.status().isDone()) {
      return new RunOutcome(former, null);
    }
    Path directory = state.runDirectory(runId);
    try {
      new UnfinishedPublications(state, observer).finishOthers(former.job(), runId);
      Manifest manifest = manifest(former, directory);
      if (PublishJournal.exists(runId, state)) {
        return publish(former, manifest);
      }
      JobRequest recorded = RecordedRequest.of(manifest.request(), runId, wish.environment(), wish.sets());
      JobRequest request = wish.job().map(now -> now.of(recorded)).orElse(recorded);
      PreparedJob job = JobPreparation.prepareAgain(request, manifest);
      refuseChanges(manifest, job, wish.anyway());
      Map<?, ?> asked = wish.job().isPresent() ? RecordedRequest.toMap(request) : manifest.request();
      manifest.with(asked, job.spec().systems()).write(state);
      return new JobRun(job, state, settings, observer, runState, lock).resume(former, manifest);
    } catch (IOException e) {
      throw Failures.of(e);
    }
  }

  private static Manifest manifest(RunRecord former, Path directory) throws IOException {
    if (!former.recovery().resumable()) {
      throw notResumable(former, why(former.status()));
    }
    if (!Manifest.exists(directory)) {
      throw notResumable(former, "it died before it had begun");
    }
    Manifest manifest = Manifest.read(directory);
    if (manifest.stateVersion() != Manifest.STATE_VERSION) {
      throw new UserException(Problem.error("SB-5041", Place.none(),
          "run " + former.runId() + " was begun by another version of samza-batch: what it has left is of version "
              + manifest.stateVersion() + ", this program knows " + Manifest.STATE_VERSION,
          "resume it with that version, or start it anew: samza-batch run " + former.jobFile()));
    }
    return manifest;
  }

  private static String why(RunStatus status) {
    return switch (status) {
      case CHECKS_FAILED -> "its checks failed, and would again";
      case FAILED -> "what failed it would do so again, or what it had left is deleted";
      case INTERRUPTED, DEAD, RUNNING, DONE -> "what it had left is deleted";
    };
  }

  private static UserException notResumable(RunRecord former, String why) {
    return new UserException(Problem.error("SB-5040", Place.none(),
        "run " + former.runId() + " of job " + former.job() + " cannot be resumed: " + why,
        "start it anew: samza-batch run " + former.jobFile()));
  }

  private void refuseChanges(Manifest manifest, PreparedJob job, boolean anyway) {
    String anew = (job.spec().mode() == Mode.STREAMING ? "--fresh " : "") + job.request().file();
    JobChanges changes = new JobChanges(manifest.found(), RecordedJob.of(job), anew);
    List<Problem> refused = new ArrayList<>(changes.fatal());
    if (!anyway || !refused.isEmpty()) {
      refused.addAll(changes.tolerable());
    }
    if (!refused.isEmpty()) {
      throw new UserException(ErrorKind.USER, refused);
    }
    changes.tolerable().forEach(p -> observer.warned(
        Problem.warning(p.code(), p.place(), p.message(), "going on because of --anyway")));
  }

  private RunOutcome publish(RunRecord former, Manifest manifest) throws IOException {
    Path directory = state.runDirectory(former.runId());
    PublishJournal journal = PublishJournal.read(directory);
    RunRecord record = former.resumed();
    record.write(state);
    try (RunLog log = new RunLog(directory)) {
      log.line("run " + former.runId() + " is resumed: its publication is finished");
      RunBook book = new RunBook(state, record.withOutputs(List.of()), log);
      UserException failure = null;
      try {
        Publishing publishing = new Publishing(state, observer, book, BusCleaning.of(manifest));
        publishing.publish(journal);
        publishing.handOverRows(journal);
        publishing.finish();
      } catch (RuntimeException | IOException e) {
        failure = Failures.of(e);
        log.failure(e);
        book.end(RunStatus.FAILED, failure.getMessage(), true);
      }
      return new RunOutcome(book.record(), failure);
    }
  }
}
