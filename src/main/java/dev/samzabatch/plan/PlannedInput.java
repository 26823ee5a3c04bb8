package dev.samzabatch.plan;

import dev.samzabatch.data.Schema;
import dev.samzabatch.format.FileSplit;
import java.util.List;

/**
 * An input as it was found before the run.
 *
 * @param name its name in the job file
 * @param schema all its columns
 * @param splits what is read, in the order of the files; none for an input without files
 * @param bytes about how many uncompressed bytes that is
 */
public record PlannedInput(String name, Schema schema, List<FileSplit> splits, long bytes) {}
