package dev.samzabatch.system.kafka;

import dev.samzabatch.job.StreamsOn;
import dev.samzabatch.job.TopicOutput.CreateTopic;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A topic of one partition in which the last committed record of each key counts. It is made when it is missing. One
 * reader goes through it from its beginning, as far as it is asked to. Thread-safe.
 */
final class CompactedTopic implements Closeable {

  private static final Duration POLL = Duration.ofMillis(200);

  /** As much as most hosted clusters take, and what Kafka adds to a record. */
  private static final int RECORD_BYTES = (8 << 20) + (64 << 10);

  private final KafkaClients clients;
  private final TopicPartition partition;
  private final String id;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * Makes the topic unless it is there.
   *
   * @param configs of the topic, beyond those that all of its kind have
   * @throws dev.samzabatch.data.UserException when it cannot be made, or is not as it must be
   */
  CompactedTopic(KafkaClients clients, String name, StreamsOn settings, Map<String, String> configs)
      throws IOException {
    this.clients = clients;
    this.partition = new TopicPartition(name, 0);
    create(settings, configs);
    this.id = clients.await(clients.admin().describeTopics(List.of(name)).topicNameValues().get(name),
        Access.describeTopic(name)).topicId().toString();
    this.consumer = clients.consumer(name, true);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  private void create(StreamsOn settings, Map<String, String> configs) throws IOException {
    TopicAdmin admin = new TopicAdmin(clients);
    OptionalInt partitions = admin.partitions(name());
    if (partitions.isEmpty()) {
      Map<String, String> all = new TreeMap<>(configs);
      all.put("cleanup.policy", "compact");
      all.put("max.message.bytes", String.valueOf(RECORD_BYTES));
      all.put("unclean.leader.election.enable", "false");
      if (settings.minInsync() > 0) {
        all.put("min.insync.replicas", String.valueOf(settings.minInsync()));
      }
      admin.create(name(), new CreateTopic(1, settings.replication(), all));
      partitions = admin.partitions(name());
    }
    if (partitions.orElse(0) != 1) {
      throw clients.mistake("SB-4340", "topic " + name() + " of " + clients.system() + " has "
          + partitions.orElse(0) + " partitions, and must have one",
          "it is not one that samza-batch has made; delete it, and it is made anew");
    }
  }

  String name() {
    return partition.topic();
  }

  /** What tells this topic from another one of its name. */
  String id() {
    return id;
  }

  /**
   * Reads on, to where the first transaction begins that is still open.
   *
   * @param each is given every committed record once
   */
  synchronized void readCommitted(Consumer<ConsumerRecord<byte[], byte[]>> each) throws IOException {
    try {
      readTo(consumer.endOffsets(List.of(partition)).get(partition), each);
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  /**
   * Reads on, to where the topic ends now: transactions that are open there, of whomever, are waited for.
   *
   * @param each is given every committed record once
   */
  synchronized void readAll(Consumer<ConsumerRecord<byte[], byte[]>> each) throws IOException {
    ListOffsetsResultInfo end = clients.await(
        clients.admin().listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition), access());
    try {
      readTo(end.offset(), each);
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  private void readTo(long end, Consumer<ConsumerRecord<byte[], byte[]>> each) throws IOException {
    Patience patience = new Patience(clients.timeout(), System::nanoTime);
    long position = consumer.position(partition);
    while (position < end) {
      consumer.poll(POLL).forEach(each);
      long reached = consumer.position(partition);
      if (reached > position) {
        patience.renew();
      } else if (patience.isOver()) {
        throw clients.unreachable(access().doing() + " to its end", null);
      }
      position = reached;
    }
  }

  private Access access() {
    return Access.readTopic(name());
  }

  private IOException failure(KafkaException e) {
    if (e instanceof InterruptException) {
      return new InterruptedIOException("interrupted while " + access().doing());
    }
    throw clients.failure(e, access());
  }

  @Override
  public synchronized void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
  }
}
