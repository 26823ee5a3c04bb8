package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is read.
 *
 * @param name its name, by which steps read it
 * @param place where it is declared
 * @param locations where it lies; at least one
 * @param format of all its files, or the values of its records
 * @param delimited how its lines are written; of no meaning for formats that are not {@link DataFormat#isDelimited()}
 * @param schema its columns; empty when they are to be inferred
 * @param compression of all its files; empty when each file's extension tells
 * @param split whether a large file may be cut, so that several tasks read it
 * @param topic how it is read when its locations are topics; empty for files
 * @param eventTime when its rows happened; empty when nothing depends on that
 * @param lookEvery how often to look for new files of an input that grows; empty when the files are those that are
 * there when the run begins
 * @param avroSchema path of the Avro schema its records were written with; empty when a registry knows, or the format
 * is another
 */
public record InputSpec(String name, Place place, List<Location> locations, DataFormat format,
    DelimitedOptions delimited, Optional<Schema> schema, Optional<Compression> compression, boolean split,
    Optional<TopicInput> topic, Optional<EventTime> eventTime, Optional<Duration> lookEvery,
    Optional<String> avroSchema) {

  /** The same input as far as it is there now. */
  public InputSpec untilNow() {
    Optional<TopicInput> ended =
        topic.map(t -> t.until() instanceof TopicInput.Never ? t.until(new TopicInput.End()) : t);
    return new InputSpec(name, place, locations, format, delimited, schema, compression, split, ended, eventTime,
        Optional.empty(), avroSchema);
  }

  /** Whether it may go on for ever. */
  public boolean isUnbounded() {
    return lookEvery.isPresent() || topic.filter(t -> t.until() instanceof TopicInput.Never).isPresent();
  }
}
