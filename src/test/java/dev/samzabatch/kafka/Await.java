package dev.samzabatch.kafka;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a bound. */
public final class Await {

  private static final long PAUSE_NANOS = 20_000_000;

  private Await() {}

  /** Asks every 20 ms whether the condition holds; fails with {@code what} when it does not within the bound. */
  public static void until(String what, Duration bound, BooleanSupplier condition) {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + bound.toSeconds() + " s: " + what);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted while waiting for: " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
