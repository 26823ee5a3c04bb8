package dev.samzabatch.job;

/**
 * What all readers of one job share.
 *
 * @param problems where they note what is wrong
 * @param positions where values stand
 * @param placeholders the values of {@code {name}}
 */
record Reading(Problems problems, Positions positions, Placeholders placeholders) {}
