package dev.samzabatch.kafka;

import static dev.samzabatch.kafka.Topics.BOUND;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole partitions with a consumer of its own. Not thread-safe. */
final class PartitionReader implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Reads with these settings, which say where the cluster is and what is visible. */
  PartitionReader(Properties settings) {
    settings.setProperty("enable.auto.commit", "false");
    settings.setProperty("auto.offset.reset", "earliest");
    settings.setProperty("max.poll.records", "100000");
    consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Shows an action all records from the beginning to the end that the partition has now. The consumer's position says
   * when that is reached: the last offsets may be those of markers, which are not records.
   */
  void read(TopicPartition partition, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition), BOUND).get(partition);
    long at = consumer.position(partition, BOUND);
    long progress = System.nanoTime();
    while (at < end) {
      consumer.poll(Duration.ofMillis(100)).forEach(action);
      long next = consumer.position(partition, BOUND);
      if (next > at) {
        at = next;
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > BOUND.toNanos()) {
        throw new AssertionError("reading " + partition + " stays at " + at + ", before its end at " + end);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
