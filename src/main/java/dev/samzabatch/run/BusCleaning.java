package dev.samzabatch.run;

import dev.samzabatch.data.UserException;
import dev.samzabatch.job.JobSpec;
import dev.samzabatch.job.KafkaSpec;
import dev.samzabatch.job.SystemSpec;
import dev.samzabatch.system.kafka.ResultTransaction;
import dev.samzabatch.system.kafka.TopicAdmin;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Deletes what runs have on Kafka systems. How a system is reached says the job that is run now, if it has one of that
 * name: it has the secrets that no manifest holds, and knows where brokers have moved. A system that has not answered
 * soon is not asked again. Used by one thread.
 */
final class BusCleaning {

  /** Nobody waits longer for the systems of old runs, of which many may be gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, SystemSpec> live;
  private final Map<String, String> environment;
  private final Map<KafkaSpec, UserException> silent = new HashMap<>();

  /**
   * Nothing is connected yet.
   *
   * @param live the systems of the job that is run now
   * @param environment where secrets are found
   */
  BusCleaning(Map<String, SystemSpec> live, Map<String, String> environment) {
    this.live = Map.copyOf(live);
    this.environment = environment;
  }

  /** Where only manifests say how systems are reached. */
  static BusCleaning ofManifests() {
    return new BusCleaning(Map.of(), System.getenv());
  }

  /** Where no job is run: the file of the run's own job says how systems are reached, if it is there. */
  static BusCleaning of(Manifest manifest) {
    Map<String, SystemSpec> systems =
        RecordedRequest.job(manifest, System.getenv()).map(JobSpec::systems).orElse(Map.of());
    return new BusCleaning(systems, System.getenv());
  }

  /**
   * Deletes the topics and groups of a run on a system.
   *
   * @param dryRun whether only to tell
   * @return the topics that there were, with their bytes
   * @throws UserException when the system does not answer, or refuses
   */
  Map<String, Long> delete(String system, String runId, RecordedBus bus, boolean dryRun) throws IOException {
    KafkaSpec kafka = Optional.ofNullable(live.get(system)).flatMap(SystemSpec::kafka).orElse(bus.kafka());
    if (silent.containsKey(kafka)) {
      throw silent.get(kafka);
    }
    SystemSpec whole = bus.on(kafka).system(system);
    SystemSpec hasty = bus.on(hasty(kafka)).system(system);
    try (Buses quick = new Buses(Map.of(system, hasty), environment, "clean-" + runId);
        Buses buses = new Buses(Map.of(system, whole), environment, "clean-" + runId)) {
      Map<String, Long> topics = new TopicAdmin(quick.clients(system)).sizes(bus.topics());
      if (!dryRun) {
        if (!topics.isEmpty()) {
          new TopicAdmin(buses.clients(system)).delete(topics.keySet());
        }
        for (String group : bus.groups()) {
          ResultTransaction.forget(quick.clients(system), group);
        }
      }
      return topics;
    } catch (UserException e) {
      if (e.problems().get(0).code().equals("SB-4301")) {
        silent.put(kafka, e);
      }
      throw e;
    }
  }

  private static KafkaSpec hasty(KafkaSpec kafka) {
    Duration timeout = kafka.timeout().compareTo(PATIENCE) < 0 ? kafka.timeout() : PATIENCE;
    return new KafkaSpec(kafka.bootstrapServers(), kafka.client(), kafka.registry(), timeout);
  }
}
