package dev.samzabatch.job;

import dev.samzabatch.data.Place;

/**
 * Where an input is read or an output is written, from a {@code uri}.
 *
 * @param written the uri as it is in the job file, placeholders filled in
 * @param system name of the system, one of {@link JobSpec#systems()}; empty for plain files and standard output
 * @param path for files an absolute path without {@code .} and {@code ..}, which may hold {@code *}, {@code ?} and
 * {@code
 *     [...]}; {@code -} for standard output
 * @param place where the uri is written
 */
public record Location(String written, String system, String path, Place place) {

  /** What stands for standard output. */
  public static final String STDOUT = "-";

  /** Whether this is standard output. */
  public boolean isStdout() {
    return system.isEmpty() && path.equals(STDOUT);
  }
}
