package dev.samzabatch.system.kafka;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.UserException;
import dev.samzabatch.system.Block;
import dev.samzabatch.system.DamagedStreamException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record of an internal topic:
 *
 * <pre>
 * key     name of the lane in UTF-8
 * value   one {@link Block}
 * header  "partition" (int, big-endian), of changelogs only: partition of the stream
 * </pre>
 *
 * Blocks that say that a partition is begun anew are in topics of changelogs only. What they make forgotten may still
 * be there, or be deleted.
 */
final class BlockRecord {

  private static final String PARTITION = "partition";

  private BlockRecord() {}

  /** The record of the block {@code bytes[0 .. end)}. */
  static ProducerRecord<byte[], byte[]> of(String topic, int partition, byte[] key, byte[] bytes, int end) {
    if (end > InternalTopics.RECORD_BYTES) {
      throw new UserException(ErrorKind.RESOURCES, Problem.error("SB-4330", Place.none(),
          "a row takes " + Quantities.bytes(end) + " in the internal topic " + topic + ", which takes at most "
              + Quantities.bytes(InternalTopics.RECORD_BYTES),
          "set run.streams-on = local, or leave large columns out before rows are moved"));
    }
    return new ProducerRecord<>(topic, partition, key, Arrays.copyOf(bytes, end));
  }

  /** The record of a block of a partition that shares the topic's partition with others. */
  static ProducerRecord<byte[], byte[]> of(
      String topic, int topicPartition, int partition, byte[] key, byte[] bytes, int end) {
    ProducerRecord<byte[], byte[]> record = of(topic, topicPartition, key, bytes, end);
    record.headers().add(PARTITION, ByteBuffer.allocate(Integer.BYTES).putInt(partition).array());
    return record;
  }

  /** The key of the records of a lane. */
  static byte[] key(String lane) {
    return lane.getBytes(StandardCharsets.UTF_8);
  }

  /** The head of the block in a record, all of which has been checked. */
  static Block.Head head(ConsumerRecord<byte[], byte[]> record) throws DamagedStreamException {
    byte[] value = record.value();
    if (value == null || value.length < Block.HEADER) {
      throw damaged(record, "no block");
    }
    Block.Head head = Block.head(value, 0);
    if (head == null || head.payload() != value.length - Block.HEADER) {
      throw damaged(record, "no block of a format that this program knows");
    }
    if (!Block.isIntact(value, 0, head)) {
      throw damaged(record, "the checksum of the block differs");
    }
    return head;
  }

  static String lane(ConsumerRecord<byte[], byte[]> record) throws DamagedStreamException {
    if (record.key() == null) {
      throw damaged(record, "no lane");
    }
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  /** The partition of the stream that a record of a changelog belongs to. */
  static int partition(ConsumerRecord<byte[], byte[]> record) throws DamagedStreamException {
    Header header = record.headers().lastHeader(PARTITION);
    if (header == null || header.value() == null || header.value().length != Integer.BYTES) {
      throw damaged(record, "no partition");
    }
    return ByteBuffer.wrap(header.value()).getInt();
  }

  /** The exception that tells of damage in a record. */
  static DamagedStreamException damaged(ConsumerRecord<byte[], byte[]> record, String fact) {
    return new DamagedStreamException("partition " + record.partition() + " of topic " + record.topic()
        + " at offset " + record.offset() + ": " + fact);
  }
}
