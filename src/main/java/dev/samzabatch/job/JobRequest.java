package dev.samzabatch.job;

import java.nio.file.Path;
import java.time.ZonedDateTime;

/**
 * What a person asked for: a job file and everything that changes it.
 *
 * @param file the job file, as it was given
 * @param overrides what is laid over it
 * @param runId the run for which the job is read, chosen before; fills {@code {run.id}}
 * @param runStart when that run began, in the zone in which {@code today} is meant; fills {@code {run.start}}
 * @param directory where relative paths begin that were typed; absolute
 */
public record JobRequest(Path file, Overrides overrides, String runId, ZonedDateTime runStart, Path directory) {

  /** A request of somebody who is in the current directory. */
  public JobRequest(Path file, Overrides overrides, String runId, ZonedDateTime runStart) {
    this(file, overrides, runId, runStart, Path.of("").toAbsolutePath());
  }

  /** The same request, for a run that another one has begun. */
  public JobRequest of(JobRequest begun) {
    return new JobRequest(file, overrides, begun.runId(), begun.runStart(), directory);
  }

  /** The same request with these overrides. */
  public JobRequest with(Overrides other) {
    return new JobRequest(file, other, runId, runStart, directory);
  }
}
