/**
 * Files of the local file system: found, cut, staged and published.
 *
 * <p>
 * In: {@link dev.samzabatch.system.file.FileListing} turns the locations of an input into
 * {@link dev.samzabatch.system.file.LocalFile}s, {@link dev.samzabatch.system.file.Splits} cuts these for parallel
 * reading.
 *
 * <p>
 * Out: a {@link dev.samzabatch.system.file.StagingPlan} says where the files of an
 * {@link dev.samzabatch.system.file.OutputTarget} wait; {@link dev.samzabatch.system.file.StagedOutput} takes them as
 * {@link dev.samzabatch.system.file.PartFile}s, durable and with checksums; a
 * {@link dev.samzabatch.system.file.Publication} moves them to their target by renaming. Nothing is visible at the
 * target before that, and a process that dies at any point leaves either the old result or the new one, or a journal by
 * which to finish.
 *
 * <p>
 * This package knows nothing of formats' contents, tasks and runs. Start with {@code StagedOutput}.
 */
package dev.samzabatch.system.file;
