package dev.samzabatch.system.file;

import java.nio.file.Path;

/**
 * Something that no output may replace, nor a directory that it lies in.
 *
 * @param path where it is
 * @param what it is to the user, for example "the job file"
 */
public record ProtectedPath(Path path, String what) {}
