package dev.samzabatch.system.kafka;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the partitions of internal topics are committed, as far as the producers of this process know, and which of
 * them may have records of transactions that are under way: these hide what was committed behind them. Thread-safe.
 */
final class CommittedEnds {

  private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
  private final Map<String, Set<TopicPartition>> open = new ConcurrentHashMap<>();
  private final AtomicInteger version = new AtomicInteger();

  /** A transaction is about to send to a partition. */
  void begin(String transactionalId, TopicPartition partition) {
    open.computeIfAbsent(transactionalId, id -> ConcurrentHashMap.newKeySet()).add(partition);
  }

  /** A transaction is committed; gives the offset behind its last record in each partition. */
  void commit(String transactionalId, Map<TopicPartition, Long> sent) {
    sent.forEach((partition, end) -> ends.merge(partition, end, Math::max));
    open.remove(transactionalId);
  }

  /** The last transaction of a producer is over; whether it was committed is not known. */
  void over(String transactionalId) {
    version.incrementAndGet();
    open.remove(transactionalId);
  }

  /** Whether nobody in this process may have a transaction under way there. To be asked before {@link #end}. */
  boolean isSettled(TopicPartition partition) {
    return open.values().stream().noneMatch(partitions -> partitions.contains(partition));
  }

  /** The offset behind the last record that is known to be committed; 0 when none is. */
  long end(TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  /** Changes when {@link #end} may not know all, so that the brokers are to be asked. */
  int version() {
    return version.get();
  }
}
