package dev.samzabatch.system.kafka;

import java.io.IOException;

/** Where records go: into a transaction of somebody else. Used by one thread. */
public interface TopicSink {

  /**
   * Sends a record, at the latest when the transaction is committed.
   *
   * @throws IOException when an earlier one could not be sent
   */
  void send(TopicRecord record) throws IOException;
}
