package dev.samzabatch.format;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Collects what is wrong with the records of a batch and reports it at once: the first few with their places, and how
 * many there are. Readers note offsets; lines are counted only for the report. Codes:
 *
 * <pre>
 * SB-3001  a value is not of its column's type        SB-3004  the record is not written as the format demands
 * SB-3002  a value is null where the column is not    SB-3005  text is not valid UTF-8
 * SB-3003  a column is missing                        SB-3006  a record is too long
 * </pre>
 */
final class BadRecords {

  /** How much of a value a message shows, in characters. */
  static final int MAX_SHOWN_CHARS = 80;

  private static final int MAX_SHOWN = 5;
  private static final int MAX_KEPT = 1_000;

  /** Something wrong at an offset. */
  private record Entry(String code, long offset, String message, String hint) {}

  /** Empty for records that lie in no file. */
  private final Optional<SourceFile> file;

  private final List<Entry> entries = new ArrayList<>();
  private long count;

  BadRecords(SourceFile file) {
    this(Optional.of(file));
  }

  private BadRecords(Optional<SourceFile> file) {
    this.file = file;
  }

  /** For records that lie in no file: each comes by itself, and {@link #take} tells what is wrong with it. */
  static BadRecords ofValues() {
    return new BadRecords(Optional.empty());
  }

  /** Whether there is nothing to report. */
  boolean isEmpty() {
    return count == 0;
  }

  /**
   * A value does not fit its column.
   *
   * @param column name of the column; with points, of a field in it
   * @param value the value as it is written, if need be shortened with {@link #shown}
   * @param why more about it; may be empty
   */
  void addValue(long offset, String column, DataType type, String value, String why) {
    String reason = why.isEmpty() ? "" : ": " + why;
    add("SB-3001", offset, "column " + column + " is " + type + ", but here it is " + value + reason,
        "declare the column as string or another type that fits, or " + mend());
  }

  /** A value is null. */
  void addNull(long offset, String column, DataType type) {
    add("SB-3002", offset, "column " + column + " is " + type + " and never null, but here it is null",
        nullHint(column, type));
  }

  /** A record lacks a column. */
  void addMissing(long offset, String column, DataType type) {
    add("SB-3003", offset, "column " + column + " is " + type + " and never null, but this record does not have it",
        nullHint(column, type));
  }

  private static String nullHint(String column, DataType type) {
    String name = column.substring(column.lastIndexOf('.') + 1);
    return "if that is right, allow it in the schema: \"" + name + " " + type + " null\"";
  }

  /** A record is not written as the format demands; the message says what was expected and what is there. */
  void addMalformed(long offset, String message, String hint) {
    add("SB-3004", offset, message, hint);
  }

  /** Text is not UTF-8. */
  void addInvalidText(long offset, String message) {
    add("SB-3005", offset, message, file.isPresent()
        ? "turn the file into UTF-8, for example with iconv -f latin1 -t utf-8"
        : "declare the column as bytes if it is no text, or " + mend());
  }

  /** What a person can do about data that is wrong. */
  String mend() {
    return file.isPresent() ? "mend the file" : "mend what writes such records";
  }

  /** What ends with the last byte. */
  String whole() {
    return file.isPresent() ? "file" : "record";
  }

  /** What was added first, about the one record since the last call; at least one thing must have been. */
  RecordProblem take() {
    Entry first = entries.get(0);
    entries.clear();
    count = 0;
    return new RecordProblem(first.code(), first.message(), first.hint());
  }

  private void add(String code, long offset, String message, String hint) {
    count++;
    if (entries.size() < MAX_KEPT) {
      entries.add(new Entry(code, offset, message, hint));
    }
  }

  /**
   * Reports what was added, if anything was.
   *
   * @throws UserException with the first problems by offset; the last of them says how many there are
   * @throws IOException when the file cannot be read again to count its lines
   */
  void throwIfAny() throws IOException {
    if (count == 0) {
      return;
    }
    List<Entry> first = entries.stream().sorted(Comparator.comparingLong(Entry::offset)).limit(MAX_SHOWN).toList();
    List<Place> places = LinePlaces.of(file.orElseThrow(), first.stream().map(Entry::offset).toList());
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      Entry entry = first.get(i);
      boolean last = i == first.size() - 1;
      boolean repeated = !last && first.get(i + 1).hint().equals(entry.hint());
      String hint = repeated ? "" : entry.hint();
      problems.add(Problem.error(entry.code(), places.get(i), entry.message(), last ? hint + total() : hint));
    }
    throw new UserException(problems);
  }

  private String total() {
    return count <= MAX_SHOWN ? ""
        : "\nfound so far: " + count + " values or records that do not fit; these are the first";
  }

  /** The text of a slice for a message: what does not print is replaced, and it has at most 80 characters. */
  static String shown(byte[] b, int from, int to) {
    int end = Math.min(to, from + 4 * MAX_SHOWN_CHARS);
    return shortened(new String(b, from, Math.max(0, end - from), StandardCharsets.UTF_8));
  }

  /** The text with at most 80 characters, of which all print. */
  static String shortened(String text) {
    int[] printable =
        text.codePoints().limit(MAX_SHOWN_CHARS + 1L).map(c -> Character.isISOControl(c) ? '?' : c).toArray();
    return printable.length <= MAX_SHOWN_CHARS
        ? new String(printable, 0, printable.length)
        : new String(printable, 0, MAX_SHOWN_CHARS - 3) + "...";
  }
}
