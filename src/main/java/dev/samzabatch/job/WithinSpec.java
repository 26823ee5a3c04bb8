package dev.samzabatch.job;

import java.time.Duration;

/**
 * How far apart in time the two rows of a join may be.
 *
 * @param most the greatest distance, either way
 * @param left column of type timestamp of the left side
 * @param right column of type timestamp of the right side
 */
public record WithinSpec(Duration most, String left, String right) {}
