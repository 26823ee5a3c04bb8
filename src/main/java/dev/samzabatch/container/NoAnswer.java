package dev.samzabatch.container;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.expr.EvaluationException;

/** The error of an expression that has no right answer for a value, with where it stands in the job. */
final class NoAnswer {

  private NoAnswer() {}

  /** The error; {@code where} is for people, for example {@code step "counts"}. */
  static UserException in(String where, EvaluationException cause) {
    String hint = "nothing was published; change the expression or the data";
    Problem problem = Problem.error("SB-3900", Place.none(), where + ": " + cause.getMessage(), hint);
    return new UserException(ErrorKind.USER, problem, cause);
  }
}
