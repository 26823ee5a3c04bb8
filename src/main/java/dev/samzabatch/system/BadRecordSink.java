package dev.samzabatch.system;

import dev.samzabatch.data.Place;
import dev.samzabatch.format.RecordProblem;
import java.io.IOException;

/** Takes records that do not fit, so that the others are read on. Used by one thread. */
public interface BadRecordSink {

  /**
   * Takes a record, of which there is no row.
   *
   * @param place for example {@code bus:views/3 offset 120}
   * @param key its bytes, or null when it has none
   * @param value its bytes; null only when it is kept as a row without values and another part of it is bad
   * @param problem what is wrong with it
   * @throws dev.samzabatch.data.UserException when there are too many
   */
  void take(Place place, byte[] key, byte[] value, RecordProblem problem) throws IOException;
}
