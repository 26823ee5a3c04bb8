package dev.samzabatch.run;

import dev.samzabatch.container.RunState;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.RunSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a job once: prepares it, takes the job's lock as {@code if-running} says, and hands over to {@link JobRun}. One
 * instance a run; {@link #run} is called by one thread, {@link #stop} by any.
 */
public final class JobRunner {

  private static final long LOCK_POLL_MILLIS = 200;

  private final StateDirectory state;
  private final RunSettings settings;
  private final RunObserver observer;
  private final RunState runState = new RunState();
  private final CountDownLatch finished = new CountDownLatch(1);

  /** A runner that keeps its state here and tells the observer. */
  public JobRunner(StateDirectory state, RunSettings settings, RunObserver observer) {
    this.state = state;
    this.settings = settings;
    this.observer = observer;
  }

  /**
   * What came of it.
   *
   * @param outcome how the run ended; null when there was none, because another run of the job is under way
   * @param holder that other run, as far as it is known
   * @param skipped whether the job file says that this is no failure
   */
  public record Result(RunOutcome outcome, Optional<LockHolder> holder, boolean skipped) {}

  /**
   * Runs the job.
   *
   * @throws UserException when the job, its inputs or outputs, or the state directory are not as they must be to start;
   * nothing was created then
   */
  public Result run(JobRequest request) {
    try {
      PreparedJob job = JobPreparation.prepare(request, settings);
      for (Problem warning : job.warnings()) {
        observer.warned(warning);
      }
      settings.warning(job.spec().run()).ifPresent(observer::warned);
      refuseOccupied(job);
      RunSpec.IfRunning ifRunning = job.spec().run().ifRunning();
      Optional<JobLock> lock = acquire(job, ifRunning);
      if (lock.isEmpty()) {
        return new Result(null, JobLock.holder(state, job.spec().name()), ifRunning == RunSpec.IfRunning.SKIP);
      }
      return new Result(runLocked(job, request, lock.get()), Optional.empty(), false);
    } finally {
      finished.countDown();
    }
  }

  /** Before anything is created. What a dead run has published in part is finished first, with the lock. */
  private void refuseOccupied(PreparedJob job) {
    UnfinishedPublications unfinished = new UnfinishedPublications(state, observer);
    try {
      if (unfinished.of(job.spec().name()).isEmpty()) {
        new Outputs(job, state, settings, job.plan().runId()).refuseOccupied();
      }
    } catch (IOException e) {
      throw Failures.of(e);
    }
  }

  /**
   * Looks whether the outputs of a job may be published where they are to go, as {@link #run} does before it starts.
   *
   * @return what is odd about them but no error
   * @throws UserException with everything that stands against it
   */
  public static List<Problem> checkOutputs(PreparedJob job, StateDirectory state) {
    Outputs outputs = new Outputs(job, state, RunSettings.DEFAULT, job.plan().runId());
    outputs.refuseOccupied();
    return outputs.warnings();
  }

  private RunOutcome runLocked(PreparedJob job, JobRequest request, JobLock lock) {
    try {
      new UnfinishedPublications(state, observer).finishOthers(job.spec().name(), request.runId());
      PreparedJob current = JobPreparation.stillHolds(job) ? job : JobPreparation.prepare(request, settings);
      return new JobRun(current, state, settings, observer, runState).run();
    } catch (IOException e) {
      throw Failures.of(e);
    } finally {
      release(lock);
    }
  }

  /**
   * Goes on with a run whose process is dead. A run that is under way is never touched.
   *
   * @throws UserException when it cannot be resumed; all is as it was then
   */
  public Result resume(RunRecord run, ResumeRequest request) {
    try {
      Optional<JobLock> lock = acquire(run.job(), run.runId());
      if (lock.isEmpty()) {
        return new Result(null, JobLock.holder(state, run.job()), false);
      }
      try {
        RunOutcome outcome = new Resume(state, settings, observer, runState).run(run.runId(), request);
        return new Result(outcome, Optional.empty(), false);
      } finally {
        release(lock.get());
      }
    } finally {
      finished.countDown();
    }
  }

  private void release(JobLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw state.unusable(e);
    }
  }

  private Optional<JobLock> acquire(PreparedJob job, RunSpec.IfRunning ifRunning) {
    String name = job.spec().name();
    String runId = job.plan().runId();
    Optional<JobLock> lock = acquire(name, runId);
    if (lock.isEmpty() && ifRunning == RunSpec.IfRunning.WAIT) {
      JobLock.holder(state, name).ifPresent(observer::waiting);
      while (lock.isEmpty() && !runState.stopping()) {
        pause();
        lock = JobLock.tryAcquire(state, name, runId);
      }
    }
    return lock;
  }

  private Optional<JobLock> acquire(String job, String runId) {
    Optional<JobLock> lock = JobLock.tryAcquire(state, job, runId);
    if (lock.isEmpty()) {
      // Who lists runs holds the lock of a dead one for a moment, to see that it is dead.
      pause();
      lock = JobLock.tryAcquire(state, job, runId);
    }
    return lock;
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOCK_POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      runState.stop();
    }
  }

  /** Asks the run to stop at the next batch, and waits until it has, its lock is released and its record is written. */
  public void stop() throws InterruptedException {
    runState.stop();
    finished.await();
  }
}
