package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;

/**
 * A piece of SQL (a query, an expression, a column name) from a job file, with its placeholders filled in, that can
 * tell for each of its characters where that was written. Equal to another of the same text.
 */
public final class SqlText {

  private final MappedText mapped;

  SqlText(MappedText mapped) {
    this.mapped = mapped;
  }

  /** A text that stands in no job file. */
  public static SqlText of(String text) {
    return new SqlText(MappedText.at(text, SourceFile.argument("", text), 0));
  }

  /** The SQL. */
  public String text() {
    return mapped.text();
  }

  /** Where the text starts. */
  public Place place() {
    return mapped.place(0);
  }

  /** Where the character at this offset was written; the end for offsets behind it. */
  public Place placeAt(int offset) {
    return mapped.place(offset);
  }

  /** Where the character in this line and column of the text, both 1-based, was written. */
  public Place placeAt(int line, int column) {
    return mapped.place(offset(line, column));
  }

  /**
   * The offset of a line and column of the text.
   *
   * @param line 1-based; lines end with a line feed
   * @param column 1-based, in UTF-16 units
   */
  public int offset(int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      int end = text().indexOf('\n', start);
      if (end < 0) {
        break;
      }
      start = end + 1;
    }
    return Math.max(0, Math.min(start + column - 1, text().length()));
  }

  /** An error about the characters from offset {@code start} up to {@code end}, with the line of the job file. */
  public Problem error(String code, int start, int end, String message, String hint) {
    return mapped.error(code, start, end, message, hint);
  }

  /** An error about the whole text. */
  public Problem error(String code, String message, String hint) {
    return mapped.error(code, message, hint);
  }

  /** The part from offset {@code start} up to {@code end}. */
  public SqlText part(int start, int end) {
    return new SqlText(mapped.part(start, end));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlText that && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
