package dev.samzabatch.system.kafka;

import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.TopicInput;
import dev.samzabatch.system.PartitionRange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The first records of partitions, to see what they are like.
 *
 * @param values those that are not null, by partition and offset; at most 1,000
 * @param meanBytes mean size of keys and values together of all records that were looked at, also of those without a
 * value; 0 when there were none
 */
public record TopicSample(List<byte[]> values, double meanBytes) {

  private static final int MAX_VALUES = 1_000;

  /** Once something has come, the rest is given so long. */
  private static final long SHORT_NANOS = Duration.ofSeconds(10).toNanos();

  private static final Duration WAIT = Duration.ofMillis(50);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  /**
   * Reads the sample: of each partition an equal share of it from the start of what is to be read.
   *
   * @throws dev.samzabatch.data.UserException when there is something to read and the cluster does not give it in time
   */
  public static TopicSample of(KafkaClients clients, InputSpec input, List<PartitionRange> ranges) throws IOException {
    try (Reading reading = new Reading(clients, input)) {
      reading.begin(ranges);
      return reading.read();
    } catch (InterruptException e) {
      throw new InterruptedIOException("interrupted while looking at records of " + input.name());
    } catch (KafkaException e) {
      throw clients.failure(e, Access.readTopic(input.name()));
    }
  }

  /** About how many bytes the records of the ranges have, as far as these have an end. */
  public long estimatedBytes(List<PartitionRange> ranges) {
    return (long) (meanBytes * ranges.stream().mapToLong(PartitionRange::records).sum());
  }

  /** A partition of which records are wanted. */
  private static final class Part {
    private final long end;
    private final List<byte[]> values = new ArrayList<>();

    Part(long end) {
      this.end = end;
    }
  }

  /** Reads one sample. */
  private static final class Reading implements AutoCloseable {

    private final KafkaClients clients;
    private final TopicInput topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SortedMap<TopicPartition, Part> parts = new TreeMap<>(
        (a, b) -> a.topic().equals(b.topic()) ? a.partition() - b.partition() : a.topic().compareTo(b.topic()));
    private final Map<TopicPartition, Part> open = new HashMap<>();
    private int share;
    private long bytes;
    private long records;

    Reading(KafkaClients clients, InputSpec input) {
      this.clients = clients;
      this.topic = input.topic().orElseThrow();
      this.consumer = clients.consumer("sample-" + input.name(), topic.readCommitted());
    }

    /** Records before the start that have been deleted are no loss here: a run that goes on has read them. */
    void begin(List<PartitionRange> ranges) throws IOException {
      List<TopicPartition> all = ranges.stream().map(r -> new TopicPartition(r.topic(), r.partition())).toList();
      IsolationLevel isolation = TopicOffsets.isolation(topic);
      Map<TopicPartition, Long> first = TopicOffsets.list(clients, all, OffsetSpec.earliest(), isolation);
      Map<TopicPartition, Long> last = TopicOffsets.list(clients, all, OffsetSpec.latest(), isolation);
      Map<TopicPartition, Long> starts = new HashMap<>();
      for (PartitionRange range : ranges) {
        TopicPartition at = new TopicPartition(range.topic(), range.partition());
        long start = Math.max(range.start(), first.get(at));
        long end = Math.min(range.end(), last.get(at));
        parts.put(at, new Part(end));
        if (start < end) {
          starts.put(at, start);
        }
      }
      starts.keySet().forEach(at -> open.put(at, parts.get(at)));
      share = (MAX_VALUES - 1) / Math.max(1, open.size()) + 1;
      consumer.assign(starts.keySet());
      starts.forEach(consumer::seek);
    }

    TopicSample read() {
      Patience patience = new Patience(clients.timeout(), System::nanoTime);
      long firstNanos = System.nanoTime();
      while (!open.isEmpty() && (records == 0 || System.nanoTime() - firstNanos < SHORT_NANOS)) {
        boolean none = records == 0;
        ConsumerRecords<byte[], byte[]> more = consumer.poll(WAIT);
        more.forEach(this::take);
        firstNanos = none ? System.nanoTime() : firstNanos;
        more.nextOffsets().forEach((at, next) -> {
          Part part = open.get(at);
          if (part != null && (next.offset() >= part.end || part.values.size() >= share)) {
            open.remove(at);
            consumer.pause(List.of(at));
          }
        });
        if (!more.nextOffsets().isEmpty()) {
          patience.renew();
        } else if (patience.isOver()) {
          throw clients.unreachable("looking at records of " + open.keySet().iterator().next(), null);
        }
      }
      List<byte[]> values = parts.values().stream().flatMap(p -> p.values.stream()).limit(MAX_VALUES).toList();
      return new TopicSample(values, records == 0 ? 0 : (double) bytes / records);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
      Part part = open.get(new TopicPartition(record.topic(), record.partition()));
      if (part == null || record.offset() >= part.end || part.values.size() >= share) {
        return;
      }
      records++;
      bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
      if (record.value() != null) {
        part.values.add(record.value());
      }
    }

    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }
}
