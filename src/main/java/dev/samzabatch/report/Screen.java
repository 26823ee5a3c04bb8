package dev.samzabatch.report;

import java.io.PrintWriter;

/**
 * Where progress is shown.
 *
 * @param out takes the text; it is flushed after each of its parts
 * @param kind how progress is shown there
 * @param width columns of a line
 * @param style colours of the text
 */
public record Screen(PrintWriter out, Kind kind, int width, Style style) {

  /** How progress is shown. */
  public enum Kind {
    /** A table that is redrawn. */
    LIVE,
    /** A line a change, and one a minute. */
    LINES,
    /** Not at all. */
    NONE
  }
}
