package dev.samzabatch.system.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Sends records to any topics in the transaction of a lane: they are visible when its next checkpoint is. Used by the
 * lane's thread.
 */
public final class LaneSink implements TopicSink, Closeable {

  private final InternalTopics topics;
  private final LaneLease lane;
  private final Set<String> known = new HashSet<>();

  LaneSink(InternalTopics topics, LaneLease lane) {
    this.topics = topics;
    this.lane = lane;
  }

  /** That a record was refused is told by a later call, the next {@link #flush} or the commit. */
  @Override
  public void send(TopicRecord record) throws IOException {
    if (known.add(record.topic())) {
      topics.require(record.topic());
    }
    lane.producer().send(record.toProducerRecord());
  }

  /** Fails when anything sent is known to be refused. Does not wait for what is on its way; the commit does. */
  public void flush() throws IOException {
    lane.producer().check();
    for (String topic : known) {
      topics.check(topic);
    }
  }

  /** Closes without committing. */
  @Override
  public void close() {
    lane.close();
  }
}
