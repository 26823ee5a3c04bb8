package dev.samzabatch.data;

/** Who can do something about an error; the command line maps each kind to one exit code. */
public enum ErrorKind {
  /** The job file, the command line or the data is wrong: its writer can mend it. */
  USER,
  /** Something outside does not answer or refuses: trying again may help. */
  EXTERNAL,
  /** Disk, memory or file handles are used up. */
  RESOURCES,
  /** A bug of ours. */
  INTERNAL,
  /** The job's own checks failed: nothing was published. */
  CHECKS
}
