package dev.samzabatch.system.log;

import dev.samzabatch.system.DamagedStreamException;
import java.nio.file.Path;

/** A stream file that does not hold what was written to it. The message names the file and the byte. */
public final class DamagedLogException extends DamagedStreamException {

  private static final long serialVersionUID = 1L;

  private final String place;
  private final String fact;

  DamagedLogException(Path file, long offset, String fact) {
    this(file + " at byte " + offset, fact);
  }

  private DamagedLogException(String place, String fact) {
    super(place + ": " + fact);
    this.place = place;
    this.fact = fact;
  }

  /** The same with a reason why it is not what a crash leaves of the last write. */
  DamagedLogException followedBy(Path file, long block) {
    String more = "; it is not the end of the lane, since an intact block begins at byte " + block + " of ";
    return new DamagedLogException(place, fact + more + file.getFileName());
  }

  /** What is wrong there, without the place. */
  String fact() {
    return fact;
  }
}
