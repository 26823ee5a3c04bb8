package dev.samzabatch.system.kafka;

import dev.samzabatch.system.FaultPoint;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the space of records that nobody needs any more, in the background: a failure is only logged, since the
 * topics are deleted anyway. Thread-safe.
 */
final class TopicTrim {

  private static final Logger LOG = LoggerFactory.getLogger(TopicTrim.class);

  /** The offset that means the end of a partition. */
  private static final long END = -1;

  private final KafkaClients clients;
  private final long bytes;
  private final Map<TopicPartition, Long> read = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> beginnings = new ConcurrentHashMap<>();

  /**
   * Trims nothing yet.
   *
   * @param bytes how many are to be read of a partition before it is worth asking
   */
  TopicTrim(KafkaClients clients, long bytes) {
    this.clients = clients;
    this.bytes = bytes;
  }

  /** So many bytes more have been read of a partition. */
  void read(TopicPartition partition, long more) {
    read.merge(partition, more, Long::sum);
  }

  /** Deletes what lies before an offset, when enough has been read since the last time. */
  void before(TopicPartition partition, long offset) throws IOException {
    if (read.getOrDefault(partition, 0L) >= bytes) {
      read.remove(partition);
      delete(partition, offset);
    }
  }

  /** Partitions are begun anew at these offsets, which is committed. */
  void begunAnew(Map<TopicPartition, Long> offsets) {
    beginnings.putAll(offsets);
  }

  /** Deletes what lies before the offset at which a partition was begun anew since the last time, if it was. */
  void forgotten(TopicPartition partition) throws IOException {
    Long offset = beginnings.remove(partition);
    if (offset != null) {
      delete(partition, offset);
    }
  }

  /** Deletes everything that a partition has. */
  void all(TopicPartition partition) throws IOException {
    delete(partition, END);
  }

  private void delete(TopicPartition partition, long offset) throws IOException {
    FaultPoint.SEGMENT_DROP.reach();
    clients.admin().deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset))).all()
        .whenComplete((done, failure) -> {
          if (failure != null) {
            LOG.warn("cannot delete what nobody needs of {}: {}", partition, failure.toString());
          }
        });
  }
}
