package dev.samzabatch.container;

import java.io.IOException;
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
  private volatile boolean draining;
  private volatile Claim claim = () -> {};

  /** Asks all containers to commit at the next batch, and to stop. */
  public void stop() {
    if (!stopping) {
      stopNanos = System.nanoTime();
      stopping = true;
      stopped.countDown();
    }
  }

  /** Makes sure that the run is still this process's alone. */
  public interface Claim {
    /** Throws when it is not, or that cannot be found out. */
    void require() throws IOException;
  }

  /** Says how to make sure that the run is still this process's alone; until then it is. */
  public void claim(Claim held) {
    claim = held;
  }

  /**
   * To be called before a container that has failed takes its work up again: it may have failed because another process
   * has taken over, which its new lanes would bar in turn.
   */
  void requireClaim() throws IOException {
    claim.require();
  }

  /** Asks all containers to read inputs without end no further than to what is there now, and to finish that. */
  public void drain() {
    draining = true;
  }

  /** Whether inputs without end are to be read no further. */
  public boolean draining() {
    return draining;
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
