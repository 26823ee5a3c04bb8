package dev.samzabatch.format;

import java.io.IOException;
import java.util.Arrays;

/**
 * Finds where the first line starts at or behind some offset of a CSV file, although a line end may stand within
 * quotes.
 *
 * <p>
 * Reads some bytes from the offset on under both assumptions: that the offset lies within quotes, and that it does not.
 * If the records that follow have the right number of fields and proper quotes under only one of them, that one is
 * true. If there is no quote in these bytes the offset does not lie within quotes. In all other cases the file is read
 * from its start.
 *
 * <p>
 * A guess can be wrong for a file made to mislead. Whoever reads the splits of a file must therefore compare: a split's
 * {@link BatchReader#position()} at its end must be the next split's at its start.
 */
final class CsvSplitStart {

  private static final int WINDOW_BYTES = 64 << 10;
  private static final int ROWS = 256;

  /** What a reading of the window under an assumption gave: where the first line starts. */
  private static final int IMPOSSIBLE = -1;

  /** The reading ended before it could be judged. */
  private static final int UNDECIDED = -2;

  private final FileSplit split;
  private final CsvOptions options;
  private final int[] noSlots;
  private final long headerEnd;
  private final int windowBytes;

  /** Works for a split of a file with this many columns. */
  CsvSplitStart(FileSplit split, CsvOptions options, CsvColumns columns) {
    this(split, options, columns, WINDOW_BYTES);
  }

  /** The same with a window of this size. */
  CsvSplitStart(FileSplit split, CsvOptions options, CsvColumns columns, int windowBytes) {
    this.split = split;
    this.options = options;
    this.noSlots = new int[columns.slots().length];
    Arrays.fill(noSlots, CsvScanner.UNWANTED);
    this.headerEnd = columns.headerEnd();
    this.windowBytes = windowBytes;
  }

  /**
   * Offset of the first line start at or behind the start of the split, which is not 0; the file's length if there is
   * none.
   */
  long find() throws IOException {
    if (split.start() <= headerEnd) {
      return headerEnd;
    }
    long before = split.start() - 1;
    try (ByteChunks chunks = ByteChunks.open(split, before, windowBytes, ByteChunks.maxRecordBytes())) {
      chunks.fill(0);
      if (chunks.limit() <= 1) {
        return before + chunks.limit();
      }
      boolean quotes = hasQuote(chunks);
      int outside = outside(chunks, quotes);
      if (!quotes && outside >= 0) {
        return before + outside;
      }
      int inside = inside(chunks);
      if (outside >= 0 && inside == IMPOSSIBLE) {
        return before + outside;
      }
      if (inside >= 0 && outside == IMPOSSIBLE) {
        return before + inside;
      }
    }
    return fromStart();
  }

  private boolean hasQuote(ByteChunks chunks) {
    if (options.quote() == CsvOptions.NONE) {
      return false;
    }
    for (int i = 0; i < chunks.limit(); i++) {
      if (chunks.array()[i] == options.quote()) {
        return true;
      }
    }
    return false;
  }

  /** Reads as if the byte at index 1 did not lie within quotes. */
  private int outside(ByteChunks chunks, boolean judge) {
    int at = 0;
    while (at < chunks.limit() && !endsField(chunks.array()[at])) {
      at++;
    }
    return firstLine(chunks, at, judge);
  }

  /** Reads as if the byte at index 1 lay within quotes. */
  private int inside(ByteChunks chunks) {
    byte[] bytes = chunks.array();
    int limit = chunks.limit();
    if (isSpecial(bytes[0]) && isSpecial(bytes[1])) {
      return UNDECIDED;
    }
    for (int at = 1; at < limit; at++) {
      if (bytes[at] == options.escape() && at + 1 < limit && isSpecial(bytes[at + 1])) {
        at++;
      } else if (bytes[at] == options.quote()) {
        boolean ends = at + 1 < limit ? endsField(bytes[at + 1]) : chunks.atEnd();
        return ends ? firstLine(chunks, at + 1, true) : at + 1 < limit ? IMPOSSIBLE : UNDECIDED;
      }
    }
    return chunks.atEnd() ? IMPOSSIBLE : UNDECIDED;
  }

