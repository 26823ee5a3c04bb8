package dev.samzabatch.run;

import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deletes runs as a whole, each under the lock of its job, so that nobody resumes it meanwhile. A publication that a
 * run has begun is finished first.
 */
public final class RunDeletion {

  private final StateDirectory state;
  private final Cleaner cleaner;
  private final SharedRuns shared;
  private final RunObserver observer;
  private final boolean dryRun;

  /**
   * A deletion whose receipt the cleaner keeps.
   *
   * @param shared connects to where other hosts see a run
   * @param observer is told of publications that are finished
   * @param dryRun whether the cleaner only tells
   */
  public RunDeletion(StateDirectory state, Cleaner cleaner, SharedRuns shared, RunObserver observer,
      boolean dryRun) {
    this.state = state;
    this.cleaner = cleaner;
    this.shared = shared;
    this.observer = observer;
    this.dryRun = dryRun;
  }

  /**
   * Deletes a run.
   *
   * @return false when it is under way by now, and nothing was done
   */
  public boolean delete(RunRecord run) throws IOException {
    if (dryRun) {
      cleaner.run(run.runId());
      return true;
    }
    try {
      shared.attachFor(run.runId());
    } catch (UserException e) {
      cleaner.refused(run.runId(), e.getMessage());
      return true;
    }
    Optional<JobLock> lock = JobLock.tryAcquire(state, run.job(), run.runId());
    if (lock.isEmpty() && new RunRegistry(state).isAlive(run)) {
      return false;
    }
    try {
      if (lock.isPresent()) {
        finish(current(run));
      }
      cleaner.run(run.runId());
      return true;
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  /** What the record says now that nobody else can write it; of an orphan it cannot be read. */
  private RunRecord current(RunRecord run) {
    return new RunRegistry(state).runs(run.job()).stream().filter(r -> r.runId().equals(run.runId())).findFirst()
        .orElse(run);
  }

  private void finish(RunRecord run) throws IOException {
    UnfinishedPublications unfinished = new UnfinishedPublications(state, observer);
    if (unfinished.isUnfinished(run)) {
      unfinished.finish(run);
    }
  }

  /**
   * Deletes every directory of a run that has a manifest and no record that can be read: nobody lists or purges it.
   *
   * @return what lies among the runs and was not touched, with why
   */
  public List<String> deleteOrphans() throws IOException {
    List<String> untouched = new ArrayList<>();
    for (Path directory : directories()) {
      String name = directory.getFileName().toString();
      if (!RunIds.isRunId(name) || !Manifest.exists(directory)) {
        if (!RunRecord.exists(directory)) {
          untouched.add(directory + " has no manifest, so nobody knows what it is");
        }
      } else if (!hasRecord(name)) {
        deleteOrphan(directory, untouched);
      }
    }
    return untouched;
  }

  private boolean hasRecord(String runId) {
    try {
      return new RunRegistry(state).find(runId).isPresent();
    } catch (UserException e) {
      return false;
    }
  }

  private void deleteOrphan(Path directory, List<String> untouched) throws IOException {
    try {
      Manifest manifest = Manifest.read(directory);
      Path jobFile = Path.of(manifest.request().get("job.file").toString());
      if (!delete(RunRecord.started(manifest.runId(), manifest.job(), jobFile, Instant.now()).with(RunStatus.DEAD))) {
        untouched.add(directory + " is of a run that is under way");
      }
    } catch (IOException e) {
      untouched.add(directory + " has a manifest that cannot be read: " + Failures.text(e));
    }
  }

  private List<Path> directories() throws IOException {
    if (!Files.isDirectory(state.runs())) {
      return List.of();
    }
    try (Stream<Path> directories = Files.list(state.runs())) {
      return directories.sorted().toList();
    }
  }
}
