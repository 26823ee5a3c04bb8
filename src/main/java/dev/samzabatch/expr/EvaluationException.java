package dev.samzabatch.expr;

/**
 * An expression has no right answer for a value: overflow, division by zero, a cast that does not fit. The message says
 * what was computed, with the value, and what to write instead; the operator adds the step. A retry cannot help.
 */
public final class EvaluationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes one without a stack trace, since it tells of data and not of code. */
  public EvaluationException(String message) {
    super(message, null, false, false);
  }
}
