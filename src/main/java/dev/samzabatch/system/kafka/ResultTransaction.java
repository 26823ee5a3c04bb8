package dev.samzabatch.system.kafka;

import dev.samzabatch.data.UserException;
import dev.samzabatch.system.FaultPoint;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.protocol.Errors;

/**
 * A complete result, sent to its topics in one transaction: consumers see all of it or nothing. The transaction also
 * commits an offset for a consumer group of the run's own, and that offset is the proof: whoever comes after a crash
 * opens the same again, which ends whatever the dead process had begun, and asks {@link #isCommitted()}. Used by one
 * thread.
 */
public final class ResultTransaction implements TopicSink, Closeable {

  /** The longest that clusters allow, unless they are told otherwise. */
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  private final KafkaClients clients;
  private final KafkaProducer<byte[], byte[]> producer;
  private final String group;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long records;

  /**
   * Opens the transaction, and ends one that a dead process has left.
   *
   * @param id of the transaction, of this result only
   * @param group the consumer group whose offset is the proof
   */
  public ResultTransaction(KafkaClients clients, String id, String group) throws IOException {
    this.clients = clients;
    this.group = group;
    this.producer = clients.producer("publish", id, TIMEOUT);
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw clients.failure(e, new Access("opening the transaction " + id, "WRITE", "transactional-id " + id));
    }
  }

  private static Access access() {
    return new Access("publishing the result", "WRITE", "the topics of the outputs");
  }

  /** How many records were committed by whoever has committed this result; empty when nobody has. */
  public Optional<Long> isCommitted() throws IOException {
    Access ask = Access.describeGroup(group);
    Map<TopicPartition, OffsetAndMetadata> offsets;
    try {
      ListConsumerGroupOffsetsOptions stable = new ListConsumerGroupOffsetsOptions().requireStable(true);
      offsets = clients.admin().listConsumerGroupOffsets(group, stable).partitionsToOffsetAndMetadata()
          .get(clients.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Optional.empty();
      }
      throw clients.failure(e, ask);
    } catch (TimeoutException e) {
      throw clients.unreachable(ask.doing(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + ask.doing(), e);
    }
    return offsets.values().stream().filter(o -> o != null).map(OffsetAndMetadata::offset).findFirst();
  }

  /** Begins to send. */
  public void begin() {
    producer.beginTransaction();
  }

  @Override
  public void send(TopicRecord record) throws IOException {
    throwFailure();
    try {
      producer.send(record.toProducerRecord(), (metadata, e) -> {
        if (e != null) {
          failure.compareAndSet(null, e);
        }
      });
      records++;
    } catch (KafkaException e) {
      throw clients.failure(e, access());
    }
  }

  private void throwFailure() {
    Exception first = failure.get();
    if (first != null) {
      throw clients.failure(first, access());
    }
  }

  /**
   * Commits everything that was sent, with the proof.
   *
   * @param topic one of those that were written
   */
  public void commit(String topic) throws IOException {
    try {
      producer.flush();
      throwFailure();
      Map<TopicPartition, OffsetAndMetadata> proof =
          Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(records, "published"));
      prove(topic, proof);
      FaultPoint.BUS_COMMIT.reach();
      producer.commitTransaction();
      FaultPoint.BUS_COMMITTED.reach();
    } catch (KafkaException e) {
      throw clients.failure(e, access());
    }
  }

  /** Of a refusal because of the topic, Kafka's client tells only that there was one. */
  private void prove(String topic, Map<TopicPartition, OffsetAndMetadata> proof) {
    Access access = new Access("proving that the result is published", "READ", "group " + group);
    try {
      producer.sendOffsetsToTransaction(proof, clients.group(group));
    } catch (KafkaException e) {
      boolean forbidden = String.valueOf(e.getMessage()).contains(Errors.TOPIC_AUTHORIZATION_FAILED.message());
      throw clients.failure(forbidden ? new TopicAuthorizationException(Set.of(topic)) : e, access);
    }
  }

  /** How many records were sent. */
  public long records() {
    return records;
  }

  /** Closes; what is not committed is aborted. */
  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  /** Forgets the proof of a result, which nobody will ask for any more. */
  public static void forget(KafkaClients clients, String group) throws IOException {
    Access access = new Access("deleting the group " + group, "DELETE", "group " + group);
    try {
      clients.await(clients.admin().deleteConsumerGroups(List.of(group)).all(), access);
    } catch (UserException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)
          && !(e.getCause() != null && e.getCause().getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
  }
}
