package dev.samzabatch.job;

import java.time.Duration;

/**
 * When the rows of an input happened, for inputs without an end.
 *
 * @param column of type timestamp
 * @param delay by how much a row may come later than one that happened after it
 * @param idleAfter how long a partition may give nothing before nobody waits for it
 */
public record EventTime(String column, Duration delay, Duration idleAfter) {}
