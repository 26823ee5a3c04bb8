package dev.samzabatch.run;

import dev.samzabatch.data.UserException;
import dev.samzabatch.format.RecordFormat;
import dev.samzabatch.format.RecordFormats;
import dev.samzabatch.format.WriterSchemas;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import dev.samzabatch.job.KafkaSpec;
import dev.samzabatch.job.Secrets;
import dev.samzabatch.job.SystemSpec;
import dev.samzabatch.system.kafka.KafkaClients;
import dev.samzabatch.system.kafka.SchemaRegistry;
import java.io.Closeable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Kafka systems of a job, each connected when it is first asked for: a job without any loads none of their classes.
 * Thread-safe.
 */
final class Buses implements Closeable {

  private final Map<String, SystemSpec> systems;
  private final Map<String, String> environment;
  private final String clientId;
  private final Map<String, KafkaClients> connected = new LinkedHashMap<>();
  private final Map<String, WriterSchemas> registries = new LinkedHashMap<>();

  /**
   * Systems that are not connected yet.
   *
   * @param environment where secrets are found
   * @param clientId what clusters know the clients by
   */
  Buses(Map<String, SystemSpec> systems, Map<String, String> environment, String clientId) {
    this.systems = systems;
    this.environment = environment;
    this.clientId = clientId;
  }

  /** The clients of a system. They are closed with this. */
  synchronized KafkaClients clients(String system) {
    return connected.computeIfAbsent(system, s -> new KafkaClients(systems.get(s), environment, clientId));
  }

  /**
   * The format of a topic's values.
   *
   * @param avroSchema text of an Avro schema
   * @throws UserException when the job does not say enough
   */
  RecordFormat format(String system, DataFormat format, DelimitedOptions options, Optional<String> avroSchema) {
    return RecordFormats.of(format, options, registry(system), avroSchema);
  }

  private synchronized Optional<WriterSchemas> registry(String system) {
    Optional<KafkaSpec.Registry> spec = systems.get(system).kafka().flatMap(KafkaSpec::registry);
    return spec.map(r -> registries.computeIfAbsent(system, s -> open(r)));
  }

  private WriterSchemas open(KafkaSpec.Registry registry) {
    return new SchemaRegistry(registry.url(), registry.user(), Secrets.resolve(registry.password(), environment));
  }

  @Override
  public synchronized void close() {
    // No method reference: it would load the class, and with it those of Kafka, of jobs that connect nothing.
    for (KafkaClients clients : connected.values()) {
      clients.close();
    }
    connected.clear();
  }
}
