package dev.samzabatch.state;

import dev.samzabatch.system.file.StagedFile;

/**
 * A staged file with the output that it belongs to.
 *
 * @param output name of the output
 * @param file what was staged
 */
public record StagedPart(String output, StagedFile file) {}
