package dev.samzabatch.system.kafka;

import java.io.Closeable;

/** A share in the producer of a lane; the last one that is closed closes it. Used by the lane's thread. */
final class LaneLease implements Closeable {

  private final LaneProducers producers;
  private final String lane;
  private final LaneProducer producer;
  private final byte[] key;
  private boolean closed;

  LaneLease(LaneProducers producers, String lane, LaneProducer producer) {
    this.producers = producers;
    this.lane = lane;
    this.producer = producer;
    this.key = BlockRecord.key(lane);
  }

  LaneProducer producer() {
    return producer;
  }

  /** What the records of the lane have as key. */
  byte[] key() {
    return key;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      producers.release(lane);
    }
  }
}
