package dev.samzabatch.system.kafka;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record to be sent.
 *
 * @param topic where
 * @param partition number of the partition; -1 for Kafka's own choice
 * @param timestamp in milliseconds since 1970; -1 for the time of sending
 * @param key null for none
 * @param value null for a tombstone
 * @param headers none or several
 */
record TopicRecord(String topic, int partition, long timestamp, byte[] key, byte[] value, List<Header> headers) {

  ProducerRecord<byte[], byte[]> toProducerRecord() {
    return new ProducerRecord<>(
        topic, partition < 0 ? null : partition, timestamp < 0 ? null : timestamp, key, value, headers);
  }
}
