package dev.samzabatch.data;

import java.io.IOException;

/** Bytes that are no batch of the schema: damaged, or written by another version. The message says what is wrong. */
public final class BatchFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  BatchFormatException(String message) {
    super(message);
  }
}
