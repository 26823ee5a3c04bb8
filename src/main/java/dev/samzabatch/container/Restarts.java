package dev.samzabatch.container;

import dev.samzabatch.data.UserException;
import dev.samzabatch.system.DamagedStreamException;
import dev.samzabatch.system.DiskFull;
import dev.samzabatch.system.FencedException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Decides whether a container that has failed is started again, and when. Used by the container's thread. */
final class Restarts {

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final int most;
  private final Duration window;
  private final Deque<Long> times = new ArrayDeque<>();

  /** At most so many restarts within a window of time. */
  Restarts(int most, Duration window) {
    this.most = most;
    this.window = window;
  }

  /** Whether trying again may help, and may be done at {@code nanos}; it counts as done then. */
  boolean allow(Throwable failure, long nanos) {
    while (!times.isEmpty() && nanos - times.peek() > window.toNanos()) {
      times.remove();
    }
    if (!mayHelp(failure) || times.size() >= most) {
      return false;
    }
    times.add(nanos);
    return true;
  }

  /** Time to wait before the restart that was allowed last. */
  long pauseMillis() {
    return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(20, times.size() - 1));
  }

  /**
   * A bad record, a bug in an expression, a full disk and damaged data are the same the next time; whoever is fenced
   * must not.
   */
  static boolean mayHelp(Throwable failure) {
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    if (cause instanceof UserException || cause instanceof DamagedStreamException || cause instanceof FencedException
        || DiskFull.is(cause)) {
      return false;
    }
    return cause instanceof Exception || cause instanceof OutOfMemoryError;
  }
}
