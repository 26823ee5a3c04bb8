package dev.samzabatch.job;

import dev.samzabatch.data.Place;

/**
 * A param of the job with its value.
 *
 * @param name its name
 * @param place where it is declared
 * @param value its value for this run
 * @param isGiven whether the value came with {@code --param}; otherwise it is the default
 */
public record ParamSpec(String name, Place place, ParamValue value, boolean isGiven) {}
