package dev.samzabatch.format;

import java.io.IOException;

/**
 * Turns the text of one array into JSON lines, in place and byte for byte, so that offsets stay what they are: line
 * ends between values become blanks, the brackets of the array and the commas between its elements become blanks and
 * line ends. What is within the elements is left for the reader of lines to judge.
 */
final class JsonElements {

  private static final int HEAD_BYTES = 4096;

  private enum State {
    BEFORE,
    WITHIN,
    BEHIND
  }

  private final BadRecords bad;
  private State state;
  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean elementSeen;
  private boolean commaSeen;

  private JsonElements(BadRecords bad, State state) {
    this.bad = bad;
    this.state = state;
    depth = state == State.WITHIN ? 1 : 0;
  }

  /** A converter of a text from its start. */
  static JsonElements fromStart(BadRecords bad) {
    return new JsonElements(bad, State.BEFORE);
  }

  /**
   * A converter of a text that begins behind this byte, which is the comma behind an element, or else behind the array.
   */
  static JsonElements behind(BadRecords bad, byte separator) {
    return new JsonElements(bad, separator == ',' ? State.WITHIN : State.BEHIND);
  }

  /** Whether a file is an array: its first byte that is no blank is a bracket. */
  static boolean isArray(SourceFile file) throws IOException {
    try (SplitStream in = SplitStream.open(file, 0)) {
      byte[] first = in.readNBytes(HEAD_BYTES);
      int at = Utf8.markLength(first, first.length);
      while (first.length > 0) {
        for (; at < first.length; at++) {
          if (!isBlank(first[at])) {
            return first[at] == '[';
          }
        }
        first = in.readNBytes(HEAD_BYTES);
        at = 0;
      }
      return false;
    }
  }

  /** Whether the bracket that ends the array has been met. */
  boolean isBehind() {
    return state == State.BEHIND;
  }

  /**
   * Converts the bytes that follow those of the call before.
   *
   * @param base offset in the file of the index 0
   * @return index behind the last line, or {@code from} when none ends here
   * @throws BadRecord when they are not the text of one array
   */
  int convert(byte[] b, int from, int to, long base) {
    int end = from;
    for (int at = from; at < to; at++) {
      if (inString) {
        inString = escaped || b[at] != '"';
        escaped = !escaped && b[at] == '\\';
      } else if (state == State.WITHIN) {
        end = within(b, at, base) ? at + 1 : end;
      } else if (!isBlank(b[at])) {
        begin(b, at, base);
      } else if (b[at] == '\n') {
        b[at] = ' ';
      }
    }
    return state == State.BEHIND ? to : end;
  }

  private void begin(byte[] b, int at, long base) {
    if (state == State.BEHIND || b[at] != '[') {
      bad.addMalformed(base + at, "expected nothing behind the array, found " + BadRecords.shown(b, at, at + 1),
          "a file is either lines of objects or one array of objects");
      throw BadRecord.NOTED;
    }
    b[at] = ' ';
    state = State.WITHIN;
    depth = 1;
  }

  /** Converts a byte of the array outside of strings, and tells whether a line ends with it. */
  private boolean within(byte[] b, int at, long base) {
    byte c = b[at];
    if (isBlank(c)) {
      b[at] = ' ';
      return false;
    }
    boolean separates = depth == 1 && (c == ',' || c == ']');
    if (separates) {
      separate(b, at, base);
      return true;
    }
    elementSeen = true;
    inString = c == '"';
    if (c == '{' || c == '[') {
      depth++;
    } else if (c == '}' || c == ']') {
      depth--;
    }
    return false;
  }

  private void separate(byte[] b, int at, long base) {
    boolean ends = b[at] == ']';
    if (!elementSeen && (!ends || commaSeen)) {
      bad.addMalformed(base + at, "expected an object, found " + (char) b[at], "take the superfluous comma away");
      throw BadRecord.NOTED;
    }
    commaSeen = !ends;
    elementSeen = false;
    state = ends ? State.BEHIND : State.WITHIN;
    b[at] = '\n';
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
