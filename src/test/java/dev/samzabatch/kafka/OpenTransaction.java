package dev.samzabatch.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A transaction of a producer of its own. Closing it without an end leaves it open, as a producer's death does. */
public final class OpenTransaction implements AutoCloseable {

  private final Topics topics;
  private final KafkaProducer<byte[], byte[]> producer;

  OpenTransaction(Topics topics, Properties settings) {
    this.topics = topics;
    settings.setProperty("transactional.id", "kit-" + UUID.randomUUID());
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
  }

  /** Sends values without keys to one partition, and waits until the cluster has them. */
  public void send(String topic, int partition, String... values) {
    List<Future<?>> sent = new ArrayList<>();
    for (String value : values) {
      sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8))));
    }
    producer.flush();
    sent.forEach(Topics::get);
  }

  /** Ends the transaction; its records are visible when this returns. */
  public void commit() {
    producer.commitTransaction();
    topics.awaitMarkers();
  }

  /** Ends the transaction; its records are never visible. */
  public void abort() {
    producer.abortTransaction();
    topics.awaitMarkers();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
