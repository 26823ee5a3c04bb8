package dev.samzabatch.format;

/**
 * Walks over the JSON text (RFC 8259) of one record in a window. Every record ends with a line end, which no JSON value
 * may hold, so that the loops here need no other bound; where one is met too early the record is bad.
 *
 * <p>
 * Methods take the index where something starts and return the index behind it. A bad record is noted and left with
 * {@link BadRecord}.
 */
final class JsonScanner {

  /** How deep arrays and objects may be nested in each other. */
  static final int MAX_DEPTH = 1000;

  private static final String ONE_LINE =
      "each record is one line; records that go over several lines must be the elements of one array, [ ... ]";

  private final BadRecords bad;
  private byte[] bytes = new byte[0];
  private long base;
  private long fileEnd;
  private boolean ofLines = true;
  private int textEnd;

  JsonScanner(BadRecords bad) {
    this.bad = bad;
  }

  /** Looks at another window from now on. */
  void setWindow(ByteChunks chunks) {
    bytes = chunks.array();
    base = chunks.offset(0);
    fileEnd = chunks.atEnd() ? chunks.offset(chunks.limit()) : Long.MAX_VALUE;
  }

  /** Looks at this array from now on, in which each record has a line end behind it that is not its own. */
  void setValues(byte[] array) {
    bytes = array;
    ofLines = false;
    fileEnd = Long.MAX_VALUE;
  }

  /** The array of the window. */
  byte[] bytes() {
    return bytes;
  }

  /** Where bad records are noted. */
  BadRecords bad() {
    return bad;
  }

  /** Offset in the file of an index. */
  long offset(int at) {
    return base + at;
  }

  /** Index behind the last byte of the text that {@link #text} has read. */
  int textEnd() {
    return textEnd;
  }

