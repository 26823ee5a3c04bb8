package dev.samzabatch.job;

/** How a job lives. */
public enum Mode {
  /** Every input ends; so does the run. */
  BATCH,
  /** Some input has no end; the run lives until it is stopped, and goes on when it is started again. */
  STREAMING
}
