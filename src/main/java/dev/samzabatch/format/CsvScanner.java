package dev.samzabatch.format;

import java.util.Arrays;

/**
 * Finds the records of a window of CSV bytes and where the wanted fields of each lie. Works in two steps, each a small
 * loop: {@link CsvIndex} marks delimiters and line ends, whatever they mean, and {@link #scan} walks over these marks,
 * record by record, and looks into quoted fields.
 *
 * <p>
 * Grammar: a field that starts with the quote ends with the next quote that is not escaped, and a delimiter, a line end
 * or the end of the file follows; anywhere else a quote is a character as any other. A line end is CR, LF or CRLF.
 * Blank lines are no records, except in a file of one column if {@code blankIsRecord}.
 */
final class CsvScanner {

  /** Why {@link #scan} stopped. */
  enum Stop {
    /** As many rows as there may be were found, or the next record starts at or behind the stop. */
    DONE,
    /** The record at {@link #recordStart()} does not end in the window. */
    NEEDS_MORE,
    /** The record at {@link #recordStart()} is wrong, see {@link #wrong()}; the next scan goes on behind it. */
    WRONG
  }

  /** What can be wrong with a record. */
  enum Wrong {
    NOTHING,
    FIELD_COUNT,
    TEXT_AFTER_QUOTE,
    QUOTE_NOT_CLOSED
  }

  /** The slot of a column that is not wanted. */
  static final int UNWANTED = -1;

  private static final int MISSING = -1;

  private final byte delimiter;
  private final byte quote;
  private final boolean quoting;
  private final byte escape;
  private final long quotes;
  private final long escapes;
  private final boolean blankIsRecord;
  private final int[] slots;
  private final int[][] starts;
  private final int[][] lengths;

  private final CsvIndex index;
  private byte[] array = new byte[0];
  private int limit;
  private boolean atEnd;
  private int[] marks;

  /** Index in the marks of the first one that has not been passed. */
  private int mark;

  private int recordStart;
  private int wrongStart;
  private int wrongField;
  private int rows;
  private int fields;
  private Wrong wrong = Wrong.NOTHING;
  private int[] escapedSlots = new int[4];
  private int escapedCount;

  /**
   * Makes a scanner.
   *
   * @param slots for each column of the file, where its fields are noted, or {@link #UNWANTED}
   * @param slotCount how many slots there are
   * @param maxRows how many rows one batch has at most
   * @param blankIsRecord whether a blank line in a file of one column is a record of an empty field
   */
  CsvScanner(CsvOptions options, int[] slots, int slotCount, int maxRows, boolean blankIsRecord) {
    this.delimiter = (byte) options.delimiter();
    this.index = new CsvIndex(delimiter);
    this.quote = (byte) options.quote();
    this.quoting = options.quote() != CsvOptions.NONE;
    this.escape = (byte) options.escape();
    this.quotes = Swar.repeat(quote);
    this.escapes = Swar.repeat(escape);
    this.blankIsRecord = blankIsRecord && slots.length == 1;
    this.slots = slots.clone();
    this.starts = new int[slotCount][maxRows];
    this.lengths = new int[slotCount][maxRows];
  }

  /** Where the fields of a slot start in the array, by row; within the quotes if there are any. */
  int[] starts(int slot) {
    return starts[slot];
  }

  /** How long the fields of a slot are, by row; without quotes and escapes. */
  int[] lengths(int slot) {
    return lengths[slot];
  }

  /** How many rows have been found since {@link #startBatch}. */
  int rows() {
    return rows;
  }

  /** Start of the first record that has not been found yet. */
  int recordStart() {
    return recordStart;
  }

  /** Start of the record that is wrong. */
  int wrongStart() {
    return wrongStart;
  }

  /** What is wrong with that record. */
  Wrong wrong() {
    return wrong;
  }

  /** Where the field with the wrong quotes starts; of no meaning if it is the number of fields that is wrong. */
  int wrongField() {
    return wrongField;
  }

  /** How many columns the file has. */
  int columns() {
    return slots.length;
  }

  /** How many fields that record has. */
  int fields() {
    return fields;
  }

  /** Whether all bytes of the window are ASCII. */
  boolean ascii() {
    return index.ascii();
  }

  /**
   * Whether the field that starts here is quoted. Fields keep the quote before them, even when escapes have been
   * removed.
   */
  boolean quoted(int start) {
    return quoting && start > 0 && array[start - 1] == quote;
  }

  /** Forgets the rows, so that the next go into the first places. */
  void startBatch() {
    rows = 0;
  }

  /**
   * Takes a new window, whose bytes behind the limit are line ends.
   *
   * @param start where the next record starts
   * @param fileEnds whether the file ends at the limit
   */
  void index(byte[] window, int start, int end, boolean fileEnds) {
    array = window;
    limit = end;
    atEnd = fileEnds;
    recordStart = start;
    mark = 0;
    index.mark(window, start, end);
    marks = index.marks();
  }

