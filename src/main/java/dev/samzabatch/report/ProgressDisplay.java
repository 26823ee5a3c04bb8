package dev.samzabatch.report;

/** Shows the progress of one run from a thread of its own, from {@link #start} to {@link #stop}. */
sealed interface ProgressDisplay permits LiveProgress, LineProgress {

  /** Begins to show. */
  void start();

  /** Ends; nothing is written after it has returned. */
  void stop();
}
