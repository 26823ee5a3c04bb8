package dev.samzabatch.system.kafka;

import dev.samzabatch.data.UserException;
import dev.samzabatch.job.StreamsOn;
import dev.samzabatch.system.DamagedStreamException;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics that are internal streams: makes them, knows them again by their ids, and deletes them. No topic is ever
 * made by anybody's reading or writing it. Thread-safe.
 */
final class InternalTopics {

  /** The largest record, in bytes: as much as most hosted clusters take. */
  static final int RECORD_BYTES = 8 << 20;

  /** What Kafka adds to a record. */
  private static final int RECORD_HEAD = 64 << 10;

  /** Space is given back a segment at a time. */
  private static final int SEGMENT_BYTES = 64 << 20;

  private static final long PAUSE_MILLIS = 20;

  /** How far a broker may be behind with what it knows of topics. */
  private static final long LAG_NANOS = 2_000_000_000L;

  private final KafkaClients clients;
  private final StreamsOn settings;
  private final Map<String, TopicIdentity> known = new ConcurrentHashMap<>();

  InternalTopics(KafkaClients clients, StreamsOn settings) {
    this.clients = clients;
    this.settings = settings;
  }

  /**
   * Makes a topic unless it is there.
   *
   * @return whether it was made
   * @throws IOException when there is one that does not fit, or the one that was there before is gone
   */
  boolean ensure(StreamSpec stream, int partitions) throws IOException {
    Optional<TopicDescription> found =
        known.containsKey(stream.name()) ? Optional.of(existing(stream.name())) : find(stream.name());
    boolean made = false;
    if (found.isEmpty()) {
      made = create(stream, partitions);
      found = Optional.of(awaitLeaders(stream.name()));
    }
    int has = found.get().partitions().size();
    if (has != partitions) {
      throw new DamagedStreamException("topic " + stream.name() + " of " + clients.system() + " has " + has
          + " partitions, the run needs " + partitions + ": it is not the topic of this run");
    }
    remember(found.get());
    return made;
  }

  /**
   * Makes a topic.
   *
   * @return false when there is one of this name
   */
  private boolean create(StreamSpec stream, int partitions) throws IOException {
    FaultPoint.STREAM_CREATE.reach();
    Optional<Short> replication =
        settings.replication() == 0 ? Optional.empty() : Optional.of((short) settings.replication());
    NewTopic topic = new NewTopic(stream.name(), Optional.of(partitions), replication).configs(configs(stream));
    Access access = new Access("making the topic " + stream.name(), "CREATE", "topic " + stream.name());
    try {
      clients.await(clients.admin().createTopics(List.of(topic)).all(), access);
      return true;
    } catch (UserException e) {
      if (isCausedBy(e, TopicExistsException.class)) {
        return false;
      }
      throw e;
    }
  }

  /** What a resume needs is kept until the run deletes it; rows that nobody reads are not. */
  private Map<String, String> configs(StreamSpec stream) {
    boolean rows = stream.kind() == StreamSpec.Kind.INTERMEDIATE;
    Map<String, String> configs = new HashMap<>();
    configs.put("cleanup.policy", "delete");
    configs.put("retention.ms", String.valueOf(rows ? settings.retention().toMillis() : -1));
    configs.put("retention.bytes", String.valueOf(rows ? settings.maxBytes().orElse(-1) : -1));
    configs.put("segment.bytes", String.valueOf(SEGMENT_BYTES));
    configs.put("max.message.bytes", String.valueOf(RECORD_BYTES + RECORD_HEAD));
    configs.put("message.timestamp.type", "LogAppendTime");
    configs.put("unclean.leader.election.enable", "false");
    if (settings.minInsync() > 0) {
      configs.put("min.insync.replicas", String.valueOf(settings.minInsync()));
    }
    return configs;
  }

