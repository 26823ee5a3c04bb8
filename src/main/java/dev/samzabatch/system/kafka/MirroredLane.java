package dev.samzabatch.system.kafka;

import dev.samzabatch.system.Block;
import dev.samzabatch.system.BlockSink;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;

/**
 * The blocks of one lane of a changelog, here and in a topic. Lengths are those of the local files, which this process
 * reads; the topic is for another one.
 */
final class MirroredLane implements BlockSink {

  private final StreamSpec stream;
  private final int parts;
  private final BlockSink local;
  private final LaneLease lane;

  /**
   * Opens the lane.
   *
   * @param parts how many partitions of the stream have one of the topic
   */
  MirroredLane(StreamSpec stream, int parts, BlockSink local, LaneLease lane) {
    this.stream = stream;
    this.parts = parts;
    this.local = local;
    this.lane = lane;
  }

  @Override
  public void append(int partition, byte[] bytes, int end) throws IOException {
    local.append(partition, bytes, end);
    lane.producer().send(BlockRecord.of(stream.name(), partition / parts, partition, lane.key(), bytes, end));
  }

  /** In the topic a mark says so; a topic's partition that is shared cannot be given back up to there. */
  @Override
  public void beginAnew(int partition) throws IOException {
    if (parts != 1) {
      throw new IllegalStateException(stream.name() + " has " + parts + " parts, and is begun anew");
    }
    local.beginAnew(partition);
    byte[] mark = Block.begunAnew();
    lane.producer().sendMark(BlockRecord.of(stream.name(), partition, partition, lane.key(), mark, mark.length));
  }

  @Override
  public long[] lengths() {
    return local.lengths();
  }

  @Override
  public long[] sync() throws IOException {
    lane.producer().sync();
    return local.sync();
  }

  @Override
  public long written() {
    return local.written();
  }

  @Override
  public int mostBytes() {
    return InternalTopics.RECORD_BYTES;
  }

  @Override
  public void close() throws IOException {
    lane.close();
    local.close();
  }
}
