package dev.samzabatch.plan;

import dev.samzabatch.format.FileSplit;
import dev.samzabatch.system.PartitionRange;
import java.util.List;
import java.util.Map;

/**
 * One task of a stage.
 *
 * @param name unique in the plan; it names the task in end-of-stream marks
 * @param stage id of the stage
 * @param index from 0 within the stage
 * @param splits for each scan operator (by id) the splits that the task reads, in order
 * @param ranges for each scan operator (by id) whose input is read so, the partitions that the task reads side by side;
 * of an input without end, more may come
 * @param partitions for each stream source (by id) the partitions that the task reads, in order
 */
public record TaskModel(String name, int stage, int index, Map<Integer, List<FileSplit>> splits,
    Map<Integer, List<PartitionRange>> ranges, Map<Integer, List<Integer>> partitions) {

  /** The splits that a scan reads; none when it reads partitions. */
  public List<FileSplit> splitsOf(int operator) {
    return splits.getOrDefault(operator, List.of());
  }
}
