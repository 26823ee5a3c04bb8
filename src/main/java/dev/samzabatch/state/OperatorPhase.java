package dev.samzabatch.state;

/** Where an operator stands; the number in a checkpoint is the ordinal. */
public enum OperatorPhase {
  /** Some of its ports have not ended. */
  OPEN,
  /** All its ports have ended; it emits what it holds. */
  DRAINING,
  /** It has emitted everything, and those behind it know. */
  ENDED
}
