package dev.samzabatch.job;

/** A position in a HOCON text, and the steps over blanks, comments and strings. */
final class HoconCursor {

  /** Characters that HOCON keeps for itself outside quotes. */
  private static final String RESERVED = "$\"{}[]:=,+#`^?!@*&\\";

  private final SourceFile source;
  private final String text;
  private int at;

  HoconCursor(SourceFile source) {
    this.source = source;
    this.text = source.text();
  }

  SourceFile source() {
    return source;
  }

  int at() {
    return at;
  }

  void moveTo(int offset) {
    at = Math.min(offset, text.length());
  }

  void advance() {
    moveTo(at + 1);
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The character here; NUL, which no text contains, at the end. */
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, at);
  }

  /** The text from {@code start} to here. */
  String since(int start) {
    return text.substring(start, at);
  }

  boolean atComment() {
    return peek() == '#' || startsWith("//");
  }

  /** Over blanks within the line. */
  void skipInlineBlanks() {
    while (!atEnd() && peek() != '\n' && isBlank(peek())) {
      at++;
    }
  }

  /** Over blanks, line ends, comments and, where they only separate, commas. */
  void skipBlanks(boolean alsoCommas) {
    while (!atEnd()) {
      char c = peek();
      if (isBlank(c) || alsoCommas && c == ',') {
        at++;
      } else if (atComment()) {
        skipLine();
      } else {
        return;
      }
    }
  }

  /** To the line end, or to the text's end. */
  void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  /** Over characters that may stand in a value without quotes. */
  void skipUnquoted(String alsoReserved) {
    while (!atEnd() && isUnquoted(peek()) && alsoReserved.indexOf(peek()) < 0 && !startsWith("//")) {
      at++;
    }
  }

  /**
   * After a mistake: to what ends this value in its line - a comma, a line end, or a closing bracket that was not
   * opened on the way.
   */
  void skipRestOfValue() {
    int open = 0;
    while (!atEnd() && peek() != '\n' && (open > 0 || peek() != ',')) {
      char c = peek();
      if (c == '"') {
        skipQuotedInLine();
        continue;
      }
      open += c == '{' || c == '[' ? 1 : 0;
      open -= c == '}' || c == ']' ? 1 : 0;
      if (open < 0) {
        return;
      }
      at++;
    }
  }

  private void skipQuotedInLine() {
    at++;
    while (!atEnd() && peek() != '\n' && peek() != '"') {
      at += peek() == '\\' && peek(1) != '\n' ? 2 : 1;
    }
    moveTo(peek() == '"' ? at + 1 : at);
  }

  /** The end of what a person would call the value, between {@code start} and here. */
  int endOfText(int start) {
    int end = at;
    while (end > start + 1 && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }

  private static boolean isUnquoted(char c) {
    return !isBlank(c) && RESERVED.indexOf(c) < 0;
  }
}