  private TopicDescription awaitLeaders(String topic) throws IOException {
    long end = System.nanoTime() + clients.timeout().toNanos();
    Optional<TopicDescription> found = find(topic);
    while (found.isEmpty() || found.get().partitions().stream().anyMatch(p -> p.leader() == null)) {
      if (System.nanoTime() - end > 0) {
        throw clients.unreachable("waiting for leaders of the new topic " + topic, null);
      }
      pause();
      found = find(topic);
    }
    return found.get();
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a topic");
    }
  }

  /** A topic as it is now; empty when there is none. */
  Optional<TopicDescription> find(String topic) throws IOException {
    try {
      return Optional.of(clients.await(
          clients.admin().describeTopics(List.of(topic)).topicNameValues().get(topic), Access.describeTopic(topic)));
    } catch (UserException e) {
      if (isCausedBy(e, UnknownTopicOrPartitionException.class)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A topic that must be there; of several brokers one may learn of it a little later than another. */
  private TopicDescription existing(String topic) throws IOException {
    long end = System.nanoTime() + LAG_NANOS;
    Optional<TopicDescription> found = find(topic);
    while (found.isEmpty()) {
      if (System.nanoTime() - end > 0) {
        throw TopicIdentity.gone(clients, topic);
      }
      pause();
      found = find(topic);
    }
    return found.get();
  }

  private void remember(TopicDescription found) throws IOException {
    TopicIdentity identity =
        known.computeIfAbsent(found.name(), name -> new TopicIdentity(clients, name, found.topicId()));
    identity.refuseOther(found.topicId());
  }

  /** Says which id a topic has that a former process has made. */
  void expect(String topic, Uuid id) {
    known.put(topic, new TopicIdentity(clients, topic, id));
  }

  /** The ids of the topics that were made or used, by name. */
  Map<String, String> ids() {
    Map<String, String> ids = new TreeMap<>();
    known.forEach((topic, identity) -> ids.put(topic, identity.id().toString()));
    return ids;
  }

  /**
   * Refuses a topic that is not there, or not the one of before, by looking now.
   *
   * @return how many partitions it has
   */
  int require(String topic) throws IOException {
    TopicDescription found = existing(topic);
    remember(found);
    return found.partitions().size();
  }

  /** Refuses a topic of which it has become known meanwhile that it is gone, or another one. Does not wait. */
  void check(String topic) throws IOException {
    TopicIdentity identity = known.get(topic);
    if (identity == null) {
      require(topic);
    } else {
      identity.check();
    }
  }

  /** Deletes a topic, waits until it is gone, and gives the bytes that it had, as far as the cluster tells. */
  long delete(String topic) throws IOException {
    Optional<TopicDescription> found = find(topic);
    long bytes = found.isEmpty() ? 0 : bytes(found.get());
    Access access = new Access("deleting the topic " + topic, "DELETE", "topic " + topic);
    long end = System.nanoTime() + clients.timeout().toNanos();
    while (found.isPresent()) {
      try {
        clients.await(clients.admin().deleteTopics(List.of(topic)).all(), access);
      } catch (UserException e) {
        if (!isCausedBy(e, UnknownTopicOrPartitionException.class)) {
          throw e;
        }
      }
      found = find(topic);
      if (found.isPresent()) {
        if (System.nanoTime() - end > 0) {
          throw clients.unreachable("waiting until the topic " + topic + " is deleted", null);
        }
        pause();
      }
    }
    known.remove(topic);
    return bytes;
  }

  private long bytes(TopicDescription topic) throws IOException {
    Admin admin = clients.admin();
    Set<Integer> brokers = topic.partitions().stream()
        .flatMap(p -> p.replicas().stream()).filter(n -> !n.isEmpty()).map(n -> n.id()).collect(Collectors.toSet());
    Access access = new Access("asking how large the topic " + topic.name() + " is", "DESCRIBE", "cluster");
    long bytes = 0;
    try {
      for (Map<String, LogDirDescription> broker : clients
          .await(admin.describeLogDirs(brokers).allDescriptions(), access).values()) {
        for (LogDirDescription disk : broker.values()) {
          for (Map.Entry<TopicPartition, ReplicaInfo> replica : disk.replicaInfos().entrySet()) {
            bytes += replica.getKey().topic().equals(topic.name()) ? replica.getValue().size() : 0;
          }
        }
      }
    } catch (UserException e) {
      // Nobody needs the figure, and not everybody may ask for it.
      return 0;
    }
    return bytes;
  }

  /** The names of all topics that this user may know of, sorted. */
  List<String> names() throws IOException {
    return List.copyOf(new TreeSet<>(clients.await(clients.admin().listTopics().names(), Access.listTopics())));
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
