package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is published.
 *
 * @param name its name
 * @param place where it is declared
 * @param from the step or input whose rows it gets
 * @param location where it goes
 * @param encoding how its files are written
 * @param files how many files; empty when the engine decides
 * @param mode what happens to what lies there already
 * @param ifEmpty what happens when there are no rows
 * @param topic how it is written when its location is a topic; empty for files and standard output
 */
public record OutputSpec(String name, Place place, Reference from, Location location, Encoding encoding,
    OptionalInt files, Mode mode, IfEmpty ifEmpty, Optional<TopicOutput> topic) {

  /**
   * How files are written.
   *
   * @param format of all files
   * @param delimited how lines are written; of no meaning for formats that are not {@link DataFormat#isDelimited()}
   * @param compression of all files
   */
  public record Encoding(DataFormat format, DelimitedOptions delimited, Compression compression) {}

  /** What happens to what lies at the location already. */
  public enum Mode {
    /** Nothing may lie there. */
    FAIL,
    /** It is replaced in one step. */
    REPLACE,
    /** Files are added to it. */
    APPEND
  }

  /** What happens when there are no rows. */
  public enum IfEmpty {
    /** An empty result is published like any other. */
    PUBLISH,
    /** What lay there before stays. */
    KEEP,
    /** The run fails. */
    FAIL
  }
}
