package dev.samzabatch.system.kafka;

import static dev.samzabatch.system.kafka.TopicReads.numbers;
import static dev.samzabatch.system.kafka.TopicReads.rows;
import static dev.samzabatch.system.kafka.TopicReads.topics;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.TopicInput.Part;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.system.BadRecordSink;
import dev.samzabatch.system.PartitionRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What a reader says when it cannot go on, and what it waits for. */
class TopicFailuresTest {

  @Test
  void recordsThatAreDeletedBeforeTheyAreReadAreAnError() throws Exception {
    topics().create("failing-trimmed", 1);
    topics().send("failing-trimmed", 0, numbers(0, 100));
    TopicReads reads = TopicReads.of("failing-trimmed");
    try (KafkaClients clients = TopicReads.clients()) {
      List<PartitionRange> ranges = reads.ranges(clients);
      topics().deleteBefore("failing-trimmed", 0, 60);
      try (TopicReader reader = reads.open(clients, ranges)) {
        assertThatThrownBy(() -> TopicReads.drain(reader)).isInstanceOfSatisfying(UserException.class, e -> {
          assertThat(e.kind()).isEqualTo(ErrorKind.USER);
          assertThat(e.getMessage()).contains("SB-4308", "bus:failing-trimmed/0 were deleted before they were read",
              "next offset is 0", "still there is 60", "retention.ms");
        });
      }
    }
  }

  @Test
  void anOffsetBehindTheEndIsAnError() throws Exception {
    topics().create("failing-lost", 1);
    topics().send("failing-lost", 0, numbers(0, 5));
    try (KafkaClients clients = TopicReads.clients(); TopicReader reader =
        TopicReads.of("failing-lost").open(clients, List.of(new PartitionRange("failing-lost", 0, 50, 60)))) {
      assertThatThrownBy(() -> TopicReads.drain(reader)).isInstanceOf(UserException.class)
          .hasMessageContaining("SB-4308").hasMessageContaining("does not hold the offset 50");
    }
  }

  @Test
  void badRecordsAreToldWithTheirPlacesAllOfABatchAtOnce() throws Exception {
    topics().create("failing-bad", 1);
    topics().send("failing-bad", 0,
        "{\"n\":1}", "{\"n\":\"x\"}", "{\"n\":2}", "no json", "{", "[]", "3", "{\"n\":{}}");
    assertThatThrownBy(() -> TopicReads.of("failing-bad").read()).isInstanceOfSatisfying(UserException.class, e -> {
      assertThat(e.problems()).hasSize(5);
      assertThat(e.problems().get(0).render())
          .startsWith("bus:failing-bad/0 offset 1  error SB-3001: column n is long");
      assertThat(e.problems().get(1).place().file()).isEqualTo("bus:failing-bad/0 offset 3");
      assertThat(e.problems().get(4).hint()).contains("found so far: 6 records");
    });
  }

  @Test
  void badRecordsThatSomebodyTakesDoNotStopTheOthers() throws Exception {
    topics().create("failing-taken", 1);
    topics().send(List.of(record("k1", "{\"n\":1}".getBytes(UTF_8)), record("k2", "oops".getBytes(UTF_8)),
        record("k3", "{\"n\":3}".getBytes(UTF_8))));
    byte[] notText = {(byte) 0xff};
    topics().send(List.of(new ProducerRecord<>("failing-taken", 0, notText, "{\"n\":4}".getBytes(UTF_8))));
    List<String> taken = new ArrayList<>();
    BadRecordSink sink = (place, key, value, problem) -> taken
        .add(place + " " + problem.code() + " " + new String(key, UTF_8) + " " + new String(value, UTF_8));
    TopicReads reads = TopicReads.of("failing-taken").metadata("id", Part.KEY);
    try (KafkaClients clients = TopicReads.clients(); TopicReader reader = new TopicReader(clients, reads.scan(),
        TopicShare.all(reads.ranges(clients)), Optional.of(sink))) {
      assertThat(TopicReads.drain(reader)).containsExactly("1|k1", "3|k3");
    }
    assertThat(taken).containsExactly("bus:failing-taken/0 offset 1 SB-3004 k2 oops",
        "bus:failing-taken/0 offset 3 SB-3005 " + new String(notText, UTF_8) + " {\"n\":4}");
  }

  private static ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
    return new ProducerRecord<>("failing-taken", 0, key.getBytes(UTF_8), value);
  }

  @Test
  void aClusterThatIsAwayIsWaitedForButNotLongerThanTheTimeout() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.startBehindProxies(1)) {
      cluster.topics().create("away", 1);
      cluster.topics().send("away", 0, numbers(0, 10_000));
      TopicReads reads = TopicReads.of("away").batchRows(100);
      try (KafkaClients clients = TopicReads.clients(cluster.bootstrap(), Duration.ofSeconds(4));
          TopicReader patient = reads.open(clients); TopicReader late = reads.open(clients)) {
        cluster.proxy(0).cut();
        for (int i = 0; i < 100; i++) {
          assertThat(patient.poll()).isNull();
        }
        cluster.proxy(0).restore();
        assertThat(TopicReads.drain(patient)).isEqualTo(rows(0, 10_000));
        cluster.proxy(0).cut();
        assertThatThrownBy(() -> TopicReads.drain(late)).isInstanceOfSatisfying(UserException.class, e -> {
          assertThat(e.kind()).isEqualTo(ErrorKind.EXTERNAL);
          assertThat(e.getMessage()).contains("SB-4309", cluster.bootstrap(), "away/0 from offset 0",
              "systems.bus.timeout");
        });
      }
    }
  }

  @Test
  void aClusterThatIsAwayIsToldAlsoWhenEverythingWasRead() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.startBehindProxies(1)) {
      cluster.topics().create("away", 1);
      cluster.topics().send("away", 0, numbers(0, 10));
      TopicReads reads = TopicReads.of("away").endless();
      try (KafkaClients clients = TopicReads.clients(cluster.bootstrap(), Duration.ofSeconds(3));
          TopicReader reader = new TopicReader(clients, reads.scan(), TopicShare.all(reads.ranges(clients)),
              Optional.empty(), Duration.ofMillis(200), System::nanoTime)) {
        TopicReads.drain(reader, 10);
        cluster.proxy(0).cut();
        assertThatThrownBy(() -> TopicReads.drain(reader, 1)).isInstanceOfSatisfying(UserException.class, e -> {
          assertThat(e.kind()).isEqualTo(ErrorKind.EXTERNAL);
          assertThat(e.getMessage()).contains("SB-4301", cluster.bootstrap(), "systems.bus.timeout");
        });
      }
    }
  }

  @Test
  void aTopicThatIsDeletedAndCreatedAnewInMidReadIsAnError() throws Exception {
    topics().create("failing-anew", 1);
    topics().send("failing-anew", 0, numbers(0, 2_000));
    TopicReads reads = TopicReads.of("failing-anew").endless();
    try (KafkaClients clients = TopicReads.clients(); TopicReader reader = new TopicReader(clients, reads.scan(),
        TopicShare.all(reads.ranges(clients)), Optional.empty(), Duration.ofMillis(20), System::nanoTime)) {
      TopicReads.drain(reader, 2_000);
      topics().delete("failing-anew");
      assertThatThrownBy(() -> TopicReads.drain(reader, 1)).isInstanceOf(UserException.class)
          .hasMessageContaining("SB-4312").hasMessageContaining("failing-anew was deleted");
    }
  }
}
