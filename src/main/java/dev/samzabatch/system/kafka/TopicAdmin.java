package dev.samzabatch.system.kafka;

import dev.samzabatch.data.UserException;
import dev.samzabatch.job.TopicOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks about and makes topics of one cluster. */
public final class TopicAdmin {

  private static final long POLL_MILLIS = 50;

  private final KafkaClients clients;

  /** Topics that these clients reach. */
  public TopicAdmin(KafkaClients clients) {
    this.clients = clients;
  }

  /** How many partitions a topic has; empty when there is no such topic. */
  public OptionalInt partitions(String topic) throws IOException {
    Optional<TopicDescription> found = describe(topic);
    return found.isPresent() ? OptionalInt.of(found.get().partitions().size()) : OptionalInt.empty();
  }

  private Optional<TopicDescription> describe(String topic) throws IOException {
    Access access = Access.describeTopic(topic);
    return unless(UnknownTopicOrPartitionException.class,
        clients.admin().describeTopics(Set.of(topic)).topicNameValues().get(topic), access);
  }

  /** The answer; empty when it is this refusal. */
  private <T> Optional<T> unless(Class<? extends Exception> refusal, KafkaFuture<T> answer, Access access)
      throws IOException {
    try {
      return Optional.ofNullable(answer.get(clients.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      if (refusal.isInstance(e.getCause())) {
        return Optional.empty();
      }
      throw clients.failure(e, access);
    } catch (TimeoutException e) {
      throw clients.unreachable(access.doing(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + access.doing(), e);
    }
  }

  /** Creates a topic unless it is there by now, and waits until every partition has a leader. */
  public void create(String topic, TopicOutput.CreateTopic wish) throws IOException {
    Optional<Short> replication =
        wish.replication() == 0 ? Optional.empty() : Optional.of((short) wish.replication());
    NewTopic made = new NewTopic(topic, Optional.of(wish.partitions()), replication).configs(wish.config());
    Access access = new Access("creating the topic " + topic, "CREATE", "topic " + topic);
    unless(TopicExistsException.class, clients.admin().createTopics(List.of(made)).all(), access);
    long end = System.nanoTime() + clients.timeout().toNanos();
    while (describe(topic).filter(TopicAdmin::isLed).isEmpty()) {
      if (System.nanoTime() - end > 0) {
        throw clients.unreachable("waiting for leaders of the partitions of " + topic, null);
      }
      pause();
    }
  }

  /** Those of these topics that exist, with their bytes; 0 where nobody may tell. */
  public Map<String, Long> sizes(List<String> names) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    for (String name : names) {
      if (describe(name).isPresent()) {
        sizes.put(name, 0L);
      }
    }
    if (!sizes.isEmpty()) {
      addBytes(sizes);
    }
    return sizes;
  }

  private void addBytes(Map<String, Long> sizes) throws IOException {
    Access access = new Access("asking how large topics are", "DESCRIBE", "cluster");
    Collection<Node> nodes = clients.await(clients.admin().describeCluster().nodes(), access);
    try {
      clients.await(clients.admin().describeLogDirs(nodes.stream().map(Node::id).toList()).allDescriptions(), access)
          .values().stream().flatMap(dirs -> dirs.values().stream())
          .forEach(dir -> dir.replicaInfos().forEach(
              (partition, info) -> sizes.computeIfPresent(partition.topic(), (topic, sum) -> sum + info.size())));
    } catch (UserException e) {
      // Not every user may know; the topics count without their sizes then.
      sizes.replaceAll((topic, sum) -> 0L);
    }
  }

  /** Deletes topics, and waits until the cluster does not know them any more. */
  public void delete(Set<String> names) throws IOException {
    Access access = new Access("deleting topics " + names, "DELETE", "topic " + String.join(", ", names));
    for (String name : names) {
      unless(UnknownTopicOrPartitionException.class,
          clients.admin().deleteTopics(Set.of(name)).topicNameValues().get(name), access);
    }
    long end = System.nanoTime() + clients.timeout().toNanos();
    for (String name : names) {
      while (describe(name).isPresent()) {
        if (System.nanoTime() - end > 0) {
          throw clients.unreachable("waiting until the topic " + name + " is gone", null);
        }
        pause();
      }
    }
  }

  private static boolean isLed(TopicDescription topic) {
    return topic.partitions().stream().allMatch(p -> p.leader() != null);
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a topic", e);
    }
  }
}
