package dev.samzabatch.run;

import dev.samzabatch.data.Schema;
import dev.samzabatch.format.Format;
import dev.samzabatch.format.RecordFormat;
import dev.samzabatch.plan.PlannedInput;
import dev.samzabatch.system.file.LocalFile;
import java.util.List;
import java.util.Optional;

/**
 * An input as it was found.
 *
 * @param files how it is read when it lies in files
 * @param records how the values of its records are read when it is a topic
 * @param found its files, sorted; none of a topic
 * @param schema all its columns
 * @param inferred whether the schema was inferred rather than declared
 * @param planned the same for the planner
 */
public record FoundInput(Optional<Format> files, Optional<RecordFormat> records, List<LocalFile> found, Schema schema,
    boolean inferred, PlannedInput planned) {

  /** How its files are read. */
  public Format format() {
    return files.orElseThrow();
  }
}
