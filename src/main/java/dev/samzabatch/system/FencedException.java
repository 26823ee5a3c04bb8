package dev.samzabatch.system;

import java.io.IOException;

/**
 * Nothing more can be written, since somebody else writes the same streams by now. Trying again would bar that one from
 * writing, and so would do harm.
 */
public final class FencedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** The exception with this message. */
  public FencedException(String message, Throwable cause) {
    super(message, cause);
  }
}
