package dev.samzabatch.data;

/**
 * The promise of one upstream task that nothing of it follows. It travels in band, behind the task's data, in every
 * partition that the task feeds; a partition is at its end when all the planned upstream tasks have promised.
 *
 * @param task name of the task that has ended
 */
public record EndOfStream(String task) implements StreamItem {}
