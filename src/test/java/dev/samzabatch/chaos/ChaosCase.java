package dev.samzabatch.chaos;

import dev.samzabatch.system.FaultPoint;

/**
 * A job that is broken when it reaches a point for the n-th time. A point of restoring is reached only by a job that
 * was broken before, behind one of its commits.
 *
 * @param halt whether the process is killed there, rather than an exception thrown
 * @param time n, from 1
 * @param before where the job must be broken before: at which time, from 1, that it reaches {@link #breaking()}
 */
record ChaosCase(ChaosJob job, FaultPoint point, boolean halt, int time, int before) {

  /** Whether the point is reached only after something else has broken the job. */
  static boolean restores(FaultPoint point) {
    return point.name().startsWith("RESTORE_");
  }

  boolean restores() {
    return restores(point);
  }

  /** The fault of this case. */
  String fault() {
    return fault(point, time);
  }

  /** Where a job is broken so that it reaches this point of restoring: where something was committed. */
  static FaultPoint breaking(FaultPoint point) {
    return point == FaultPoint.RESTORE_FILE ? FaultPoint.PART_SYNC : FaultPoint.COMMIT_PUBLISHED;
  }

  /** The fault that breaks the job before. */
  String breaking() {
    return fault(breaking(point), before);
  }

  private String fault(FaultPoint at, int times) {
    return at + ":" + (halt ? "halt" : "throw") + ":" + times;
  }

  @Override
  public String toString() {
    return job + " " + (restores() ? breaking() + " then " : "") + fault();
  }
}
