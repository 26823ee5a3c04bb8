package dev.samzabatch.system.kafka;

import dev.samzabatch.system.PartitionRange;
import java.util.List;

/**
 * What one task reads of an input.
 *
 * @param own the partitions that the plan gives it
 * @param planned those that the plan gives to any task
 * @param task its number, from 0
 * @param tasks how many tasks read the input
 */
public record TopicShare(List<PartitionRange> own, List<PartitionRange> planned, int task, int tasks) {

  /** Everything of a bounded input. */
  static TopicShare all(List<PartitionRange> ranges) {
    return new TopicShare(ranges, ranges, 0, 1);
  }

  /** Whether a partition that came after the plan is this task's. It is the same task's after every restart. */
  boolean takes(String topic, int partition) {
    return Math.floorMod(31 * topic.hashCode() + partition, tasks) == task;
  }
}
