package dev.samzabatch.system.kafka;

import dev.samzabatch.data.Place;
import dev.samzabatch.job.KafkaSpec;
import dev.samzabatch.job.SystemSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A Kafka system as a job names it. */
final class TestBus {

  private TestBus() {}

  static SystemSpec system(String bootstrap, Duration timeout) {
    KafkaSpec kafka = new KafkaSpec(bootstrap, Map.of(), Optional.empty(), timeout);
    return new SystemSpec("bus", Place.none(), SystemSpec.Type.KAFKA, Optional.empty(), Optional.of(kafka));
  }

  static KafkaClients clients(String bootstrap, Duration timeout) {
    return new KafkaClients(system(bootstrap, timeout), Map.of(), "test");
  }
}
