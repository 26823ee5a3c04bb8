package dev.samzabatch.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.IsolationLevel.READ_COMMITTED;
import static org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What tests do with the topics of a cluster, with plain clients of its own: a second opinion on what a job did. What
 * the cluster refuses is thrown as Kafka's own exception. Thread-safe.
 */
public final class Topics implements AutoCloseable {

  /** Settings of a topic that {@link #compact} can compact at once. */
  public static final Map<String, String> COMPACTED = Map.of(
      "cleanup.policy", "compact", "segment.ms", "100", "min.cleanable.dirty.ratio", "0.0");

  static final Duration BOUND = Duration.ofSeconds(60);

  private final String bootstrap;
  private final Admin admin;
  private KafkaProducer<byte[], byte[]> producer;

  Topics(String bootstrap) {
    this.bootstrap = bootstrap;
    this.admin = Admin.create(client(Map.of()));
  }

  /** Creates a topic and waits until the cluster knows the leaders of all its partitions. */
  public void create(String topic, int partitions) {
    create(topic, partitions, Map.of());
  }

  /** As above, with settings of the topic. */
  public void create(String topic, int partitions, Map<String, String> settings) {
    NewTopic request = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(settings);
    get(admin.createTopics(List.of(request)).all());
    Await.until("leaders of topic " + topic, BOUND, () -> leaders(topic) == partitions);
  }

  /** Deletes a topic and waits until the cluster no longer knows it. */
  public void delete(String topic) {
    get(admin.deleteTopics(List.of(topic)).all());
    Await.until("topic " + topic + " is gone", BOUND, () -> !names().contains(topic));
  }

  /** The names of all topics but Kafka's own. */
  public Set<String> names() {
    return new TreeSet<>(get(admin.listTopics().names()));
  }

  /** The ids of all groups of consumers. */
  public Set<String> groups() {
    Set<String> groups = new TreeSet<>();
    for (GroupListing group : get(admin.listGroups().all())) {
      groups.add(group.groupId());
    }
    return groups;
  }

  /** What the topic is: its id, partitions, leaders and replicas. */
  public TopicDescription describe(String topic) {
    return get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
  }

  /** The node that leads this partition now, or -1 while none does. */
  public int leaderOf(String topic, int partition) {
    Node leader = describe(topic).partitions().get(partition).leader();
    return leader == null ? -1 : leader.id();
  }

  /** Waits until all copies of all partitions are in sync. */
  public void awaitInSync(String topic) {
    Await.until("all copies of topic " + topic + " are in sync", BOUND,
        () -> describe(topic).partitions().stream().allMatch(p -> p.isr().size() == p.replicas().size()));
  }

  /** The kit's own admin client, for what is not here; closed with the cluster. */
  public Admin admin() {
    return admin;
  }

