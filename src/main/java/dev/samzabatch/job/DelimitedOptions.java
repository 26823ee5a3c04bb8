package dev.samzabatch.job;

import java.util.Optional;

/**
 * How lines of cells are written.
 *
 * @param header whether the first line holds the columns' names; empty when the job does not say
 * @param delimiter between two cells
 * @param quote around a cell; empty when cells are never quoted
 * @param escape before a quote inside quotes; empty when the quote is doubled instead
 * @param nullText the unquoted cell that means null
 */
public record DelimitedOptions(
    Optional<Boolean> header, char delimiter, Optional<Character> quote, Optional<Character> escape, String nullText) {

  /** What holds for a format when the job says nothing. */
  public static DelimitedOptions of(DataFormat format) {
    char delimiter = format == DataFormat.TSV ? '\t' : ',';
    return new DelimitedOptions(Optional.empty(), delimiter, Optional.of('"'), Optional.empty(), "");
  }
}
