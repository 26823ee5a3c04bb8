package dev.samzabatch.run;

import dev.samzabatch.data.UserException;

/**
 * How a run ended.
 *
 * @param record its record
 * @param failure what failed it, for people; null unless the status is FAILED
 */
public record RunOutcome(RunRecord record, UserException failure) {}
