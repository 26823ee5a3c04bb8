package dev.samzabatch.data;

/**
 * The source line of a problem and how many characters of it are meant.
 *
 * @param line the whole line, without its line end; any length, any characters
 * @param width how many characters from the problem's column on are meant; at least 1
 */
public record Excerpt(String line, int width) {

  private static final int MAX_SHOWN = 110;
  private static final int SHOWN_BEFORE = 60;

  /** What of the line is shown: at most 110 characters around the place, none of which moves the cursor. */
  record View(String text, int before, int carets) {}

  View view(int column) {
    int at = Math.max(0, Math.min(column - 1, line.length()));
    int from = line.length() <= MAX_SHOWN || at <= SHOWN_BEFORE ? 0 : at - SHOWN_BEFORE;
    int to = Math.min(line.length(), from + MAX_SHOWN);
    String left = from > 0 ? "…" : "";
    String right = to < line.length() ? "…" : "";
    int carets = Math.max(1, Math.min(width, to - at));
    return new View(left + printable(line.substring(from, to)).stripTrailing() + right, left.length() + at - from,
        carets);
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.chars().forEach(c -> out.append(c == '\t' ? ' ' : Character.isISOControl(c) ? '?' : (char) c));
    return out.toString();
  }
}
