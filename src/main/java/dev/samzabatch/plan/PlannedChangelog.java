package dev.samzabatch.plan;

import dev.samzabatch.system.StreamSpec;

/**
 * A stream that keeps state of one operator, of all tasks of its stage: task i has the partitions {@code i * parts} to
 * {@code (i + 1) * parts - 1}.
 *
 * @param operator id of the operator
 * @param spec name, schema and partitions
 * @param parts how many partitions a task has
 */
public record PlannedChangelog(int operator, StreamSpec spec, int parts) {}
