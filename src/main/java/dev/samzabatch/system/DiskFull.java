package dev.samzabatch.system;

import java.io.IOException;
import java.util.Locale;

/** Tells a full disk from other failures: Java has no exception of its own for it. */
public final class DiskFull {

  private DiskFull() {}

  /** Whether the failure, or what caused it, is that a disk or a quota is full. */
  public static boolean is(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : "";
      String lower = text.toLowerCase(Locale.ROOT);
      if (lower.contains("no space left") || lower.contains("quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
