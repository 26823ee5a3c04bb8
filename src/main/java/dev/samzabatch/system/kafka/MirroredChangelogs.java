package dev.samzabatch.system.kafka;

import dev.samzabatch.system.Block;
import dev.samzabatch.system.BlockSink;
import dev.samzabatch.system.DamagedStreamException;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.log.LogStreams;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Changelogs, which one task writes and reads in many small parts: files of this process, and a topic with a partition
 * a task that has the same blocks. The files do not outlive the process. The next one fills its own from the topic with
 * what was committed there, as one lane; what it is told about the lanes of former processes has no meaning any more.
 * That holds for where reading begins, too: of a partition that was begun anew, the topic has a mark in the same
 * transaction, and the new lane has only what comes behind the last one. So it is read from its beginning, and has a
 * name that no former process has used. Thread-safe.
 */
final class MirroredChangelogs {

  /** What the name of the lane of what former processes have committed begins with; before all others. */
  static final String SEED = "000000-seed-";

  private final String seed = SEED + UUID.randomUUID();
  private final TopicContext context;
  private final LaneProducers producers;
  private final LogStreams local;
  private final ToIntFunction<StreamSpec> parts;
  private final Set<String> ready = ConcurrentHashMap.newKeySet();

  /**
   * No changelog is ready.
   *
   * @param parts how many partitions of a stream have one of its topic
   */
  MirroredChangelogs(
      TopicContext context, LaneProducers producers, LogStreams local, ToIntFunction<StreamSpec> parts) {
    this.context = context;
    this.producers = producers;
    this.local = local;
    this.parts = parts;
  }

  LogStreams local() {
    return local;
  }

  private int topicPartitions(StreamSpec stream) {
    return stream.partitions() / parts.applyAsInt(stream);
  }

  /** Makes a changelog unless it is there. */
  synchronized void ensure(StreamSpec stream) throws IOException {
    boolean made = context.topics().ensure(stream, topicPartitions(stream));
    if (made) {
      clear(stream);
      ready.add(stream.name());
    }
    prepare(stream);
  }

  /** Takes over what former processes have left of a changelog, be it nothing, when this one has not used it before. */
  synchronized void prepare(StreamSpec stream) throws IOException {
    if (ready.contains(stream.name())) {
      return;
    }
    context.fence().others();
    clear(stream);
    if (context.topics().find(stream.name()).isPresent()) {
      context.topics().require(stream.name());
      seed(stream);
      ready.add(stream.name());
    }
  }

  private void clear(StreamSpec stream) throws IOException {
    local.delete(stream.name());
    local.ensure(stream);
  }

  private void seed(StreamSpec stream) throws IOException {
    TopicReplay replay = new TopicReplay(context.clients(), stream.name(), topicPartitions(stream));
    Map<Integer, Long> beginnings = beginnings(stream, replay);
    try (BlockSink sink = local.openLane(stream, seed, new long[0])) {
      replay.read(record -> {
        if (record.offset() > beginnings.getOrDefault(record.partition(), -1L)) {
          BlockRecord.head(record);
          sink.append(partition(stream, record), record.value(), record.value().length);
        }
      });
      long[] lengths = sink.sync();
      if (Arrays.stream(lengths).anyMatch(length -> length > 0)) {
        local.publish(stream, seed, lengths);
      }
    }
  }

  /** The offsets of the last marks; only a partition that has one of the topic to itself is ever begun anew. */
  private Map<Integer, Long> beginnings(StreamSpec stream, TopicReplay replay) throws IOException {
    Map<Integer, Long> beginnings = new HashMap<>();
    if (parts.applyAsInt(stream) == 1) {
      replay.read(record -> {
        if (BlockRecord.head(record).kind() == Block.BEGUN_ANEW) {
          beginnings.put(partition(stream, record), record.offset());
        }
      });
    }
    return beginnings;
  }

  private int partition(StreamSpec stream, ConsumerRecord<byte[], byte[]> record) throws DamagedStreamException {
    int partition = BlockRecord.partition(record);
    boolean known = partition >= 0 && partition < stream.partitions();
    if (!known || partition / parts.applyAsInt(stream) != record.partition()) {
      throw BlockRecord.damaged(record, "partition " + partition + " of the stream does not belong here");
    }
    return partition;
  }

  /** The lanes of this process. */
  List<String> lanes(StreamSpec stream) throws IOException {
    prepare(stream);
    return local.lanes(stream).stream().filter(producers::hasOpened).toList();
  }

  /** Opens a new lane. */
  BlockSink openLane(StreamSpec stream, String lane, long[] committed) throws IOException {
    prepare(stream);
    LaneLease lease = producers.use(lane);
    try {
      BlockSink files = local.openLane(stream, lane, committed);
      return new MirroredLane(stream, parts.applyAsInt(stream), files, lease);
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /** See {@link LogStreams#cut}; what former processes have committed must be here by now. */
  void cut(StreamSpec stream, String lane, long[] lengths) throws IOException {
    if (producers.hasOpened(lane)) {
      local.cut(stream, lane, lengths);
    } else if (Arrays.stream(lengths).anyMatch(length -> length > 0)) {
      context.topics().require(stream.name());
      prepare(stream);
    }
  }

  /** See {@link LogStreams#publish}. */
  void publish(StreamSpec stream, String lane, long[] lengths) {
    if (producers.hasOpened(lane)) {
      local.publish(stream, lane, lengths);
    }
  }

  /** See {@link LogStreams#dropBefore}; the topic's partition goes up to where it was begun anew. */
  long dropBefore(StreamSpec stream, int partition, Map<String, LanePosition> positions) throws IOException {
    context.trim().forgotten(new TopicPartition(stream.name(), partition / parts.applyAsInt(stream)));
    return local.dropBefore(stream, partition, positions);
  }

  /** See {@link LogStreams#drop}; the topic's partition goes with the last one that has a share in it. */
  long drop(StreamSpec stream, int partition) throws IOException {
    int share = parts.applyAsInt(stream);
    if (partition % share == share - 1) {
      context.trim().all(new TopicPartition(stream.name(), partition / share));
    }
    return local.drop(stream, partition);
  }

  /** Deletes the files of a stream, if it has any. */
  long delete(String name) throws IOException {
    ready.remove(name);
    return local.delete(name);
  }
}