  private boolean isSpecial(byte b) {
    return b == options.quote() || b == options.escape();
  }

  private boolean endsField(byte b) {
    return b == options.delimiter() || b == '\n' || b == '\r';
  }

  /** Goes on from the end of a field to the first line end, and judges the records behind it if that is asked for. */
  private int firstLine(ByteChunks chunks, int fieldEnd, boolean judge) {
    if (fieldEnd >= chunks.limit()) {
      return chunks.atEnd() ? chunks.limit() : UNDECIDED;
    }
    CsvScanner scanner = new CsvScanner(options, noSlots, 0, ROWS, true);
    if (chunks.array()[fieldEnd] == options.delimiter()) {
      scanner.index(chunks.array(), fieldEnd + 1, chunks.limit(), chunks.atEnd());
      CsvScanner.Stop rest = scanner.scan(1, fieldEnd + 2);
      if (rest == CsvScanner.Stop.NEEDS_MORE) {
        return UNDECIDED;
      }
      if (isMalformed(scanner)) {
        return IMPOSSIBLE;
      }
    } else {
      scanner.index(chunks.array(), behindLineEnd(chunks, fieldEnd), chunks.limit(), chunks.atEnd());
    }
    return judge ? judged(scanner, scanner.recordStart()) : scanner.recordStart();
  }

  private static int behindLineEnd(ByteChunks chunks, int lineEnd) {
    byte[] bytes = chunks.array();
    boolean two = bytes[lineEnd] == '\r' && lineEnd + 1 < chunks.limit() && bytes[lineEnd + 1] == '\n';
    return lineEnd + (two ? 2 : 1);
  }

  private static int judged(CsvScanner scanner, int line) {
    int records = 0;
    CsvScanner.Stop stop;
    do {
      scanner.startBatch();
      stop = scanner.scan(ROWS, Integer.MAX_VALUE);
      records += scanner.rows();
      if (stop == CsvScanner.Stop.WRONG) {
        return IMPOSSIBLE;
      }
    } while (stop == CsvScanner.Stop.DONE && scanner.rows() > 0);
    return records == 0 && stop == CsvScanner.Stop.NEEDS_MORE ? UNDECIDED : line;
  }

  private static boolean isMalformed(CsvScanner scanner) {
    return scanner.wrong() != CsvScanner.Wrong.NOTHING && scanner.wrong() != CsvScanner.Wrong.FIELD_COUNT;
  }

  /** Reads all records before the split. */
  private long fromStart() throws IOException {
    try (ByteChunks chunks = ByteChunks.open(split, headerEnd)) {
      CsvScanner scanner = new CsvScanner(options, noSlots, 0, ROWS, true);
      chunks.fill(0);
      int start = headerEnd == 0 ? Utf8.markLength(chunks.array(), chunks.limit()) : 0;
      scanner.index(chunks.array(), start, chunks.limit(), chunks.atEnd());
      while (chunks.offset(scanner.recordStart()) < split.start()) {
        scanner.startBatch();
        long stop = Math.min(Integer.MAX_VALUE, split.start() - chunks.offset(0));
        CsvScanner.Stop reason = scanner.scan(ROWS, (int) stop);
        if (reason == CsvScanner.Stop.NEEDS_MORE) {
          chunks.fill(scanner.recordStart());
          scanner.index(chunks.array(), 0, chunks.limit(), chunks.atEnd());
        } else if (reason == CsvScanner.Stop.DONE && scanner.recordStart() == chunks.limit() && chunks.atEnd()) {
          break;
        }
      }
      return chunks.offset(scanner.recordStart());
    }
  }
}
