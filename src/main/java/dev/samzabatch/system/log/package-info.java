/**
 * Managed streams in append-only files: the embedded default of {@link dev.samzabatch.system.InternalStreams}.
 *
 * <p>
 * {@link dev.samzabatch.system.log.LogStreams} keeps a directory a stream and in it files for each partition and lane,
 * so that every file has one writer and needs no lock. {@code BlockWriter} collects rows by partition and encodes them
 * as blocks ({@code Block} draws them), which {@code LaneFiles} appends; {@code LogReader} reads the blocks of all
 * lanes of one partition, up to what has been published, and gives batches. After a crash {@code LaneRecovery} finds
 * where a lane of unknown length ends, and {@code LaneCut} brings one back to a known length.
 * {@link dev.samzabatch.system.log.LogDump} shows what lies in the files, also those of a dead run.
 *
 * <p>
 * This package knows nothing of tasks, containers and checkpoints: what is committed, it is told. Start with
 * {@code LogStreams}.
 */
package dev.samzabatch.system.log;
