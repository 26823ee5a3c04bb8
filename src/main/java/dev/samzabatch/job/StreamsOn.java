package dev.samzabatch.job;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where internal streams lie.
 *
 * @param system name of a Kafka system; empty for the state directory of this machine
 * @param replication copies of each stream on that system; 0 for what the cluster says
 * @param minInsync copies that must have a record before it counts; 0 for what the cluster says
 * @param retention how long records are kept that nobody has read
 * @param maxBytes how large a partition may become; empty for no bound
 */
public record StreamsOn(
    Optional<String> system, int replication, int minInsync, Duration retention, OptionalLong maxBytes) {

  /** In the state directory of this machine. */
  public static final StreamsOn LOCAL = new StreamsOn(Optional.empty(), 0, 0, Duration.ofDays(7), OptionalLong.empty());
}
