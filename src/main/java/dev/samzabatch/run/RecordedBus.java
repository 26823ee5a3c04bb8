package dev.samzabatch.run;

import dev.samzabatch.data.Place;
import dev.samzabatch.job.KafkaSpec;
import dev.samzabatch.job.Secrets;
import dev.samzabatch.job.SystemSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run makes on a Kafka system, with what it takes to delete it again. Secrets are not in it: of client
 * properties whose names tell of one only references are kept.
 *
 * @param kafka how the system is reached
 * @param topics full names of the topics that the run makes for itself
 * @param groups consumer groups of its own
 */
record RecordedBus(KafkaSpec kafka, List<String> topics, List<String> groups) {

  /** The system as a job has it. */
  SystemSpec system(String name) {
    return new SystemSpec(name, Place.none(), SystemSpec.Type.KAFKA, Optional.empty(), Optional.of(kafka));
  }

  /** The same where the system is reached in another way. */
  RecordedBus on(KafkaSpec other) {
    return new RecordedBus(other, topics, groups);
  }

  Map<String, Object> toMap() {
    Map<String, String> client = new LinkedHashMap<>(kafka.client());
    client.entrySet().removeIf(e -> Secrets.isPlainSecret(e.getKey(), e.getValue()));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("bootstrap.servers", kafka.bootstrapServers());
    object.put("client", client);
    object.put("timeout.ms", kafka.timeout().toMillis());
    object.put("topics", topics);
    object.put("groups", groups);
    return object;
  }

  static RecordedBus of(Map<?, ?> object) {
    Map<String, String> client = new LinkedHashMap<>();
    ((Map<?, ?>) object.get("client")).forEach((name, value) -> client.put(name.toString(), value.toString()));
    Duration timeout = Duration.ofMillis(((Number) object.get("timeout.ms")).longValue());
    KafkaSpec kafka =
        new KafkaSpec(object.get("bootstrap.servers").toString(), client, Optional.empty(), timeout);
    return new RecordedBus(kafka, texts(object.get("topics")), texts(object.get("groups")));
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(Object::toString).toList();
  }
}
