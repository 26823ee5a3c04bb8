package dev.samzabatch.plan;

import dev.samzabatch.data.Schema;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.system.PartitionRange;
import java.util.List;
import java.util.Optional;

/**
 * An input as it was found before the run.
 *
 * @param name its name in the job file
 * @param schema all its columns
 * @param splits what is read of files, in their order; none for an input without files
 * @param bytes about how many uncompressed bytes that is
 * @param ranges what is read side by side instead: partitions of topics, or nothing yet of a directory that grows
 * @param unbounded whether it may go on for ever
 * @param eventTime the column that its watermarks speak of
 */
public record PlannedInput(String name, Schema schema, List<FileSplit> splits, long bytes,
    Optional<List<PartitionRange>> ranges, boolean unbounded, Optional<String> eventTime) {

  /** Files that are there when the run begins. */
  public PlannedInput(String name, Schema schema, List<FileSplit> splits, long bytes) {
    this(name, schema, splits, bytes, Optional.empty(), false, Optional.empty());
  }
}
