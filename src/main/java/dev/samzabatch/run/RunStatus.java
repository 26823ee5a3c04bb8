package dev.samzabatch.run;

/** How a run stands or ended. */
public enum RunStatus {
  /** It is under way, if its job is locked; otherwise its process died. */
  RUNNING,
  /** Its result is published. */
  DONE,
  /** It failed; nothing was published. */
  FAILED,
  /** Its checks failed; nothing was published. */
  CHECKS_FAILED,
  /** It was asked to stop; nothing was published. */
  INTERRUPTED,
  /** Its process died without a word. Never written; it is what RUNNING means when the job is not locked. */
  DEAD;

  /** Whether it ended with a published result. */
  public boolean isDone() {
    return this == DONE;
  }
}
