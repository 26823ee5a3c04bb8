package dev.samzabatch.container;

import dev.samzabatch.format.BatchReader;
import dev.samzabatch.format.FileSplit;
import dev.samzabatch.system.PartitionRange;
import dev.samzabatch.system.PartitionedReader;
import dev.samzabatch.system.file.StagedFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Opens what tasks read and write outside of internal streams. Thread-safe; what it opens belongs to one thread. */
public interface Connections {

  /**
   * Opens a split of an input.
   *
   * @param columns indexes in the input's full schema of the columns that are read
   */
  BatchReader openSplit(String input, FileSplit split, List<Integer> columns) throws IOException;

  /**
   * What of an input one task reads side by side.
   *
   * @param ranges partitions that are known
   * @param task its index
   * @param tasks how many tasks share the partitions that come later
   */
  record Share(List<PartitionRange> ranges, int task, int tasks) {}

  /**
   * Opens partitions of an input.
   *
   * @param columns indexes in the input's full schema of the columns that are read
   */
  PartitionedReader openPartitions(String input, Share share, List<Integer> columns) throws IOException;

  /**
   * Opens what a task writes of an output.
   *
   * @param lane of the writing attempt
   * @param part number of the writing task within its stage
   * @param committed the file as the task has committed it, to be written on from there; empty for a new one
   */
  OutputFile openOutput(String output, String lane, int part, Optional<StagedFile> committed) throws IOException;
}
