package dev.samzabatch.format;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.DelimitedOptions;

/**
 * How a CSV file is written. Delimiter, quote and escape are distinct ASCII characters, none of them a line end, except
 * that the escape may be the quote.
 *
 * @param header whether the first record holds the names of the columns
 * @param delimiter stands between fields
 * @param quote stands around fields; {@link #NONE} when no character does
 * @param escape stands in a quoted field before a quote or another escape that belongs to the value; the quote itself
 * when quotes are doubled
 * @param nullText the text of a field that is null; empty for an empty field
 */
record CsvOptions(boolean header, char delimiter, char quote, char escape, String nullText) {

  /** No character. */
  static final char NONE = '\0';

  /** With a header, commas, doubled quotes, and empty fields for null. */
  static final CsvOptions DEFAULT = new CsvOptions(true, ',', '"', '"', "");

  /** As a job file gives them; a file has a header unless it says otherwise. */
  static CsvOptions of(DelimitedOptions options) {
    char quote = options.quote().orElse(NONE);
    char escape = options.escape().orElse(quote);
    requireDistinct(options.delimiter(), quote, escape);
    requirePlain(options.nullText(), options.delimiter(), quote);
    return new CsvOptions(options.header().orElse(true), options.delimiter(), quote, escape, options.nullText());
  }

  private static void requireDistinct(char delimiter, char quote, char escape) {
    if (delimiter == quote || delimiter == escape) {
      throw invalid(
          "delimiter and " + (delimiter == quote ? "quote" : "escape") + " are the same character: " + delimiter);
    }
  }

  private static void requirePlain(String nullText, char delimiter, char quote) {
    if (nullText.chars().anyMatch(c -> c == delimiter || c == quote && quote != NONE || c == '\n' || c == '\r')) {
      throw invalid("null-text has a delimiter, a quote or a line end in it: " + nullText);
    }
  }

  private static UserException invalid(String message) {
    return new UserException(Problem.error("SB-3022", Place.none(), message, "choose another one"));
  }

  /** The same with or without a header. */
  CsvOptions withHeader(boolean newHeader) {
    return new CsvOptions(newHeader, delimiter, quote, escape, nullText);
  }

  /** The same with another delimiter. */
  CsvOptions withDelimiter(char newDelimiter) {
    return new CsvOptions(header, newDelimiter, quote, escape, nullText);
  }
}
