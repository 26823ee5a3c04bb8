package dev.samzabatch.system.kafka;

import dev.samzabatch.data.BatchCodec;
import dev.samzabatch.data.BatchDecoder;
import dev.samzabatch.data.BatchFormatException;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.system.Block;
import dev.samzabatch.system.DamagedStreamException;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads a partition of a topic: the records of all its lanes in the order in which they were sent, as far as they are
 * committed. Since only this process writes there, it knows up to where that may be, and waits for what must come,
 * however long that takes; where a transaction that is under way may hide something, it only looks.
 *
 * <p>
 * A position is one of the lane {@link #LANE}: offset of a record, and row in its block.
 */
final class TopicStreamReader implements StreamReader {

  /** What stands for all lanes in positions. */
  static final String LANE = "";

  private static final Duration LOOK = Duration.ofMillis(25);
  private static final Duration WAIT = Duration.ofMillis(100);

  private final KafkaClients clients;
  private final InternalTopics topics;
  private final CommittedEnds ends;
  private final TopicTrim trim;
  private final TopicPartition partition;
  private final Access access;
  private final int batchRows;
  private final BatchDecoder decoder;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private Iterator<ConsumerRecord<byte[], byte[]>> fetched = Collections.emptyIterator();
  private LanePosition start = LanePosition.START;

  /** Where to go on behind the present block. */
  private LanePosition next = LanePosition.START;

  private long block;
  private int blockRows;
  private int rowsLeft;
  private int version = -1;
  private long asked;

  /** Stands at the beginning of the partition. */
  TopicStreamReader(TopicContext context, StreamSpec stream, int partition, int batchRows) {
    this.clients = context.clients();
    this.topics = context.topics();
    this.ends = context.ends();
    this.trim = context.trim();
    this.partition = new TopicPartition(stream.name(), partition);
    this.access = Access.readTopic(stream.name());
    this.batchRows = batchRows;
    this.decoder = BatchCodec.decoder(stream.schema());
    this.consumer = clients.committedConsumer("lanes");
    consumer.assign(List.of(this.partition));
    consumer.seek(this.partition, 0);
  }

  @Override
  public void seek(Map<String, LanePosition> from) {
    start = from.getOrDefault(LANE, LanePosition.START);
    next = start;
    rowsLeft = 0;
    fetched = Collections.emptyIterator();
    consumer.seek(partition, start.offset());
  }

  @Override
  public Map<String, LanePosition> position() {
    LanePosition position = rowsLeft > 0 ? new LanePosition(block, blockRows - rowsLeft) : next;
    return position.equals(LanePosition.START) ? Map.of() : Map.of(LANE, position);
  }

  @Override
  public StreamItem poll() throws IOException {
    if (rowsLeft > 0) {
      return nextRows(batchRows);
    }
    do {
      while (fetched.hasNext()) {
        StreamItem item = open(fetched.next());
        if (item != null) {
          return item;
        }
      }
    } while (fetch());
    return null;
  }

  /** The first item of a record; null when all of it has been given before. */
  private StreamItem open(ConsumerRecord<byte[], byte[]> record) throws IOException {
    Block.Head head = BlockRecord.head(record);
    trim.read(partition, record.value().length);
    next = new LanePosition(record.offset() + 1, 0);
    if (head.kind() != Block.BATCH) {
      StreamItem mark = Block.mark(head, record.value(), Block.HEADER);
      if (mark == null) {
        throw BlockRecord.damaged(record, "a mark that is too short");
      }
      return mark;
    }
    try {
      decoder.open(record.value(), Block.HEADER, head.payload());
    } catch (BatchFormatException e) {
      throw BlockRecord.damaged(record, e.getMessage());
    }
    block = record.offset();
    blockRows = head.rows();
    rowsLeft = decoder.remaining();
    if (rowsLeft != head.rows()) {
      throw BlockRecord.damaged(record, "the block says " + head.rows() + " rows, its batch " + rowsLeft);
    }
    if (record.offset() == start.offset()) {
      skip(record);
    }
    return rowsLeft > 0 ? nextRows(batchRows) : null;
  }

  private void skip(ConsumerRecord<byte[], byte[]> record) throws IOException {
    if (start.row() > rowsLeft) {
      throw BlockRecord.damaged(record, "a block of " + rowsLeft + " rows, of which " + start.row() + " had been read");
    }
    for (int left = start.row(); left > 0; left -= batchRows) {
      nextRows(Math.min(left, batchRows));
    }
  }

  private StreamItem nextRows(int rows) throws IOException {
    try {
      StreamItem batch = decoder.next(rows);
      rowsLeft = decoder.remaining();
      return batch;
    } catch (BatchFormatException e) {
      throw new DamagedStreamException(partition + " at offset " + block + ": " + e.getMessage());
    }
  }

  /** Gets more records; false when there are none at present. */
  private boolean fetch() throws IOException {
    try {
      topics.check(partition.topic());
      // In this order: a transaction that begins in between must not make this wait for its end.
      long asked = asked();
      boolean settled = ends.isSettled(partition);
      long end = Math.max(ends.end(partition), asked);
      long limit = System.nanoTime() + clients.timeout().toNanos();
      while (consumer.position(partition) < end) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(settled ? WAIT : LOOK);
        fetched = records.iterator();
        if (fetched.hasNext()) {
          return true;
        }
        if (!settled) {
          return false;
        }
        topics.check(partition.topic());
        if (System.nanoTime() - limit > 0) {
          throw clients.unreachable(access.doing() + ", partition " + partition.partition() + " at offset "
              + consumer.position(partition) + " of " + end, null);
        }
      }
      return false;
    } catch (InterruptException e) {
      throw new InterruptedIOException("interrupted while " + access.doing());
    } catch (OffsetOutOfRangeException e) {
      throw new DamagedStreamException(partition + " does not have offset " + consumer.position(partition)
          + " any more: its records were deleted before they were read; see retention and max-bytes of run.streams-on");
    } catch (KafkaException e) {
      throw clients.failure(e, access);
    }
  }

  /** The end that the brokers told, of all transactions; asked again when this process may not know it. */
  private long asked() throws IOException {
    int now = ends.version();
    if (now != version) {
      asked = clients.await(
          clients.admin().listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition), access)
          .offset();
      version = now;
    }
    return asked;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
