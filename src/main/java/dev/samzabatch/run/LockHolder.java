package dev.samzabatch.run;

import java.time.Instant;

/**
 * Who runs a job.
 *
 * @param runId the run
 * @param pid its process
 * @param host where that process runs
 * @param since when it took the lock
 */
public record LockHolder(String runId, long pid, String host, Instant since) {

  @Override
  public String toString() {
    return "run " + runId + ", pid " + pid + " on host " + host + ", since " + since;
  }
}