  /**
   * Finds records that start before {@code stop} until the batch has {@code maxRows}.
   *
   * @return why it did not go on
   */
  Stop scan(int maxRows, int stop) {
    wrong = Wrong.NOTHING;
    while (rows < maxRows && recordStart < stop) {
      if (recordStart == limit) {
        return atEnd ? Stop.DONE : Stop.NEEDS_MORE;
      }
      int firstMark = mark;
      int end = record(rows);
      int next = end == MISSING ? MISSING : behindLineEnd(end);
      if (next == MISSING) {
        mark = firstMark;
        escapedCount = 0;
        wrong = Wrong.NOTHING;
        return Stop.NEEDS_MORE;
      }
      int start = recordStart;
      recordStart = next;
      if (fields == 1 && end == start && !blankIsRecord) {
        continue;
      }
      if (fields != slots.length || wrong != Wrong.NOTHING) {
        return wrongRecord(start);
      }
      if (escapedCount > 0) {
        removeEscapes(rows);
      }
      rows++;
    }
    return Stop.DONE;
  }

  private Stop wrongRecord(int start) {
    wrongStart = start;
    escapedCount = 0;
    wrong = wrong == Wrong.NOTHING ? Wrong.FIELD_COUNT : wrong;
    return Stop.WRONG;
  }

  /** Notes the fields of one record; returns where its line end is, or MISSING when the window ends before. */
  private int record(int row) {
    byte[] bytes = array;
    int at = recordStart;
    int count = 0;
    int[] columns = slots;
    while (true) {
      int slot = count < columns.length ? columns[count] : UNWANTED;
      count++;
      int end;
      if (quoting && bytes[at] == quote) {
        end = quotedField(at, slot, row);
        if (end == MISSING) {
          return MISSING;
        }
      } else {
        end = nextMark();
        if (slot >= 0) {
          starts[slot][row] = at;
          lengths[slot][row] = end - at;
        }
      }
      if (bytes[end] != delimiter) {
        fields = count;
        return end == limit && !atEnd ? MISSING : end;
      }
      at = end + 1;
    }
  }

  /** The next delimiter or line end, or the limit. */
  private int nextMark() {
    while (true) {
      int at = marks[mark++];
      byte found = array[at];
      if (found == delimiter || found == '\n' || found == '\r') {
        return at;
      }
    }
  }

  /** Where the record behind this line end starts; MISSING when that depends on bytes behind the window. */
  private int behindLineEnd(int end) {
    if (end == limit) {
      return end;
    }
    if (array[end] == '\r') {
      if (end + 1 == limit && !atEnd) {
        return MISSING;
      }
      if (end + 1 < limit && array[end + 1] == '\n') {
        mark++;
        return end + 2;
      }
    }
    return end + 1;
  }

  /** Notes a field whose opening quote is at this index; returns its end as {@link #record} needs it, or MISSING. */
  private int quotedField(int open, int slot, int row) {
    byte[] bytes = array;
    boolean hasEscapes = false;
    int at = open + 1;
    while (true) {
      at = nextQuoteOrEscape(at);
      if (at >= limit) {
        return notClosed(open);
      }
      if (bytes[at] == quote && (escape != quote || bytes[at + 1] != quote)) {
        break;
      }
      hasEscapes = true;
      at += 2;
    }
    if (slot >= 0) {
      starts[slot][row] = open + 1;
      lengths[slot][row] = at - open - 1;
      if (hasEscapes) {
        noteEscapes(slot);
      }
    }
    return behindQuote(open, at + 1);
  }

  /** Index of the first quote or escape from this one on; at or behind the limit when there is none. */
  private int nextQuoteOrEscape(int from) {
    byte[] bytes = array;
    int end = limit;
    int at = from;
    while (at < end) {
      long word = Swar.load(bytes, at);
      long found = Swar.equal(word, quotes) | Swar.equal(word, escapes);
      if (found != 0) {
        return at + Swar.first(found);
      }
      at += Long.BYTES;
    }
    return at;
  }

  /** The file or the window ends within quotes. */
  private int notClosed(int open) {
    if (!atEnd) {
      return MISSING;
    }
    wrong = Wrong.QUOTE_NOT_CLOSED;
    wrongField = open;
    mark = index.count();
    return limit;
  }

  /** The end of a quoted field is expected here; whatever else stands here is skipped. */
  private int behindQuote(int open, int expected) {
    while (marks[mark] < expected) {
      mark++;
    }
    int end = nextMark();
    if (end != expected && wrong == Wrong.NOTHING) {
      wrong = Wrong.TEXT_AFTER_QUOTE;
      wrongField = open;
    }
    return end;
  }

  private void noteEscapes(int slot) {
    if (escapedCount == escapedSlots.length) {
      escapedSlots = Arrays.copyOf(escapedSlots, escapedCount * 2);
    }
    escapedSlots[escapedCount++] = slot;
  }

  /** Only now is it known that the record is whole, and will not be read again from the changed bytes. */
  private void removeEscapes(int row) {
    for (int i = 0; i < escapedCount; i++) {
      int slot = escapedSlots[i];
      lengths[slot][row] = removeEscapes(starts[slot][row], lengths[slot][row]);
    }
    escapedCount = 0;
  }

  private int removeEscapes(int start, int length) {
    int end = start + length;
    int to = start;
    for (int from = start; from < end; from++, to++) {
      boolean escaping = array[from] == escape && from + 1 < end;
      if (escaping && (array[from + 1] == quote || array[from + 1] == escape)) {
        from++;
      }
      array[to] = array[from];
    }
    return to - start;
  }
}