  /** Sends values without keys to one partition. */
  public void send(String topic, int partition, String... values) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (String value : values) {
      records.add(new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8)));
    }
    send(records);
  }

  /** Sends these records and waits until the cluster has them. */
  public void send(Collection<ProducerRecord<byte[], byte[]>> records) {
    KafkaProducer<byte[], byte[]> to = producer();
    List<Future<?>> sent = new ArrayList<>();
    records.forEach(r -> sent.add(to.send(r)));
    to.flush();
    sent.forEach(Topics::get);
  }

  /** Sends {@code count} records, partitioned by their keys, fast: the i-th has {@code key(i)} and {@code line(i)}. */
  public void sendMany(String topic, long count, LongFunction<String> key, LongFunction<String> line) {
    KafkaProducer<byte[], byte[]> to = producer();
    AtomicReference<Exception> failure = new AtomicReference<>();
    for (long i = 0; i < count; i++) {
      to.send(new ProducerRecord<>(topic, key.apply(i).getBytes(UTF_8), line.apply(i).getBytes(UTF_8)),
          (where, refusal) -> failure.compareAndSet(null, refusal));
    }
    to.flush();
    if (failure.get() != null) {
      throw new KafkaException("not all of " + count + " records reached topic " + topic, failure.get());
    }
  }

  /** Sends values without keys to one partition in a transaction of its own, which is committed. */
  public void sendCommitted(String topic, int partition, String... values) {
    try (OpenTransaction transaction = sendOpen(topic, partition, values)) {
      transaction.commit();
    }
  }

  /** As above, but the transaction is aborted. */
  public void sendAborted(String topic, int partition, String... values) {
    try (OpenTransaction transaction = sendOpen(topic, partition, values)) {
      transaction.abort();
    }
  }

  /** As above, but the transaction stays open; the cluster has its records when this returns. */
  public OpenTransaction sendOpen(String topic, int partition, String... values) {
    OpenTransaction transaction = new OpenTransaction(this, client(Map.of()));
    transaction.send(topic, partition, values);
    return transaction;
  }

  /** Deletes the records of a partition before an offset; -1 deletes all. */
  public void deleteBefore(String topic, int partition, long offset) {
    TopicPartition at = new TopicPartition(topic, partition);
    get(admin.deleteRecords(Map.of(at, RecordsToDelete.beforeOffset(offset))).all());
  }

  /**
   * Waits until every partition of a topic with the settings {@link #COMPACTED} is compacted. To make the newest
   * records ones that can be compacted, tombstones with the key {@code ~filler} are appended to each partition.
   */
  public void compact(String topic) {
    Map<Integer, Long> ends = endOffsets(topic);
    Await.until("topic " + topic + " is compacted", BOUND, () -> {
      ends.keySet().forEach(
          p -> send(List.of(new ProducerRecord<>(topic, p, "~filler".getBytes(UTF_8), null))));
      return hasEachKeyOnce(topic, ends);
    });
  }

  private boolean hasEachKeyOnce(String topic, Map<Integer, Long> ends) {
    List<String> keys = records(topic, READ_UNCOMMITTED).stream().filter(r -> r.offset() < ends.get(r.partition()))
        .map(r -> r.partition() + " " + new String(r.key(), UTF_8)).toList();
    return new HashSet<>(keys).size() == keys.size();
  }

  /** The offset before which each partition has no records any more. */
  public Map<Integer, Long> beginOffsets(String topic) {
    return offsets(topic, OffsetSpec.earliest());
  }

  /** The offset of each partition's next record. */
  public Map<Integer, Long> endOffsets(String topic) {
    return offsets(topic, OffsetSpec.latest());
  }

  private Map<Integer, Long> offsets(String topic, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> request = new HashMap<>();
    partitions(topic).forEach(p -> request.put(p, spec));
    Map<Integer, Long> offsets = new TreeMap<>();
    get(admin.listOffsets(request).all()).forEach((p, found) -> offsets.put(p.partition(), found.offset()));
    return offsets;
  }

  /** Commits an offset of a group that has no members. */
  public void commit(String group, String topic, int partition, long offset) {
    TopicPartition at = new TopicPartition(topic, partition);
    get(admin.alterConsumerGroupOffsets(group, Map.of(at, new OffsetAndMetadata(offset))).all());
  }

  /** The offsets a group has committed. */
  public Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach((p, offset) -> offsets.put(p, offset.offset()));
    return offsets;
  }

  /** The values of all committed records, in the order of partitions and offsets; nulls for tombstones. */
  public List<String> values(String topic) {
    return values(topic, READ_COMMITTED);
  }

  /** As above, of all records that a consumer with this isolation sees. */
  public List<String> values(String topic, IsolationLevel isolation) {
    List<String> values = new ArrayList<>();
    records(topic, isolation).forEach(r -> values.add(r.value() == null ? null : new String(r.value(), UTF_8)));
    return values;
  }

  /** All records that a consumer with this isolation sees, in the order of partitions and offsets. */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic, IsolationLevel isolation) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    forEach(topic, isolation, records::add);
    return records;
  }

  /** Shows these records to an action one by one, for topics of more records than memory should hold. */
  public void forEach(String topic, IsolationLevel isolation, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    awaitMarkers();
    Properties settings = client(Map.of("isolation.level", isolation.toString()));
    try (PartitionReader reader = new PartitionReader(settings)) {
      partitions(topic).forEach(partition -> reader.read(partition, action));
    }
  }

  /**
   * Waits for the markers of ended transactions. A commit is said to be done before all partitions have its marker,
   * without which consumers of committed records do not see it.
   */
  void awaitMarkers() {
    ListTransactionsOptions ending = new ListTransactionsOptions()
        .filterStates(List.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
    Await.until("all partitions have the markers of ended transactions", BOUND,
        () -> hasNone(ending));
  }

  /** Kafka's client trips over a broker that goes away while it is asked; then nobody knows. */
  private boolean hasNone(ListTransactionsOptions which) {
    try {
      return get(admin.listTransactions(which).all()).isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private List<TopicPartition> partitions(String topic) {
    return describe(topic).partitions().stream().map(p -> new TopicPartition(topic, p.partition())).toList();
  }

  private long leaders(String topic) {
    try {
      return describe(topic).partitions().stream().map(TopicPartitionInfo::leader).filter(n -> n != null).count();
    } catch (UnknownTopicOrPartitionException e) {
      return 0;
    }
  }

  private synchronized KafkaProducer<byte[], byte[]> producer() {
    if (producer == null) {
      // A partition that has just been made may refuse one request and take the next: then the first never fits again.
      Properties settings = client(Map.of("compression.type", "lz4", "batch.size", String.valueOf(1 << 20),
          "linger.ms", "5", "max.in.flight.requests.per.connection", "1"));
      producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  private Properties client(Map<String, String> more) {
    Properties settings = new Properties();
    settings.setProperty("bootstrap.servers", bootstrap);
    settings.putAll(more);
    return settings;
  }

  /** As {@link #get(Future)}. */
  static <T> T get(KafkaFuture<T> future) {
    return get(future.toCompletionStage().toCompletableFuture());
  }

  /** What Kafka answers within the bound; its refusal is thrown as it is. */
  static <T> T get(Future<T> future) {
    try {
      return future.get(BOUND.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer of the cluster within " + BOUND.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the cluster", e);
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
    admin.close(Duration.ZERO);
  }
}
