package dev.samzabatch.system.kafka;

import dev.samzabatch.data.NearestName;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics that the locations of an input mean: by name, or by a regular expression for whole names, which may match
 * more topics later.
 */
final class TopicNames {

  private static final int NAMES_SHOWN = 8;

  private final KafkaClients clients;
  private final Set<String> names = new TreeSet<>();
  private final List<Pattern> patterns = new ArrayList<>();

  TopicNames(KafkaClients clients, InputSpec input) {
    this.clients = clients;
    for (Location location : input.locations()) {
      location.topicPattern().ifPresentOrElse(patterns::add, () -> names.add(location.path()));
    }
  }

  /**
   * The topics as they are now, by name.
   *
   * @throws dev.samzabatch.data.UserException when a name is no topic, or a regular expression matches none
   */
  SortedMap<String, TopicDescription> find() throws IOException {
    Set<String> wanted = new TreeSet<>(names);
    if (!patterns.isEmpty()) {
      Set<String> all = all();
      for (Pattern pattern : patterns) {
        Set<String> matching = matching(all, List.of(pattern));
        if (matching.isEmpty()) {
          throw clients.mistake("SB-4311", "no topic of " + clients.system() + " matches " + pattern, known("", all));
        }
        wanted.addAll(matching);
      }
    }
    SortedMap<String, TopicDescription> found = new TreeMap<>();
    Map<String, KafkaFuture<TopicDescription>> answers = clients.admin().describeTopics(wanted).topicNameValues();
    for (String name : wanted) {
      found.put(name, described(name, answers.get(name)));
    }
    return found;
  }

  private TopicDescription described(String name, KafkaFuture<TopicDescription> answer) throws IOException {
    Access access = Access.describeTopic(name);
    try {
      return clients.answer(answer, access);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException || e.getCause() instanceof InvalidTopicException) {
        throw clients.mistake("SB-4305", clients.system() + " has no topic \"" + name + "\"", known(name, all()));
      }
      throw clients.failure(e, access);
    }
  }

  /** Asks for the topics as they are at some time; those that are not there then are left out. */
  CompletionStage<Map<String, TopicDescription>> ask() {
    if (patterns.isEmpty()) {
      return ask(names);
    }
    return clients.admin().listTopics().names().toCompletionStage().thenCompose(all -> {
      Set<String> wanted = matching(all, patterns);
      wanted.addAll(names);
      return ask(wanted);
    });
  }

  private CompletionStage<Map<String, TopicDescription>> ask(Set<String> wanted) {
    CompletionStage<Map<String, TopicDescription>> found = CompletableFuture.completedStage(new HashMap<>());
    for (KafkaFuture<TopicDescription> answer : clients.admin().describeTopics(wanted).topicNameValues().values()) {
      found = found.thenCombine(answer.toCompletionStage().exceptionally(TopicNames::noneIfUnknown), (all, topic) -> {
        if (topic != null) {
          all.put(topic.name(), topic);
        }
        return all;
      });
    }
    return found;
  }

  private static TopicDescription noneIfUnknown(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof UnknownTopicOrPartitionException) {
      return null;
    }
    throw new CompletionException(cause);
  }

  private Set<String> all() throws IOException {
    return clients.await(clients.admin().listTopics().names(), Access.listTopics());
  }

  private static Set<String> matching(Set<String> all, List<Pattern> patterns) {
    Set<String> matching = new TreeSet<>(all);
    matching.removeIf(name -> patterns.stream().noneMatch(p -> p.matcher(name).matches()));
    return matching;
  }

  private static String known(String wanted, Set<String> all) {
    String near = NearestName.hint(wanted, all);
    if (!near.isEmpty()) {
      return near;
    }
    String shown = all.stream().sorted().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
    return all.isEmpty() ? "there are no topics that this user may see"
        : "topics are: " + shown + (all.size() > NAMES_SHOWN ? ", ... (" + all.size() + " in all)" : "");
  }
}
