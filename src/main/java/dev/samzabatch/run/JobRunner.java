package dev.samzabatch.run;

import dev.samzabatch.container.RunState;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobLoader;
import dev.samzabatch.job.JobRequest;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.RunSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
    return run(request, false);
  }

  /**
   * Runs the job.
   *
   * @param fresh whether a job without end begins anew, rather than go on where it was stopped
   * @throws UserException as {@link #run(JobRequest)}
   */
  public Result run(JobRequest request, boolean fresh) {
    try (SharedRuns shared = new SharedRuns(state, request.overrides().environment())) {
      JobSpec job = JobLoader.load(request);
      shared.attach(job);
      Optional<Result> result = Optional.empty();
      while (result.isEmpty()) {
        Optional<RunRecord> begun = fresh ? Optional.empty() : Continuation.of(state, job);
        if (begun.isPresent()) {
          shared.attachFor(begun.get().runId());
          result = goOn(begun.get(), job, request);
        } else {
          result = begin(request, fresh);
        }
      }
      return result.get();
    } finally {
      finished.countDown();
    }
  }

  /** Begins a run; gives nothing when there turns out to be one by now that is to be gone on with. */
  private Optional<Result> begin(JobRequest request, boolean fresh) {
    PreparedJob job = JobPreparation.prepare(request, settings);
    for (Problem warning : job.warnings()) {
      observer.warned(warning);
    }
    settings.warning(job.spec().run()).ifPresent(observer::warned);
    refuseOccupied(job);
    RunSpec.IfRunning ifRunning = job.spec().run().ifRunning();
    Optional<JobLock> lock = acquire(job.spec().name(), request.runId(), ifRunning);
    if (lock.isEmpty()) {
      return Optional.of(underWay(job.spec().name(), ifRunning));
    }
    try {
      return !fresh && Continuation.of(state, job.spec()).isPresent()
          ? Optional.empty()
          : Optional.of(new Result(runLocked(job, request, lock.get()), Optional.empty(), false));
    } finally {
      release(lock.get());
    }
  }

  /** Goes on with a run of a job that has no end; gives nothing when that is not the one to go on with any more. */
  private Optional<Result> goOn(RunRecord run, JobSpec job, JobRequest request) {
    RunSpec.IfRunning ifRunning = job.run().ifRunning();
    Optional<JobLock> lock = acquire(run.job(), run.runId(), ifRunning);
    if (lock.isEmpty()) {
      return Optional.of(underWay(run.job(), ifRunning));
    }
    try {
      if (Continuation.of(state, job).filter(r -> r.runId().equals(run.runId())).isEmpty()) {
        return Optional.empty();
      }
      Map<String, String> environment = request.overrides().environment();
      ResumeRequest wish = new ResumeRequest(List.of(), false, environment, Optional.of(request));
      return Optional.of(new Result(resumeLocked(run, wish, lock.get()), Optional.empty(), false));
    } finally {
      release(lock.get());
    }
  }

  private Result underWay(String job, RunSpec.IfRunning ifRunning) {
    return new Result(null, JobLock.holder(state, job), ifRunning == RunSpec.IfRunning.SKIP);
  }

  /** Before anything is created. What a dead run has published in part is finished first, with the lock. */
  private void refuseOccupied(PreparedJob job) {
    UnfinishedPublications unfinished = new UnfinishedPublications(state, observer);
    try {
      if (unfinished.of(job.spec().name()).isEmpty()) {
        try (Outputs outputs = new Outputs(job, state, settings, job.plan().runId())) {
          outputs.refuseOccupied();
        }
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
    try (Outputs outputs = new Outputs(job, state, RunSettings.DEFAULT, job.plan().runId())) {
      outputs.refuseOccupied();
      return outputs.warnings();
    }
  }

  private RunOutcome runLocked(PreparedJob job, JobRequest request, JobLock lock) {
    try {
      new UnfinishedPublications(state, observer).finishOthers(job.spec().name(), request.runId());
      PreparedJob current = JobPreparation.stillHolds(job) ? job : JobPreparation.prepare(request, settings);
      return new JobRun(current, state, settings, observer, runState, lock).run();
    } catch (IOException e) {
      throw Failures.of(e);
    }
  }

  private RunOutcome resumeLocked(RunRecord run, ResumeRequest wish, JobLock lock) {
    return new Resume(state, settings, observer, runState, lock).run(run.runId(), wish);
  }

  /**
   * Goes on with a run whose process is dead. A run that is under way is never touched.
   *
   * @throws UserException when it cannot be resumed; all is as it was then
   */
  public Result resume(RunRecord run, ResumeRequest request) {
    try (SharedRuns shared = new SharedRuns(state, request.environment())) {
      shared.attachFor(run.runId());
      Optional<JobLock> lock = acquire(run.job(), run.runId(), RunSpec.IfRunning.FAIL);
      if (lock.isEmpty()) {
        return underWay(run.job(), RunSpec.IfRunning.FAIL);
      }
      try {
        return new Result(resumeLocked(run, request, lock.get()), Optional.empty(), false);
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

  private Optional<JobLock> acquire(String job, String runId, RunSpec.IfRunning ifRunning) {
    Optional<JobLock> lock = acquire(job, runId);
    if (lock.isEmpty() && ifRunning == RunSpec.IfRunning.WAIT) {
      JobLock.holder(state, job).ifPresent(observer::waiting);
      while (lock.isEmpty() && !runState.stopping()) {
        pause();
        lock = JobLock.tryAcquire(state, job, runId, runState::fail);
      }
    }
    return lock;
  }

  private Optional<JobLock> acquire(String job, String runId) {
    Optional<JobLock> lock = JobLock.tryAcquire(state, job, runId, runState::fail);
    if (lock.isEmpty()) {
      // Who lists runs holds the lock of a dead one for a moment, to see that it is dead.
      pause();
      lock = JobLock.tryAcquire(state, job, runId, runState::fail);
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
