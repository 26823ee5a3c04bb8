package dev.samzabatch.system.kafka;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Quantities;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.InputSpec;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Says why an input of topics cannot be read on. */
final class ReadFailures {

  private final KafkaClients clients;
  private final InputSpec input;

  ReadFailures(KafkaClients clients, InputSpec input) {
    this.clients = clients;
    this.input = input;
  }

  /** What is to be read next is not there. */
  UserException gone(OffsetOutOfRangeException failure) throws IOException {
    Map<TopicPartition, Long> offsets = failure.offsetOutOfRangePartitions();
    TopicPartition at = offsets.keySet().stream().min(Comparator.comparing(TopicPartition::toString)).orElseThrow();
    long wanted = offsets.get(at);
    long first = TopicOffsets
        .list(clients, List.of(at), OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED).get(at);
    String name = clients.system() + ":" + at.topic() + "/" + at.partition();
    return wanted < first
        ? clients.mistake("SB-4308", "records of " + name + " were deleted before they were read: the next offset is "
            + wanted + ", and the first that is still there is " + first,
            "start the job anew to read what is left; keep the topic's records longer (retention.ms, retention.bytes)")
        : clients.mistake("SB-4308", name + " does not hold the offset " + wanted + " that is to be read next",
            "the topic has lost records, or was deleted and created anew: start the job anew");
  }

  /** Nothing has come of these partitions for as long as the cluster may take. */
  UserException stalled(List<ReadPartition> open) {
    List<ReadPartition> behind = open.stream().filter(p -> p.lag() > 0).toList();
    ReadPartition one = behind.get(0);
    return new UserException(ErrorKind.EXTERNAL, Problem.error("SB-4309", input.place(), "nothing has come from "
        + clients.system() + " (" + clients.brokers() + ") for " + Quantities.duration(clients.timeout())
        + ", though records of " + Quantities.count(behind.size(), "partition") + " are still to be read, among them "
        + one.name + " from offset " + one.next(),
        "check that the brokers run and that each partition has a leader; to wait longer, set systems."
            + clients.system() + ".timeout"));
  }
}
