package dev.samzabatch.run;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.file.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The last part of a run, from the journal of its publication to its end:
 *
 * <pre>
 * renames -> rows to standard output -> record -> journal and streams are deleted, then those of other runs of the job
 * </pre>
 *
 * Each step sees for itself what is done already, so that after a crash anywhere the same is simply done again.
 */
final class Publishing {

  private final StateDirectory state;
  private final RunObserver observer;
  private final RunBook book;
  private final BusCleaning buses;

  /** The last part of a run; what is on Kafka is deleted as {@code buses} says. */
  Publishing(StateDirectory state, RunObserver observer, RunBook book, BusCleaning buses) {
    this.state = state;
    this.observer = observer;
    this.book = book;
    this.buses = buses;
  }

  /** Brings all outputs of a job that has just been run to their targets. */
  void publish(PublishJournal journal, PreparedJob job) throws IOException {
    if (!journal.topics().isEmpty()) {
      TopicPublishing.publish(journal, job, state);
    }
    publishFiles(journal);
  }

  /** The same for a run whose process is dead. */
  void publish(PublishJournal journal) throws IOException {
    if (!journal.topics().isEmpty()) {
      TopicPublishing.publish(journal, Manifest.read(book.directory()), state);
    }
    publishFiles(journal);
  }

  /** Behind what is sent to topics, since that is more likely to fail. */
  private void publishFiles(PublishJournal journal) throws IOException {
    for (PublishJournal.Entry output : journal.outputs()) {
      if (output.publication().isPresent()) {
        output.publication().get().publish();
        clean(output.publication().get());
      }
      book.noteOutput(output.figures());
      observer.published(output.figures());
    }
  }

  /** Hands over published rows for standard output, those that have not been handed over before. */
  void handOverRows(PublishJournal journal) throws IOException {
    for (PublishJournal.Entry output : journal.outputs()) {
      for (Path file : output.rows()) {
        if (Files.exists(file)) {
          observer.rowsForStandardOutput(file);
          Files.delete(file);
        }
      }
    }
  }

  /** What is left over does no harm to what is published; the manifest names it, so it is deleted with the streams. */
  private void clean(Publication publication) {
    try {
      publication.clean();
    } catch (IOException e) {
      book.log().failure(e);
    }
  }

  /** Ends with the result published; not even a record that cannot be written makes that undone. */
  void finish() {
    boolean written = book.end(RunStatus.DONE, "", false);
    deleteStreams();
    if (!written && !book.end(RunStatus.DONE, "", false)) {
      String message = "the result is published, but the record of this run cannot be written in " + book.directory();
      String hint = "free space there; until it is cleaned, the run is listed as dead";
      observer.warned(Problem.warning("SB-5012", Place.none(), message, hint));
    }
  }

  private void deleteStreams() {
    String runId = book.record().runId();
    Cleaner own = new Cleaner(state, buses);
    Cleaner others = new Cleaner(state, buses);
    try {
      FaultPoint.STREAMS_DELETE.reach();
      own.streams(runId);
      for (RunRecord run : new RunRegistry(state).runs(book.record().job())) {
        if (!run.runId().equals(runId)) {
          others.purgeStreams(run.runId());
        }
      }
    } catch (IOException | UserException e) {
      book.log().failure(e);
    }
    observer.cleaned(own.receipt());
    if (!others.receipt().items().isEmpty() || !others.receipt().failures().isEmpty()) {
      observer.purged(others.receipt());
    }
  }
}
