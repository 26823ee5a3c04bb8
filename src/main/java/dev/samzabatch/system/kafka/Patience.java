package dev.samzabatch.system.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long somebody has asked in vain. Time in which nobody asked hardly counts. */
final class Patience {

  /** Between two questions so much time counts at most. */
  private static final long LONGEST_STEP = 1_000_000_000L;

  private final long limitNanos;
  private final LongSupplier nanoTime;
  private long waitedNanos;
  private long lastNanos;

  Patience(Duration limit, LongSupplier nanoTime) {
    this.limitNanos = limit.toNanos();
    this.nanoTime = nanoTime;
    renew();
  }

  /** It was not in vain. */
  void renew() {
    waitedNanos = 0;
    lastNanos = nanoTime.getAsLong();
  }

  /** It was in vain once more; says whether that is enough. */
  boolean isOver() {
    long now = nanoTime.getAsLong();
    waitedNanos += Math.min(LONGEST_STEP, now - lastNanos);
    lastNanos = now;
    return waitedNanos >= limitNanos;
  }
}
