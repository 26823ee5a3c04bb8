package dev.samzabatch.job;

import com.typesafe.config.Config;

/**
 * One source of keys: a file with what it includes, or one argument.
 *
 * @param config its keys, substitutions not yet resolved
 * @param scan where they stand
 * @param kind what kind of source it is
 */
record Layer(Config config, Scan scan, Kind kind) {

  /** The kinds, the strongest first. */
  enum Kind {
    SET,
    OVERLAY,
    ENVIRONMENT,
    JOB,
    USER
  }
}
