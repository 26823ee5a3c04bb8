package dev.samzabatch.system;

import dev.samzabatch.data.Schema;

/**
 * A managed stream of a run.
 *
 * @param name full name, {@code <job>-<step>-<kind>-<run.id>}; letters, digits, '.', '_' and '-' only
 * @param kind what it is for
 * @param schema of its records
 * @param partitions how many it has, at least 1
 */
public record StreamSpec(String name, Kind kind, Schema schema, int partitions) {

  /** What a managed stream is for. */
  public enum Kind {
    INTERMEDIATE,
    CHECKPOINT,
    CHANGELOG
  }
}
