package dev.samzabatch.job;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a Kafka cluster is reached.
 *
 * @param bootstrapServers {@code host:port}, several with commas between
 * @param client properties of Kafka's clients as they are written: secrets are references, see {@link Secrets}
 * @param registry where the schemas of records are kept
 * @param timeout how long to wait for the cluster before a run fails
 */
public record KafkaSpec(
    String bootstrapServers, Map<String, String> client, Optional<Registry> registry, Duration timeout) {

  /** Names the properties, never their values. */
  @Override
  public String toString() {
    return "KafkaSpec[" + bootstrapServers + ", client " + client.keySet() + ", " + registry + ", " + timeout + "]";
  }

  /**
   * A schema registry.
   *
   * @param url its root, without a slash at the end
   * @param user for basic authentication; empty for none
   * @param password a reference, see {@link Secrets}; empty for none
   */
  public record Registry(String url, String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Registry[" + url + (user.isEmpty() ? "" : ", " + user) + "]";
    }
  }
}
