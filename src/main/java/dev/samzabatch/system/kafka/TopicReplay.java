package dev.samzabatch.system.kafka;

import dev.samzabatch.system.DamagedStreamException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Gives all committed records that a topic has now. It waits for transactions that are under way there: what comes
 * behind their first records cannot be read before they end.
 */
final class TopicReplay {

  private static final Duration WAIT = Duration.ofMillis(200);

  private final KafkaClients clients;
  private final String topic;
  private final List<TopicPartition> partitions;
  private final Access access;

  /** Takes records. */
  interface Records {
    void accept(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  TopicReplay(KafkaClients clients, String topic, int partitions) {
    this.clients = clients;
    this.topic = topic;
    this.partitions = IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    this.access = Access.readTopic(topic);
  }

  /** Gives the records, those of each partition in the order of their offsets. */
  void read(Records records) throws IOException {
    Map<TopicPartition, Long> ends = ends();
    ends.values().removeIf(end -> end == 0);
    if (ends.isEmpty()) {
      return;
    }
    try (KafkaConsumer<byte[], byte[]> consumer = clients.committedConsumer("replay")) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      readTo(consumer, ends, records);
    } catch (InterruptException e) {
      throw new InterruptedIOException("interrupted while " + access.doing());
    } catch (KafkaException e) {
      throw clients.failure(e, access);
    }
  }

  private void readTo(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Records records)
      throws IOException {
    Map<TopicPartition, Long> reached = new HashMap<>();
    long limit = System.nanoTime() + clients.timeout().toNanos();
    while (!ends.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
        records.accept(record);
      }
      for (TopicPartition partition : List.copyOf(ends.keySet())) {
        long position = consumer.position(partition);
        if (position >= ends.get(partition)) {
          ends.remove(partition);
          consumer.pause(List.of(partition));
        }
        if (!Long.valueOf(position).equals(reached.put(partition, position))) {
          limit = System.nanoTime() + clients.timeout().toNanos();
        }
      }
      if (System.nanoTime() - limit > 0) {
        throw clients.unreachable(access.doing() + " up to offsets " + ends, null);
      }
    }
  }

  /** Where the partitions end, with what is not committed. */
  private Map<TopicPartition, Long> ends() throws IOException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(p -> asked.put(p, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    Collection<Map.Entry<TopicPartition, ListOffsetsResultInfo>> found =
        clients.await(clients.admin().listOffsets(asked).all(), access).entrySet();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : found) {
      ends.put(end.getKey(), end.getValue().offset());
    }
    if (!ends.keySet().containsAll(partitions)) {
      throw new DamagedStreamException("topic " + topic + " has fewer than " + partitions.size() + " partitions");
    }
    return ends;
  }
}
