package dev.samzabatch.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/**
 * The lines of a split of JSON lines, or of a file that is one array of objects, which {@link JsonElements} turns into
 * lines; finds the records in them and has each read by someone else. Blank lines are passed over.
 */
final class JsonLines implements Closeable {

  private final FileSplit split;
  private final ByteChunks chunks;
  private final BadRecords bad;
  private final JsonScanner in;

  /** Null unless the file is an array. */
  private JsonElements elements;

  /** Start of the next line. */
  private int at;

  /** Index behind the last whole line in the window. */
  private int end;

  private JsonLines(FileSplit split, ByteChunks chunks) {
    this.split = split;
    this.chunks = chunks;
    bad = new BadRecords(split.file());
    in = new JsonScanner(bad);
  }

  /** Reads an object. */
  @FunctionalInterface
  interface Body {

    /**
     * Reads the object whose opening bracket is before {@code from}, as this row, and returns the index behind it.
     *
     * @throws BadRecord when it is bad, which has been noted
     */
    int read(int from, int row);
  }

  /** Opens a split whose start may lie anywhere in a file of lines, and at a {@link #position} of an array. */
  static JsonLines open(FileSplit split, int chunkBytes, int maxRecordBytes) throws IOException {
    boolean isArray = JsonElements.isArray(split.file());
    ByteChunks chunks = ByteChunks.open(split, Math.max(0, split.start() - 1), chunkBytes, maxRecordBytes);
    try {
      JsonLines lines = new JsonLines(split, chunks);
      lines.start(isArray);
      return lines;
    } catch (IOException | RuntimeException e) {
      chunks.close();
      throw e;
    }
  }

  /** What reads the JSON of the records. */
  JsonScanner scanner() {
    return in;
  }

  /** Finds the start of the first line, whichever split the byte before it belongs to. */
  private void start(boolean isArray) throws IOException {
    boolean fromStart = split.start() == 0;
    chunks.fill(0);
    if (fromStart) {
      while (chunks.limit() < 3 && !chunks.atEnd()) {
        chunks.fill(0);
      }
      Arrays.fill(chunks.array(), 0, Utf8.markLength(chunks.array(), chunks.limit()), (byte) ' ');
    }
    if (isArray) {
      elements = fromStart ? JsonElements.fromStart(bad) : JsonElements.behind(bad, chunks.array()[0]);
    }
    at = fromStart ? 0 : isArray ? Math.min(1, chunks.limit()) : behindLine();
    findLines(at);
  }

  /** Index behind the first line end. */
  private int behindLine() throws IOException {
    int lineEnd = lineEnd(0);
    while (lineEnd >= chunks.limit() && !chunks.atEnd()) {
      chunks.fill(chunks.limit());
      lineEnd = lineEnd(0);
    }
    return Math.min(lineEnd + 1, chunks.limit());
  }

  private int lineEnd(int from) {
    byte[] b = chunks.array();
    int index = from;
    while (b[index] != '\n') {
      index++;
    }
    return index;
  }

  /** Whether a line of the split is in the window; moves the window on if there is none left. */
  boolean hasLine() throws IOException {
    while (at >= end && chunks.offset(at) < split.end() && !(chunks.atEnd() && end == chunks.limit())) {
      int kept = chunks.limit() - at;
      chunks.fill(at);
      at = 0;
      findLines(kept);
    }
    return at < end && chunks.offset(at) < split.end();
  }

  /** Sets the end of the last whole line, of which nothing ends before {@code from}. */
  private void findLines(int from) throws IOException {
    int limit = chunks.limit();
    byte[] b = chunks.array();
    if (isArray()) {
      try {
        end = elements.convert(b, from, limit, chunks.offset(0));
      } catch (BadRecord e) {
        bad.throwIfAny();
      }
    } else {
      end = limit;
      while (end > from && b[end - 1] != '\n') {
        end--;
      }
    }
    if (chunks.atEnd()) {
      end = limit;
    } else if (end == from) {
      end = at;
    }
    in.setWindow(chunks);
  }

  /**
   * Reads records from the lines that are in the window.
   *
   * @return how many that were; fewer than {@code maxRows} at the end of the window and where records are bad
   */
  int read(Body body, int maxRows) {
    int stop = (int) Math.min(end, split.end() - chunks.offset(0));
    int rows = 0;
    while (rows < maxRows && at < stop) {
      rows += readLine(body, rows);
    }
    at = Math.min(at, end);
    return rows;
  }

  /** Reads the record of a line, and returns how many that are: none if it is blank or bad. */
  private int readLine(Body body, int row) {
    byte[] b = in.bytes();
    int start = b[at] > ' ' ? at : in.skipBlanks(at);
    if (b[start] == '\n') {
      at = start + 1;
      return 0;
    }
    try {
      if (b[start] != '{') {
        throw in.malformed(start, "an object, {");
      }
      int behind = in.skipBlanks(body.read(start + 1, row));
      if (b[behind] != '\n') {
        throw in.malformed(behind, isArray() ? "a comma or the end of the array" : "the end of the line");
      }
      at = behind + 1;
      return 1;
    } catch (BadRecord e) {
      at = lineEnd(start) + 1;
      return 0;
    }
  }

  /** Reports bad records, and an array that does not end before the file. */
  void check() throws IOException {
    if (bad.isEmpty() && isArray() && at >= end && end == chunks.limit() && chunks.atEnd() && !elements.isBehind()) {
      bad.addMalformed(position(), "expected ] at the end of the array, found the end of the file",
          "the file seems to be incomplete");
    }
    bad.throwIfAny();
  }

  private boolean isArray() {
    return elements != null;
  }

  /** Offset of the next line. */
  long position() {
    return chunks.offset(at);
  }

  /** Bytes of the file read so far, compressed ones if it is compressed. */
  long bytesRead() {
    return chunks.bytesRead();
  }

  @Override
  public void close() throws IOException {
    chunks.close();
  }
}
