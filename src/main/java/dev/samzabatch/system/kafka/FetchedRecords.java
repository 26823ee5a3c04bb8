package dev.samzabatch.system.kafka;

import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What a consumer has fetched and nobody has taken yet, partition by partition. */
final class FetchedRecords {

  private ConsumerRecords<byte[], byte[]> fetched = ConsumerRecords.empty();
  private Iterator<TopicPartition> partitions = fetched.partitions().iterator();
  private TopicPartition partition;
  private List<ConsumerRecord<byte[], byte[]>> records = List.of();
  private int at;

  /** Takes what was fetched; everything before must have been taken. */
  void set(ConsumerRecords<byte[], byte[]> more) {
    fetched = more;
    partitions = more.partitions().iterator();
    records = List.of();
    at = 0;
  }

  /** Whether there is a record; then it is of {@link #partition}. */
  boolean hasNext() {
    while (at == records.size() && partitions.hasNext()) {
      partition = partitions.next();
      records = fetched.records(partition);
      at = 0;
    }
    return at < records.size();
  }

  /** The partition of the next record. */
  TopicPartition partition() {
    return partition;
  }

  /** Whether there is another record of the same partition. */
  boolean hasMoreOfPartition() {
    return at < records.size();
  }

  ConsumerRecord<byte[], byte[]> next() {
    return records.get(at++);
  }

  /** Passes over the other records of the partition. */
  void skipPartition() {
    at = records.size();
  }

  /** Where the consumer is in a partition after everything that was fetched of it. */
  long nextOffset(TopicPartition of) {
    OffsetAndMetadata next = fetched.nextOffsets().get(of);
    return next == null ? 0 : next.offset();
  }
}
