package dev.samzabatch.system.kafka;

import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.TopicInput;
import dev.samzabatch.job.TopicInput.Beginning;
import dev.samzabatch.job.TopicInput.Committed;
import dev.samzabatch.job.TopicInput.End;
import dev.samzabatch.job.TopicInput.Fixed;
import dev.samzabatch.job.TopicInput.Never;
import dev.samzabatch.job.TopicInput.Offsets;
import dev.samzabatch.job.TopicInput.Timestamp;
import dev.samzabatch.system.PartitionRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * Turns what a job says about where topics are read from and until into offsets, once, so that a run and its resumption
 * read the same however the topics grow. The end of a partition that is read without records of open transactions is
 * the first offset of the oldest open one.
 */
public final class TopicOffsets {

  private final KafkaClients clients;
  private final InputSpec input;
  private final TopicInput topic;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> first;
  private final Map<TopicPartition, Long> last;

  private TopicOffsets(KafkaClients clients, InputSpec input) throws IOException {
    this.clients = clients;
    this.input = input;
    this.topic = input.topic().orElseThrow();
    this.partitions = partitions(clients, input);
    this.first = list(OffsetSpec.earliest());
    this.last = list(OffsetSpec.latest());
  }

  /**
   * What is read of each partition of the input's topics, sorted by topic and number. The end never lies before the
   * start; a partition with nothing to read has both the same.
   *
   * @throws UserException when there is no such topic, partition or offset, or the cluster does not answer
   */
  public static List<PartitionRange> resolve(KafkaClients clients, InputSpec input) throws IOException {
    return new TopicOffsets(clients, input).resolve();
  }

  /** Asks for an offset of each of these partitions, as those see it who read with this isolation. */
  static Map<TopicPartition, Long> list(KafkaClients clients, Collection<TopicPartition> partitions, OffsetSpec wanted,
      IsolationLevel isolation) throws IOException {
    Map<TopicPartition, OffsetSpec> request = new HashMap<>();
    partitions.forEach(partition -> request.put(partition, wanted));
    ListOffsetsResult answer = clients.admin().listOffsets(request, new ListOffsetsOptions(isolation));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Access access = Access.describeTopic(partition.topic());
      offsets.put(partition, clients.await(answer.partitionResult(partition), access).offset());
    }
    return offsets;
  }

  /** How the records of an input are seen. */
  static IsolationLevel isolation(TopicInput topic) {
    return topic.readCommitted() ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
  }

  private static List<TopicPartition> partitions(KafkaClients clients, InputSpec input) throws IOException {
    List<TopicPartition> partitions = new ArrayList<>();
    new TopicNames(clients, input).find().forEach((name, description) -> {
      for (TopicPartitionInfo partition : description.partitions()) {
        partitions.add(new TopicPartition(name, partition.partition()));
      }
    });
    return partitions;
  }

  private List<PartitionRange> resolve() throws IOException {
    Map<TopicPartition, Long> starts = offsets(topic.from(), first, "from");
    Map<TopicPartition, Long> ends = offsets(topic.until(), last, "until");
    List<PartitionRange> ranges = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      long start = starts.get(partition);
      long end = ends.get(partition);
      if (end < start && topic.from() instanceof Fixed && topic.until() instanceof Fixed) {
        throw clients.mistake("SB-4306", "inputs." + input.name() + " reads " + partition.topic() + "/"
            + partition.partition() + " from offset " + start + " until " + end,
            "the end must not lie before the start");
      }
      ranges.add(new PartitionRange(partition.topic(), partition.partition(), start, Math.max(start, end)));
    }
    return ranges;
  }

  private Map<TopicPartition, Long> offsets(Offsets wanted, Map<TopicPartition, Long> usual, String key)
      throws IOException {
    if (wanted instanceof Beginning) {
      return first;
    }
    if (wanted instanceof End) {
      return last;
    }
    Map<TopicPartition, Long> offsets = new HashMap<>(usual);
    if (wanted instanceof Never) {
      offsets.replaceAll((partition, offset) -> Long.MAX_VALUE);
    } else if (wanted instanceof Timestamp time) {
      list(OffsetSpec.forTimestamp(time.millis())).forEach((partition, offset) -> offsets.put(partition,
          offset < 0 ? last.get(partition) : Math.min(offset, last.get(partition))));
    } else if (wanted instanceof Committed group) {
      offsets.putAll(committed(group.group()));
    } else if (wanted instanceof Fixed fixed) {
      offsets.putAll(fixed(fixed, key));
    }
    return offsets;
  }

  private Map<TopicPartition, Long> list(OffsetSpec wanted) throws IOException {
    return list(clients, partitions, wanted, isolation(topic));
  }

  /** The offset behind the last record of each partition, of whatever transaction. */
  private Map<TopicPartition, Long> high() throws IOException {
    return list(clients, partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
  }

  private Map<TopicPartition, Long> committed(String group) throws IOException {
    Map<TopicPartition, OffsetAndMetadata> committed = clients.await(
        clients.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group),
        Access.describeGroup(group));
    Map<TopicPartition, Long> high = high();
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset != null) {
        offsets.put(partition, held(partition, offset.offset(), high, "the group " + group + " is at"));
      }
    }
    return offsets;
  }

  private Map<TopicPartition, Long> fixed(Fixed fixed, String key) throws IOException {
    boolean isStart = key.equals("from");
    Map<TopicPartition, Long> high = isStart ? high() : last;
    Set<String> unused = new TreeSet<>(fixed.byPartition().keySet());
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      String number = String.valueOf(partition.partition());
      String name = partition.topic() + "/" + number;
      unused.remove(name);
      unused.remove(number);
      Long offset = fixed.byPartition().getOrDefault(name, fixed.byPartition().get(number));
      if (offset != null) {
        String what = "inputs." + input.name() + "." + key + " has";
        offsets.put(partition, held(partition, offset, high, what));
      }
    }
    if (!unused.isEmpty()) {
      throw unknownPartition(unused.iterator().next(), key);
    }
    return offsets;
  }

  private UserException unknownPartition(String written, String key) {
    List<String> names = partitions.stream().map(p -> p.topic() + "/" + p.partition()).toList();
    String near = NearestName.hint(written, names);
    return clients.mistake("SB-4307", "inputs." + input.name() + "." + key + " names the partition " + written
        + ", which the input does not have",
        near.isEmpty() ? "it has " + names.get(0) + " to " + names.get(names.size() - 1) : near);
  }

  /** The offset, which must be one that the partition holds, or that behind its last record. */
  private long held(TopicPartition partition, long offset, Map<TopicPartition, Long> high, String what) {
    long from = first.get(partition);
    long to = high.get(partition);
    if (offset < from || offset > to) {
      String name = partition.topic() + "/" + partition.partition();
      throw clients.mistake("SB-4306", what + " offset " + offset + " of " + name + ", which holds offsets " + from
          + " to " + to,
          offset < from
              ? "records before " + from + " were deleted; begin at one that is still there, or with from = beginning"
              : "the topic may have been deleted and created anew; begin with from = beginning");
    }
    return offset;
  }
}
