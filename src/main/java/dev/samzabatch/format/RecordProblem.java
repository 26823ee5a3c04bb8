package dev.samzabatch.format;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;

/**
 * What is wrong with one record.
 *
 * @param code as in {@link BadRecords}
 * @param message what was expected and what was found
 * @param hint what to do about it
 */
public record RecordProblem(String code, String message, String hint) {

  /** The same as an error at this place. */
  public Problem at(Place place) {
    return Problem.error(code, place, message, hint);
  }
}
