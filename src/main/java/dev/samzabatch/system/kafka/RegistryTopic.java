package dev.samzabatch.system.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.samzabatch.job.StreamsOn;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Small texts that all hosts share, by key: the last value of a key is the one that counts, and a key whose last record
 * has no value is not there. Thread-safe.
 *
 * <pre>
 * topic samza-batch-runs, one partition, compacted:   key RUN.ID/FILE, value the JSON text of that file
 * </pre>
 */
public final class RegistryTopic implements Closeable {

  /** The topic. */
  public static final String NAME = "samza-batch-runs";

  private static final Duration CLOSE = Duration.ofSeconds(2);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final KafkaClients clients;
  private final CompactedTopic topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, byte[]> values = new TreeMap<>();

  /** The registry on a system, which is made when it is not there. */
  public RegistryTopic(KafkaClients clients, StreamsOn settings) throws IOException {
    this.clients = clients;
    this.topic = new CompactedTopic(clients, NAME, settings, Map.of());
    this.producer = clients.producer(NAME);
  }

  /** What tells this registry from another one at the same place: another cluster's, or one made anew. */
  public String id() {
    return topic.id();
  }

  /** Gives a key its value, and waits until the cluster has it. */
  public void put(String key, byte[] json) throws IOException {
    send(new ProducerRecord<>(NAME, 0, key.getBytes(UTF_8), json));
  }

  /** Removes a key, and waits until the cluster knows it. */
  public void remove(String key) throws IOException {
    send(new ProducerRecord<>(NAME, 0, key.getBytes(UTF_8), null));
  }

  private void send(ProducerRecord<byte[], byte[]> message) throws IOException {
    Access access = new Access("writing to the topic " + NAME, "WRITE", "topic " + NAME);
    try {
      producer.send(message).get(clients.timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | KafkaException e) {
      throw clients.failure(e, access);
    } catch (TimeoutException e) {
      throw clients.unreachable(access.doing(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + access.doing());
    }
  }

  /** All keys with their values as they are now. */
  public synchronized Map<String, byte[]> readAll() throws IOException {
    topic.readAll(this::note);
    return new TreeMap<>(values);
  }

  private void note(ConsumerRecord<byte[], byte[]> message) {
    if (message.key() == null) {
      return;
    }
    String key = new String(message.key(), UTF_8);
    if (message.value() == null) {
      values.remove(key);
    } else {
      values.put(key, message.value());
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE);
    topic.close();
  }
}
