package dev.samzabatch.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Looks from a thread of its own whether a run goes on, and tells once whenever it has not for too long. */
final class Watchdog {

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);
  private static final int LOOKS = 8;

  private final Duration stallAfter;
  private final LongSupplier progress;
  private final Runnable stalled;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Watchdog(Duration stallAfter, LongSupplier progress, Runnable stalled) {
    this.stallAfter = stallAfter;
    this.progress = progress;
    this.stalled = stalled;
  }

  /**
   * Starts to look.
   *
   * @param progress a number that changes whenever something happens
   * @param stalled called by the watchdog's thread
   */
  static Watchdog start(Duration stallAfter, LongSupplier progress, Runnable stalled) {
    Watchdog watchdog = new Watchdog(stallAfter, progress, stalled);
    Thread thread = new Thread(watchdog::look, "watchdog");
    thread.setDaemon(true);
    thread.start();
    return watchdog;
  }

  private void look() {
    Duration share = stallAfter.dividedBy(LOOKS);
    long pause = Math.max(1, (share.compareTo(LONGEST_LOOK) < 0 ? share : LONGEST_LOOK).toMillis());
    long last = progress.getAsLong();
    long since = System.nanoTime();
    boolean told = false;
    try {
      while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
        long now = progress.getAsLong();
        if (now != last) {
          last = now;
          since = System.nanoTime();
          told = false;
        } else if (!told && System.nanoTime() - since >= stallAfter.toNanos()) {
          told = true;
          stalled.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the looking. */
  void close() {
    closed.countDown();
  }
}
