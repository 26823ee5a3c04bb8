package dev.samzabatch.job;

import java.time.Duration;

/**
 * Tumbling windows of a grouping.
 *
 * @param size of a window; the first one that there could be begins with 1970
 * @param on the column of type timestamp that says in which window a row is
 */
public record WindowSpec(Duration size, SqlText on) {}
