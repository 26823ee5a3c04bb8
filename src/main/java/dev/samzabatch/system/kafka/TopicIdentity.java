package dev.samzabatch.system.kafka;

import dev.samzabatch.system.DamagedStreamException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks once a second, when it is asked, whether a topic is still the one that it was, and whether the cluster answers
 * at all. It does not wait for the answer: that is told when it is asked the next time. Thread-safe.
 */
final class TopicIdentity {

  private static final long INTERVAL_NANOS = 1_000_000_000L;

  /** A broker that has just come up may not know a topic yet. */
  private static final int UNKNOWN_IN_A_ROW = 3;

  private final KafkaClients clients;
  private final String topic;
  private final Uuid id;
  private KafkaFuture<TopicDescription> asked;
  private long askedNanos = System.nanoTime();
  private int unknown;

  TopicIdentity(KafkaClients clients, String topic, Uuid id) {
    this.clients = clients;
    this.topic = topic;
    this.id = id;
  }

  Uuid id() {
    return id;
  }

  /**
   * Passes on what the last look has shown.
   *
   * @throws DamagedStreamException when the topic is gone or another one
   * @throws dev.samzabatch.data.UserException when the cluster has not answered in time
   */
  synchronized void check() throws IOException {
    if (asked != null && asked.isDone()) {
      judge();
      asked = null;
    }
    if (asked == null && System.nanoTime() - askedNanos > INTERVAL_NANOS) {
      asked = clients.admin().describeTopics(List.of(topic)).topicNameValues().get(topic);
      askedNanos = System.nanoTime();
    }
  }

  private void judge() throws IOException {
    try {
      refuseOther(asked.get().topicId());
      unknown = 0;
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
          && !(e.getCause() instanceof UnknownTopicIdException)) {
        throw clients.failure(e, Access.describeTopic(topic));
      }
      unknown++;
      if (unknown >= UNKNOWN_IN_A_ROW) {
        throw gone(clients, topic);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("an answer that is there needs no waiting", e);
    }
  }

  /** Refuses a topic of the same name that is not the one of before. */
  void refuseOther(Uuid found) throws DamagedStreamException {
    if (!found.equals(id)) {
      throw new DamagedStreamException("topic " + topic + " of " + clients.system()
          + " is not the one that the run has used: it was deleted and made again, and what was in it is lost");
    }
  }

  /** The exception that tells of a topic that is not there any more. */
  static DamagedStreamException gone(KafkaClients clients, String topic) {
    return new DamagedStreamException("topic " + topic + " of " + clients.system()
        + " is gone: somebody has deleted it while the run needed it, and what was in it is lost");
  }
}
