package dev.samzabatch.format;

import dev.samzabatch.data.Schema;
import dev.samzabatch.job.DelimitedOptions;

/**
 * What files look like.
 *
 * @param options how their lines are written, the header always told; of no meaning for json
 * @param schema their columns
 */
public record InferredFormat(DelimitedOptions options, Schema schema) {}
