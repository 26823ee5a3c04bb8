package dev.samzabatch.container;

import java.util.concurrent.atomic.AtomicReference;

/** What the containers of a run tell each other: that the run is to stop, and what failed first. Thread-safe. */
public final class RunState {

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean stopping;

  /** Asks all containers to stop at the next batch. */
  public void stop() {
    stopping = true;
  }

  /** Tells that something failed; only the first failure is kept. All containers stop. */
  public void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
    stopping = true;
  }

  /** Whether containers are to stop. */
  public boolean stopping() {
    return stopping;
  }

  /** What failed first; null when nothing has. */
  public Throwable failure() {
    return failure.get();
  }

  /** Throws {@link StoppedException} when the run is to stop. */
  void checkStop() {
    if (stopping) {
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