  /** Passes over blanks, but not over a line end. */
  int skipBlanks(int from) {
    int at = from;
    while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r') {
      at++;
    }
    return at;
  }

  /**
   * Reads a string whose quote is before this index: its text starts here, ends at {@link #textEnd()}, and is valid
   * UTF-8 with escapes already replaced, in place.
   */
  int text(int from) {
    int at = from;
    byte[] b = bytes;
    long ends = Swar.endsPlainText(Swar.load(b, at));
    while (ends == 0) {
      at += 8;
      ends = Swar.endsPlainText(Swar.load(b, at));
    }
    at += Swar.first(ends);
    if (b[at] == '"') {
      textEnd = at;
      return at + 1;
    }
    return specialText(at, true);
  }

  /** The same, leaving the text as it is. */
  int skipText(int from) {
    int at = from;
    byte[] b = bytes;
    long ends = Swar.endsPlainText(Swar.load(b, at));
    while (ends == 0) {
      at += 8;
      ends = Swar.endsPlainText(Swar.load(b, at));
    }
    at += Swar.first(ends);
    return b[at] == '"' ? at + 1 : specialText(at, false);
  }

  /** Goes on with a string at its first byte that is special: an escape, or not ASCII. */
  private int specialText(int from, boolean replace) {
    byte[] b = bytes;
    int at = from;
    int out = from;
    while (b[at] != '"') {
      if (b[at] == '\\') {
        int length = JsonEscapes.length(b, at);
        if (length <= 0) {
          throw badEscape(at, -length);
        }
        out += replace ? JsonEscapes.replace(b, at, out) : length;
        at += length;
        continue;
      }
      int length = b[at] < 0 ? Utf8.sequenceLength(b, at, b.length) : 1;
      if (length == 0) {
        bad.addInvalidText(offset(at), "the text is not valid UTF-8");
        throw BadRecord.NOTED;
      }
      if (b[at] >= 0 && b[at] < ' ') {
        throw malformed(at, b[at] == '\n' ? "the closing quote of a string" : "no control character in a string");
      }
      for (int i = 0; replace && out != at && i < length; i++) {
        b[out + i] = b[at + i];
      }
      out += length;
      at += length;
    }
    textEnd = out;
    return at + 1;
  }

  private BadRecord badEscape(int at, int distance) {
    if (distance == 0) {
      bad.addInvalidText(offset(at), "the escape is half of a surrogate pair without the other half");
      return BadRecord.NOTED;
    }
    return malformed(at + distance,
        distance == 1 ? "one of \"\\/bfnrtu behind a backslash" : "four hexadecimal digits");
  }

  /** Passes over a number. What follows it is the caller's to check. */
  int number(int from) {
    int start = bytes[from] == '-' ? from + 1 : from;
    int at = digits(start);
    if (bytes[start] == '0' && at > start + 1) {
      throw malformed(start, "a number without leading zeros");
    }
    if (bytes[at] == '.') {
      at = digits(at + 1);
    }
    if ((bytes[at] | 0x20) == 'e') {
      boolean sign = bytes[at + 1] == '-' || bytes[at + 1] == '+';
      at = digits(sign ? at + 2 : at + 1);
    }
    return at;
  }

  /** Passes over at least one digit. */
  private int digits(int from) {
    int at = from;
    long others = Swar.nonDigits(Swar.load(bytes, at));
    while (others == 0) {
      at += 8;
      others = Swar.nonDigits(Swar.load(bytes, at));
    }
    at += Swar.first(others);
    if (at == from) {
      throw malformed(at, "a value");
    }
    return at;
  }

  /** Passes over a value of any kind. */
  int skipValue(int at, int depth) {
    return switch (bytes[at]) {
      case '"' -> skipText(at + 1);
      case '{' -> skipObject(at + 1, deeper(at, depth));
      case '[' -> skipArray(at + 1, deeper(at, depth));
      case 't' -> word(at, "true");
      case 'f' -> word(at, "false");
      case 'n' -> word(at, "null");
      default -> number(at);
    };
  }

  private int skipObject(int from, int depth) {
    int at = skipBlanks(from);
    if (bytes[at] == '}') {
      return at + 1;
    }
    while (true) {
      at = skipValue(colon(skipText(keyQuote(at))), depth);
      at = skipBlanks(at);
      if (bytes[at] == '}') {
        return at + 1;
      }
      at = skipBlanks(comma(at, "a comma or }"));
    }
  }

  private int skipArray(int from, int depth) {
    int at = skipBlanks(from);
    if (bytes[at] == ']') {
      return at + 1;
    }
    while (true) {
      at = skipBlanks(skipValue(at, depth));
      if (bytes[at] == ']') {
        return at + 1;
      }
      at = skipBlanks(comma(at, "a comma or ]"));
    }
  }

  /** One level more than {@code depth}, for the array or object that starts here. */
  int deeper(int at, int depth) {
    if (depth >= MAX_DEPTH) {
      bad.addMalformed(offset(at), "arrays and objects are nested more than " + MAX_DEPTH + " deep", notJson());
      throw BadRecord.NOTED;
    }
    return depth + 1;
  }

  /** Passes over the quote of a key. */
  int keyQuote(int at) {
    if (bytes[at] != '"') {
      throw malformed(at, "a key in quotes");
    }
    return at + 1;
  }

  /** Passes over the colon behind a key and the blanks around it. */
  int colon(int from) {
    int at = skipBlanks(from);
    if (bytes[at] != ':') {
      throw malformed(at, "a colon");
    }
    return skipBlanks(at + 1);
  }

  /** Passes over a comma. */
  int comma(int at, String expected) {
    if (bytes[at] != ',') {
      throw malformed(at, expected);
    }
    return at + 1;
  }

  /** Passes over this word. */
  int word(int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        throw malformed(at, "a value");
      }
    }
    return at + word.length();
  }

  /** Notes that the record is not JSON at this index; for the caller to throw. */
  BadRecord malformed(int at, String expected) {
    byte found = bytes[at];
    if (offset(at) >= fileEnd) {
      bad.addMalformed(offset(at), "expected " + expected + ", found the end of the file",
          "the file seems to be incomplete");
    } else if (found == '\n') {
      bad.addMalformed(offset(at), "expected " + expected + ", found the end of the " + (ofLines ? "line" : "record"),
          ofLines ? ONE_LINE : notJson());
    } else {
      int length = found < 0 ? Math.max(1, Utf8.sequenceLength(bytes, at, bytes.length)) : 1;
      String shown = found < ' ' && found >= 0 ? "a byte 0x" + Integer.toHexString(found)
          : BadRecords.shown(bytes, at, at + length);
      bad.addMalformed(offset(at), "expected " + expected + ", found " + shown, notJson());
    }
    return BadRecord.NOTED;
  }

  private String notJson() {
    return bad.mend() + ", or check the input's format";
  }
}
