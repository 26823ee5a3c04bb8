package dev.samzabatch.system;

/**
 * What is read of one partition of a topic, fixed before a run begins.
 *
 * @param topic its name
 * @param partition its number
 * @param start offset of the first record
 * @param end offset behind the last one; {@link Long#MAX_VALUE} for a partition without end
 */
public record PartitionRange(String topic, int partition, long start, long end) {

  /** {@code topic/partition}. */
  public String name() {
    return topic + "/" + partition;
  }

  /** About how many records there are; 1 for a partition without end. */
  public long records() {
    return end == Long.MAX_VALUE ? 1 : end - start;
  }
}
