package dev.samzabatch.plan;

import dev.samzabatch.format.FileSplit;
import java.util.List;
import java.util.Map;

/**
 * One task of a stage.
 *
 * @param name unique in the plan; it names the task in end-of-stream marks
 * @param stage id of the stage
 * @param index from 0 within the stage
 * @param splits for each scan operator (by id) the splits that the task reads, in order
 * @param partitions for each stream source (by id) the partitions that the task reads, in order
 */
public record TaskModel(
    String name, int stage, int index, Map<Integer, List<FileSplit>> splits, Map<Integer, List<Integer>> partitions) {}
