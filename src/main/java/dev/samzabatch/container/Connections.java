package dev.samzabatch.container;

import dev.samzabatch.format.BatchReader;
import dev.samzabatch.format.FileSplit;
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
   * Opens a staged file of an output.
   *
   * @param part number of the writing task within its stage
   * @param committed the file as the task has committed it, to be written on from there; empty for a new one
   */
  OutputFile openOutput(String output, int part, Optional<StagedFile> committed) throws IOException;
}
