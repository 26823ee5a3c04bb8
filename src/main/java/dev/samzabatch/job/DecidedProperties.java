package dev.samzabatch.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The properties of Kafka's clients that are no user's choice: what a run promises rests on them. */
final class DecidedProperties {

  private static final Map<String, String> REASONS = new HashMap<>();

  static {
    because("it is a key of the system itself", "bootstrap.servers");
    because("records are read and written as format and key-format say",
        "key.serializer", "value.serializer", "key.deserializer", "value.deserializer");
    because("a run keeps its positions in its own checkpoints, in no consumer group",
        "group.id", "group.instance.id", "group.protocol", "group.remote.assignor", "enable.auto.commit",
        "auto.commit.interval.ms", "partition.assignment.strategy");
    because("it is the key from of an input", "auto.offset.reset");
    because("it is the key isolation of an input", "isolation.level");
    because("each record is written exactly once, which needs this to be decided by the run",
        "transactional.id", "enable.idempotence", "acks", "retries", "max.in.flight.requests.per.connection",
        "transaction.two.phase.commit.enable");
    because("it is said by the keys partition-by, partition and key of an output", "partitioner.class",
        "partitioner.ignore.keys", "partitioner.adaptive.partitioning.enable");
    because("topics are made as the key create of an output says", "allow.auto.create.topics");
  }

  private DecidedProperties() {}

  private static void because(String reason, String... properties) {
    List.of(properties).forEach(property -> REASONS.put(property, reason));
  }

  /** Why a property cannot be set; empty for those that can. */
  static Optional<String> why(String property) {
    return Optional.ofNullable(REASONS.get(property));
  }
}
