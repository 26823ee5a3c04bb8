package dev.samzabatch.system.kafka;

import dev.samzabatch.system.BlockSink;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;

/**
 * The blocks of one lane in the topic of a stream, one a record. That of the checkpoints commits the lane's transaction
 * when it is flushed; others only send.
 */
final class TopicLane implements BlockSink {

  private final StreamSpec stream;
  private final LaneLease lane;
  private final InternalTopics topics;
  private long written;

  TopicLane(StreamSpec stream, LaneLease lane, InternalTopics topics) {
    this.stream = stream;
    this.lane = lane;
    this.topics = topics;
  }

  @Override
  public void append(int partition, byte[] bytes, int end) throws IOException {
    lane.producer().send(BlockRecord.of(stream.name(), partition, lane.key(), bytes, end));
    written += end;
  }

  @Override
  public void beginAnew(int partition) {
    throw new IllegalStateException("no changelog is begun anew: " + stream.name());
  }

  @Override
  public long[] lengths() {
    return new long[stream.partitions()];
  }

  @Override
  public long[] sync() throws IOException {
    lane.producer().sync();
    topics.check(stream.name());
    if (stream.kind() == StreamSpec.Kind.CHECKPOINT) {
      lane.producer().commit();
    }
    return lengths();
  }

  @Override
  public long written() {
    return written;
  }

  @Override
  public int mostBytes() {
    return InternalTopics.RECORD_BYTES;
  }

  @Override
  public void close() {
    lane.close();
  }
}
