package dev.samzabatch.system.log;

import java.io.IOException;
import java.nio.file.Path;

/** A stream file that does not hold what was written to it. The message names the file and the byte. */
public final class DamagedLogException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String fact;

  DamagedLogException(Path file, long offset, String fact) {
    super(file + " at byte " + offset + ": " + fact);
    this.fact = fact;
  }

  /** What is wrong there, without the place. */
  String fact() {
    return fact;
  }
}
