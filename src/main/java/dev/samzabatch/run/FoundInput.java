package dev.samzabatch.run;

import dev.samzabatch.data.Schema;
import dev.samzabatch.format.Format;
import dev.samzabatch.plan.PlannedInput;
import dev.samzabatch.system.file.LocalFile;
import java.util.List;

/**
 * An input as it was found.
 *
 * @param format how its files are read
 * @param files its files, sorted
 * @param schema all its columns
 * @param inferred whether the schema was inferred rather than declared
 * @param planned the same for the planner
 */
public record FoundInput(Format format, List<LocalFile> files, Schema schema, boolean inferred, PlannedInput planned) {}
