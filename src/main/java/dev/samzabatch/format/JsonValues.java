package dev.samzabatch.format;

/**
 * Reads JSON objects of which each comes as bytes of its own, from a {@link RecordWindow} that keeps copies of them.
 */
final class JsonValues {

  private static final long LINE_ENDS = Swar.repeat('\n');

  private final RecordWindow window = new RecordWindow();
  private final BadRecords bad = BadRecords.ofValues();
  private final JsonScanner in = new JsonScanner(bad);

  /** What reads the JSON of the objects. */
  JsonScanner scanner() {
    return in;
  }

  /** Forgets the objects. */
  void clear() {
    window.clear();
    in.setValues(window.array());
  }

  /** Adds an object, and returns whether another array of the scanner's holds all of them now. */
  boolean add(byte[] bytes, int from, int to) {
    boolean moved = window.add(bytes, from, to);
    in.setValues(window.array());
    hideLineEnds();
    return moved;
  }

  /**
   * Has the object read that was added last.
   *
   * @return null when it is good, else what is wrong with it; then it is no longer here
   */
  RecordProblem read(JsonLines.Body body, int row) {
    byte[] b = window.array();
    try {
      int start = in.skipBlanks(window.start());
      if (b[start] != '{') {
        throw in.malformed(start, "an object, {");
      }
      int behind = in.skipBlanks(body.read(start + 1, row));
      if (behind != window.limit()) {
        throw in.malformed(behind, "the end of the record");
      }
      return null;
    } catch (BadRecord e) {
      window.dropLast();
      return bad.take();
    }
  }

  /** For the scanner a line end is the end of a record. */
  private void hideLineEnds() {
    byte[] b = window.array();
    int at = window.start();
    while (at < window.limit()) {
      long found = Swar.equal(Swar.load(b, at), LINE_ENDS);
      if (found != 0) {
        at += Swar.first(found);
        break;
      }
      at += Long.BYTES;
    }
    if (at < window.limit()) {
      replaceLineEnds();
    }
  }

  /** A line end is a blank; within a string it is a control character, and stays one. */
  private void replaceLineEnds() {
    byte[] b = window.array();
    boolean inString = false;
    boolean escaped = false;
    for (int at = window.start(); at < window.limit(); at++) {
      if (b[at] == '\n') {
        b[at] = (byte) (inString ? '\r' : ' ');
      }
      if (inString) {
        inString = escaped || b[at] != '"';
        escaped = !escaped && b[at] == '\\';
      } else {
        inString = b[at] == '"';
      }
    }
  }
}
