package dev.samzabatch.system.kafka;

import dev.samzabatch.system.DamagedStreamException;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.FencedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Everything that one lane sends to Kafka, in one transaction from one commit to the next. Its transactional id is that
 * of the container: opening it ends what an earlier lane of the container has left open, and bars that from sending
 * anything more. Used by the lane's thread.
 *
 * <p>
 * When a call has failed, the others fail too. Whether a failed commit counts is not known then; {@link Fence} makes it
 * known.
 */
final class LaneProducer {

  /** As long as brokers allow where they are not told otherwise: a commit may be as far away. */
  private static final Duration TRANSACTION = Duration.ofMinutes(15);

  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final TopicContext context;
  private final String id;
  private final CommittedEnds ends;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<TopicPartition, Long> sent = new ConcurrentHashMap<>();

  /** Where partitions are begun anew by the transaction that is under way. */
  private final Map<TopicPartition, Long> marks = new ConcurrentHashMap<>();

  private final AtomicReference<Exception> refused = new AtomicReference<>();
  private final Set<String> topics = new HashSet<>();
  private boolean begun;
  private boolean broken;
  private int users;

  /** Opens the producer of a container, in place of all that had its id before. */
  LaneProducer(TopicContext context, String id) throws IOException {
    this.context = context;
    this.id = id;
    this.ends = context.ends();
    this.producer = context.clients().producer("lane", id, TRANSACTION);
    try {
      producer.initTransactions();
      ends.over(id);
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw failure(e, "opening the transactions of " + id);
    }
  }

  /** One more uses this, until {@link #release}. */
  void use() {
    users++;
  }

  /**
   * One less uses this; the last one closes it, and what was not committed is lost.
   *
   * @return whether it was the last one
   */
  boolean release() {
    users--;
    if (users > 0) {
      return false;
    }
    if (begun && !broken) {
      try {
        producer.abortTransaction();
        ends.over(id);
      } catch (KafkaException e) {
        // Whoever has the id next ends the transaction.
        broken = true;
      }
    }
    producer.close(broken ? Duration.ZERO : CLOSE);
    return true;
  }

  /** Sends a record in the transaction; that it was refused may be told later, by the commit at the latest. */
  void send(ProducerRecord<byte[], byte[]> record) throws IOException {
    send(record, this::acknowledged);
  }

  /** Sends the record behind which its partition is begun anew; what lies before it can be given back by the commit. */
  void sendMark(ProducerRecord<byte[], byte[]> record) throws IOException {
    send(record, (where, refusal) -> {
      acknowledged(where, refusal);
      if (refusal == null) {
        marks.put(new TopicPartition(where.topic(), where.partition()), where.offset());
      }
    });
  }

  private void send(ProducerRecord<byte[], byte[]> record, Callback acknowledged) throws IOException {
    check();
    reach(FaultPoint.BLOCK_WRITE);
    try {
      if (!begun) {
        producer.beginTransaction();
        begun = true;
      }
      topics.add(record.topic());
      if (record.partition() != null) {
        ends.begin(id, new TopicPartition(record.topic(), record.partition()));
      }
      producer.send(record, acknowledged);
    } catch (KafkaException e) {
      throw failure(e, "writing to the topic " + record.topic());
    }
  }

  /** Called by the producer's own thread. */
  private void acknowledged(RecordMetadata where, Exception refusal) {
    if (refusal != null) {
      refused.compareAndSet(null, refusal);
    } else {
      sent.merge(new TopicPartition(where.topic(), where.partition()), where.offset() + 1, Math::max);
    }
  }

  /** Fails when something has failed before. */
  void check() throws IOException {
    if (broken) {
      throw new IOException("nothing more can be sent for " + id + ": an earlier call failed");
    }
    Exception refusal = refused.get();
    if (refusal != null) {
      throw failure(refusal, "writing in the transactions of " + id);
    }
  }

  /** Fails when something has failed before; everything sent is on its way. */
  void sync() throws IOException {
    check();
    reach(FaultPoint.LANE_SYNC);
  }

  /** A fault that a test has armed here is one of this. */
  private void reach(FaultPoint point) throws IOException {
    try {
      point.reach();
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /** Commits everything sent since the last commit. */
  void commit() throws IOException {
    check();
    if (!begun) {
      return;
    }
    reach(FaultPoint.BUS_COMMIT);
    try {
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw failure(e, "committing the transaction of " + id);
    }
    reach(FaultPoint.BUS_COMMITTED);
    begun = false;
    ends.commit(id, sent);
    sent.clear();
    context.trim().begunAnew(marks);
    marks.clear();
  }

  /** Trying again helps against what is not in the job, the cluster or the topics, unless another has taken over. */
  private IOException failure(Exception failure, String doing) throws IOException {
    broken = true;
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof ApiException)) {
      cause = cause.getCause();
    }
    if (cause instanceof InterruptException) {
      return new InterruptedIOException("interrupted while " + doing);
    }
    if (cause instanceof UnknownTopicOrPartitionException) {
      return new DamagedStreamException("while " + doing + ": a topic is gone; somebody has deleted it");
    }
    if (cause instanceof TimeoutException) {
      for (String topic : topics) {
        // A producer waits for a topic that is gone as for a broker that is.
        context.topics().require(topic);
      }
    }
    if (cause instanceof TimeoutException || cause instanceof AuthorizationException
        || cause instanceof AuthenticationException) {
      throw context.clients().failure(cause, new Access(doing, "WRITE", "transactional-id " + id));
    }
    if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
      return new FencedException("while " + doing + ": another process goes on with this run, or the transaction took "
          + "longer than " + TRANSACTION.toMinutes() + " min: " + cause.getMessage(), failure);
    }
    return new IOException("while " + doing + ": " + cause.getMessage(), failure);
  }
}
