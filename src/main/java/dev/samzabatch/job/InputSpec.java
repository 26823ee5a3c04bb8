package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What is read.
 *
 * @param name its name, by which steps read it
 * @param place where it is declared
 * @param locations where it lies; at least one
 * @param format of all its files
 * @param delimited how its lines are written; of no meaning for formats that are not {@link DataFormat#isDelimited()}
 * @param schema its columns; empty when they are to be inferred
 * @param compression of all its files; empty when each file's extension tells
 * @param split whether a large file may be cut, so that several tasks read it
 */
public record InputSpec(String name, Place place, List<Location> locations, DataFormat format,
    DelimitedOptions delimited, Optional<Schema> schema, Optional<Compression> compression, boolean split) {}
