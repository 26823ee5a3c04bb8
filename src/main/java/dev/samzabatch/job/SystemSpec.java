package dev.samzabatch.job;

import dev.samzabatch.data.Place;
import java.util.Optional;

/**
 * A named system.
 *
 * @param name its name, the scheme of uris that mean it
 * @param place where it is declared
 * @param type what kind of system it is
 * @param root for files: the absolute path under which all its paths lie
 * @param kafka for Kafka: how it is reached
 */
public record SystemSpec(String name, Place place, Type type, Optional<String> root, Optional<KafkaSpec> kafka) {

  /** The kinds of systems. */
  public enum Type {
    FILE,
    KAFKA
  }
}
