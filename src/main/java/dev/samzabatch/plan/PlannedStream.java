package dev.samzabatch.plan;

import dev.samzabatch.system.StreamSpec;

/**
 * An internal stream with its ends.
 *
 * @param spec name, schema and partitions
 * @param partitioning how rows find their partition, for people: {@code hash(member_id)}, {@code single} or
 * {@code spread}
 * @param partitionsReason why it has as many partitions as it has, for people
 * @param writer id of the stage that writes it
 * @param reader id of the stage that reads it, or -1 for the figures of a check, which the run reads itself
 */
public record PlannedStream(
    StreamSpec spec, String partitioning, String partitionsReason, int writer, int reader) {}
