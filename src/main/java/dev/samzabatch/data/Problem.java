package dev.samzabatch.data;

import java.util.Optional;

/**
 * One thing that is wrong, for a person to mend.
 *
 * @param code stable, for example {@code SB-1020}; {@code samza-batch explain CODE} tells more
 * @param severity whether it stops the job
 * @param place where it was written
 * @param message what was expected and what was found
 * @param hint what to type next; may be empty, may have several lines
 * @param excerpt the line at the place, when it is at hand
 */
public record Problem(
    String code, Severity severity, Place place, String message, String hint, Optional<Excerpt> excerpt) {

  private static final String GUTTER = "      | ";

  /** Longer messages quote what nobody reads. */
  private static final int MAX_TEXT = 4_000;

  /** Whether a problem stops the job. */
  public enum Severity {
    ERROR,
    WARNING;

    String word() {
      return this == ERROR ? "error" : "warning";
    }
  }

  /** An error without an excerpt. */
  public static Problem error(String code, Place place, String message, String hint) {
    return new Problem(code, Severity.ERROR, place, message, hint, Optional.empty());
  }

  /** A warning without an excerpt. */
  public static Problem warning(String code, Place place, String message, String hint) {
    return new Problem(code, Severity.WARNING, place, message, hint, Optional.empty());
  }

  /** This problem with the line it is on. */
  public Problem with(Excerpt line) {
    return new Problem(code, severity, place, message, hint, Optional.of(line));
  }

  /** Whether it stops the job. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /**
   * The problem as it is shown, without a final line end:
   *
   * <pre>
   * job.conf:12:34  error SB-1052: step "counts" reads "humans", which is no input and no step
   *    12 |   counts  { from = humans, by = [member_id] }
   *       |                    ^^^^^^ did you mean human?
   * </pre>
   */
  public String render() {
    StringBuilder out = new StringBuilder();
    if (!place.isNone()) {
      out.append(place).append("  ");
    }
    out.append(severity.word()).append(' ').append(code).append(": ").append(printable(message));
    if (excerpt.isPresent() && place.line() > 0) {
      renderExcerpt(excerpt.get(), out);
    } else if (!hint.isEmpty()) {
      out.append("\n   ").append(printable(hint).replace("\n", "\n   "));
    }
    return out.toString();
  }

  /**
   * The text without control characters, which come from data and would be orders to a terminal, and not without end.
   */
  private static String printable(String text) {
    String shown = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    int[] printable = shown.codePoints().map(c -> Character.isISOControl(c) && c != '\n' ? '?' : c).toArray();
    return new String(printable, 0, printable.length);
  }

  private void renderExcerpt(Excerpt line, StringBuilder out) {
    Excerpt.View view = line.view(place.column());
    out.append('\n').append(String.format("%5d | ", place.line())).append(view.text());
    if (place.column() > 0) {
      out.append("\n").append(GUTTER).append(" ".repeat(view.before())).append("^".repeat(view.carets()));
      if (!hint.isEmpty()) {
        out.append(' ').append(printable(hint).replace("\n", "\n" + GUTTER));
      }
    } else if (!hint.isEmpty()) {
      out.append("\n").append(GUTTER).append(printable(hint).replace("\n", "\n" + GUTTER));
    }
  }
}
