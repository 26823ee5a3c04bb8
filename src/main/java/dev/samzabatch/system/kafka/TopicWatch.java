package dev.samzabatch.system.kafka;

import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.TopicInput;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Asks from time to time how the topics of an input are, without waiting for the answer: whether they are still the
 * same ones, which partitions there are, and what these hold. Used by one thread.
 */
final class TopicWatch {

  /**
   * How topics were at some time.
   *
   * @param ids of the topics, by name
   * @param first offset of the first record of each partition
   * @param last offset behind the last one that can be read
   */
  record Seen(Map<String, Uuid> ids, Map<TopicPartition, Long> first, Map<TopicPartition, Long> last) {}

  /** An answer and when it came. */
  private record Answer(Optional<Seen> seen, Optional<Throwable> failure, long nanos) {}

  private static final long RETRY_NANOS = 500_000_000;

  private final KafkaClients clients;
  private final TopicNames names;
  private final TopicInput topic;
  private final boolean unbounded;
  private final long everyNanos;
  private final LongSupplier nanoTime;
  private final Map<String, Uuid> ids = new HashMap<>();
  private CompletableFuture<Answer> asked = new CompletableFuture<>();
  private boolean isAsked;
  private long askedNanos;
  private long failingNanos;
  private int missing;

  /**
   * Watches the topics of an input; what they hold only if it has no end. Of one that has, only its topics' identity is
   * looked at, and it is no matter when that cannot be found out.
   */
  TopicWatch(KafkaClients clients, InputSpec input, Duration every, LongSupplier nanoTime) {
    this.clients = clients;
    this.names = new TopicNames(clients, input);
    this.topic = input.topic().orElseThrow();
    this.unbounded = input.isUnbounded();
    this.everyNanos = every.toNanos();
    this.nanoTime = nanoTime;
    this.askedNanos = nanoTime.getAsLong() - everyNanos;
  }

  /**
   * Asks when it is time, and gives the answer once when one has come.
   *
   * @param read the topics that must be there
   * @throws dev.samzabatch.data.UserException when one is not there, or is another one by now, or when there has been
   * no answer for as long as the cluster may take
   */
  Optional<Seen> look(Collection<String> read) {
    if (!isAsked) {
      if (nanoTime.getAsLong() - askedNanos >= (failingNanos > 0 ? RETRY_NANOS : everyNanos)) {
        ask();
      }
      return Optional.empty();
    }
    if (!asked.isDone()) {
      return Optional.empty();
    }
    isAsked = false;
    Answer answer = asked.join();
    if (answer.failure().isPresent()) {
      failed(answer.failure().get(), answer.nanos() - askedNanos);
      return Optional.empty();
    }
    failingNanos = 0;
    check(read, answer.seen().orElseThrow().ids());
    return answer.seen();
  }

  private void ask() {
    isAsked = true;
    askedNanos = nanoTime.getAsLong();
    asked = names.ask().thenCompose(this::held).handle((seen, failure) -> new Answer(
        Optional.ofNullable(seen), Optional.ofNullable(failure), nanoTime.getAsLong())).toCompletableFuture();
  }

  private CompletionStage<Seen> held(Map<String, TopicDescription> topics) {
    Map<TopicPartition, OffsetSpec> first = new HashMap<>();
    Map<TopicPartition, OffsetSpec> last = new HashMap<>();
    Map<String, Uuid> found = new HashMap<>();
    topics.forEach((name, description) -> {
      found.put(name, description.topicId());
      description.partitions().forEach(partition -> {
        first.put(new TopicPartition(name, partition.partition()), OffsetSpec.earliest());
        last.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest());
      });
    });
    if (!unbounded) {
      return CompletableFuture.completedStage(new Seen(found, Map.of(), Map.of()));
    }
    return list(first).thenCombine(list(last), (firsts, lasts) -> new Seen(found, firsts, lasts));
  }

  private CompletionStage<Map<TopicPartition, Long>> list(Map<TopicPartition, OffsetSpec> request) {
    ListOffsetsOptions options = new ListOffsetsOptions(TopicOffsets.isolation(topic));
    return clients.admin().listOffsets(request, options).all().toCompletionStage().thenApply(TopicWatch::offsets);
  }

  private static Map<TopicPartition, Long> offsets(Map<TopicPartition, ListOffsetsResultInfo> answer) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    answer.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  /** Retries what may pass, for as long as the cluster may take, counting only the time in which it was asked. */
  private void failed(Throwable failure, long nanos) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    failingNanos += Math.max(1, nanos);
    boolean isOver = !(cause instanceof RetriableException) || failingNanos >= clients.timeout().toNanos();
    if (isOver && unbounded) {
      throw clients.failure(cause, new Access("asking about the topics of the input", "DESCRIBE", "topic"));
    }
  }

  /** A topic that is missing only once may be one of which a broker has not heard yet. */
  private void check(Collection<String> read, Map<String, Uuid> found) {
    boolean all = true;
    for (String topic : read) {
      Uuid id = found.get(topic);
      Uuid before = id == null ? null : ids.putIfAbsent(topic, id);
      if (before != null && !before.equals(id)) {
        throw clients.mistake("SB-4312", "the topic " + topic + " was deleted and created anew while it was read",
            "what was read and what is there now do not belong together: start the job anew");
      }
      if (id == null && missing > 0) {
        throw clients.mistake("SB-4312", "the topic " + topic + " was deleted while it was read",
            "start the job anew when it is back");
      }
      all &= id != null;
    }
    missing = all ? 0 : missing + 1;
  }
}
