package dev.samzabatch.job;

import java.util.Map;

/**
 * How an input that is a topic, or several, is read.
 *
 * @param from where reading begins
 * @param until where it ends
 * @param readCommitted whether records of open and aborted transactions are passed over
 * @param metadata columns beside those of the value, by name
 * @param keyAsBytes whether a column that is the key is of type bytes rather than string
 * @param keepTombstones whether a record without a value is a row whose value columns are null, rather than no row
 */
public record TopicInput(Offsets from, Offsets until, boolean readCommitted, Map<String, Part> metadata,
    boolean keyAsBytes, boolean keepTombstones) {

  /** The same with another end. */
  public TopicInput until(Offsets end) {
    return new TopicInput(from, end, readCommitted, metadata, keyAsBytes, keepTombstones);
  }

  /** A part of a record that is no column of its value. */
  public enum Part {
    KEY,
    TOPIC,
    PARTITION,
    OFFSET,
    TIMESTAMP,
    HEADERS
  }

  /** A place in every partition of the topics. */
  public sealed interface Offsets {}

  /** The first record that is still there. */
  public record Beginning() implements Offsets {}

  /** Behind the last record that can be read when the run begins. */
  public record End() implements Offsets {}

  /** No end: the input is unbounded. */
  public record Never() implements Offsets {}

  /** Where a consumer group has come to; where it has not, the first record. */
  public record Committed(String group) implements Offsets {}

  /** The first record with this timestamp or a later one, in milliseconds since 1970. */
  public record Timestamp(long millis) implements Offsets {}

  /**
   * Offsets by partition.
   *
   * @param byPartition by {@code topic/partition}, or {@code partition} for every topic; those that it does not name
   * are read from their beginning, or to their end
   */
  public record Fixed(Map<String, Long> byPartition) implements Offsets {}
}
