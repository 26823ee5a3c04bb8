package dev.samzabatch.system;

import java.io.IOException;

/**
 * A stream does not hold what was written to it, or is not there any more: trying again cannot help. The message names
 * the place.
 */
public class DamagedStreamException extends IOException {

  private static final long serialVersionUID = 1L;

  /** The exception with this message. */
  public DamagedStreamException(String message) {
    super(message);
  }
}
