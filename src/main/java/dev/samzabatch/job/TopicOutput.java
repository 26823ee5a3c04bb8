package dev.samzabatch.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an output that is a topic is written.
 *
 * @param record what of a row goes where in a record
 * @param partitionBy columns whose hash chooses the partition; empty when the key does, or nothing
 * @param partition column with the number of the partition
 * @param publish when consumers see the rows
 * @param create how the topic is made when it is missing; empty when it must be there
 */
public record TopicOutput(RecordShape record, List<String> partitionBy, Optional<String> partition, Publish publish,
    Optional<CreateTopic> create) {

  /**
   * What of a row goes where in a record.
   *
   * @param key columns of the key; none for records without a key
   * @param keyFormat how they are written
   * @param value columns of the value; empty for all
   * @param headers columns by the name of their header, in the order of those names
   * @param timestamp column of type timestamp
   */
  public record RecordShape(List<String> key, KeyFormat keyFormat, List<String> value, Map<String, String> headers,
      Optional<String> timestamp) {}

  /** How a key is written. */
  public enum KeyFormat {
    /** The text of one column. */
    TEXT,
    /** An object of all columns. */
    JSON
  }

  /** When consumers see the rows. */
  public enum Publish {
    /** All at once, when the run has done everything else. */
    AT_END,
    /** With every commit. */
    AS_YOU_GO
  }

  /**
   * How a topic is made.
   *
   * @param partitions how many
   * @param replication how many copies; 0 for what the cluster says
   * @param config settings of the topic
   */
  public record CreateTopic(int partitions, int replication, Map<String, String> config) {}
}
