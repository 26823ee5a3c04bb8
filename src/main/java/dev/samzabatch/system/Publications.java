package dev.samzabatch.system;

import java.util.concurrent.TimeUnit;

/** Counts publications and wakes those who wait for one. Thread-safe. */
public final class Publications {

  private long count;

  /** One more. */
  public synchronized void add() {
    count++;
    notifyAll();
  }

  /** How many there were. */
  public synchronized long count() {
    return count;
  }

  /** Waits until there were more than {@code seen}, or the time is up. */
  public synchronized void await(long seen, long timeoutMillis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (count <= seen) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }
}
