package dev.samzabatch.data;

/**
 * The promise of one upstream task that no record of it with an earlier event time follows.
 *
 * @param task name of the task that promises
 * @param timestamp event time in microseconds since 1970-01-01T00:00:00
 */
public record Watermark(String task, long timestamp) implements StreamItem {}
