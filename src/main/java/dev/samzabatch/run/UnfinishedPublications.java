package dev.samzabatch.run;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finishes what dead runs have published in part. Such a result was complete and checked when its publication began,
 * and of several outputs some may be there already: putting the rest beside them is the only way that leaves nothing
 * half. A publication of which no step is done yet is left alone. Whoever calls it holds the lock of the job.
 */
public final class UnfinishedPublications {

  private final StateDirectory state;
  private final RunObserver observer;

  /** Tells the observer of every run that it finishes. */
  public UnfinishedPublications(StateDirectory state, RunObserver observer) {
    this.state = state;
    this.observer = observer;
  }

  /** Finishes those of a job, but for that of one run. */
  void finishOthers(String job, String runId) throws IOException {
    for (RunRecord run : of(job)) {
      if (!run.runId().equals(runId)) {
        finish(run);
      }
    }
  }

  /** The runs of a job that have published a part of their results and died. */
  List<RunRecord> of(String job) throws IOException {
    List<RunRecord> unfinished = new ArrayList<>();
    for (RunRecord run : new RunRegistry(state).runs(job)) {
      if (isUnfinished(run)) {
        unfinished.add(run);
      }
    }
    return unfinished;
  }

  /** Whether the run, which is not under way, has published a part of its result and died. */
  public boolean isUnfinished(RunRecord run) throws IOException {
    return !run.status().isDone() && PublishJournal.exists(run.runId(), state)
        && PublishJournal.read(state.runDirectory(run.runId())).isBegun();
  }

  /**
   * Finishes one; rows that it had for standard output are of no use to anybody any more.
   *
   * @throws UserException when that fails; some of it is published then, as before
   */
  public void finish(RunRecord run) {
    Path directory = state.runDirectory(run.runId());
    try (RunLog log = new RunLog(directory)) {
      log.line("another run finishes the publication");
      RunBook book = new RunBook(state, run.withOutputs(List.of()), log);
      Publishing publishing = new Publishing(state, observer, book, BusCleaning.of(Manifest.read(directory)));
      publishing.publish(PublishJournal.read(directory));
      publishing.finish();
      observer.finished(book.record());
    } catch (IOException e) {
      String message =
          "run " + run.runId() + " of job " + run.job() + " has published a part of its result, and the rest "
              + "cannot be published: " + Failures.text(e);
      String hint = "mend that and try again; or, when its result is of no use any more: rm -r " + directory;
      throw new UserException(ErrorKind.RESOURCES, Problem.error("SB-5013", Place.none(), message, hint), e);
    }
  }
}
