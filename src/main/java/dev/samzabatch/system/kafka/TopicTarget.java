package dev.samzabatch.system.kafka;

import dev.samzabatch.job.TopicOutput;

/**
 * A topic that is written.
 *
 * @param name its name
 * @param partitions how many it has
 * @param output what of a row goes where
 */
public record TopicTarget(String name, int partitions, TopicOutput output) {}
