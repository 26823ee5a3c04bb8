package dev.samzabatch.container;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** What the containers of a run tell each other: that the run is to stop, and what failed first. Thread-safe. */
public final class RunState {

  /** So long may a task that is asked to stop go on with the batch it is at, so that it can commit. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile long stopNanos;
  private volatile boolean stopping;

  /** Asks all containers to commit at the next batch, and to stop. */
  public void stop() {
    if (!stopping) {
      stopNanos = System.nanoTime();
      stopping = true;
      stopped.countDown();
    }
  }

  /** Tells that something failed; only the first failure is kept. All containers stop. */
  public void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
    stop();
  }

  /** Whether containers are to stop. */
  public boolean stopping() {
    return stopping;
  }

  /** What failed first; null when nothing has. */
  public Throwable failure() {
    return failure.get();
  }

  /** Waits until containers are to stop, or the time is up, and tells whether they are to stop. */
  boolean awaitStop(long millis) throws InterruptedException {
    return stopped.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Throws {@link StoppedException} within a batch when the run was to stop some time ago. */
  void checkOverdue() {
    if (stopping && System.nanoTime() - stopNanos > GRACE_NANOS) {
      throw new StoppedException();
    }
  }

  /** The run is to stop; nothing is wrong with the container that throws it. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("the run was asked to stop", null, false, false);
    }
  }
}
