package dev.samzabatch.job;

import dev.samzabatch.data.Place;

/**
 * An input or step as another part of the job names it.
 *
 * @param name the input's or step's name
 * @param place where the name is written
 */
public record Reference(String name, Place place) {}
