/**
 * From job.conf to a checked {@link dev.samzabatch.job.JobSpec}, or to all its problems at once, each with file, line,
 * column, what was expected, what was found and the nearest name.
 *
 * <p>
 * In: a {@link dev.samzabatch.job.JobRequest} (the file, overlays, {@code --set}, {@code --param}, environment, the
 * user's own configuration). Out: records that later packages trust without checking again.
 *
 * <p>
 * The way through: {@code SourceFiles} reads text; {@code HoconScanner} finds where every key and value stands, and
 * what HOCON would silently misread; {@code Layers} merges all sources with the typesafe-config library, whose only
 * user this package is; {@code Section} and {@code Node} walk the merged tree, note every key that was asked for and
 * report the others; the {@code ...Reader}s turn sections into specs; {@code References} checks the edges between
 * steps. Placeholders ({@code {day:yyyy/MM/dd}}) are filled in by {@code Placeholders}, and {@code MappedText}
 * remembers for every character of the result where it was written.
 *
 * <p>
 * This package knows no SQL, no schema of any file and no engine: a {@link dev.samzabatch.job.SqlText} is only text
 * that can tell where it came from. Start with {@link dev.samzabatch.job.JobLoader}.
 */
package dev.samzabatch.job;
