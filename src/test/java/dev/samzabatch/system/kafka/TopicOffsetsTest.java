package dev.samzabatch.system.kafka;

import static dev.samzabatch.system.kafka.TopicReads.numbers;
import static dev.samzabatch.system.kafka.TopicReads.topics;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.TopicInput.Committed;
import dev.samzabatch.job.TopicInput.End;
import dev.samzabatch.job.TopicInput.Fixed;
import dev.samzabatch.job.TopicInput.Timestamp;
import dev.samzabatch.kafka.OpenTransaction;
import dev.samzabatch.system.PartitionRange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class TopicOffsetsTest {

  private static List<String> ranges(TopicReads reads) throws IOException {
    try (KafkaClients clients = TopicReads.clients()) {
      return reads.ranges(clients).stream().map(TopicOffsetsTest::text).toList();
    }
  }

  private static String text(PartitionRange range) {
    return range.name() + " " + range.start() + ".." + (range.end() == Long.MAX_VALUE ? "" : range.end());
  }

  private static String problem(TopicReads reads, ErrorKind kind) {
    UserException[] caught = new UserException[1];
    assertThatThrownBy(() -> ranges(reads)).isInstanceOfSatisfying(UserException.class, e -> caught[0] = e);
    assertThat(caught[0].kind()).isEqualTo(kind);
    return caught[0].getMessage();
  }

  private static void topic(String name, int partitions, int records) {
    topics().create(name, partitions);
    topics().send(name, 0, numbers(0, records));
  }

  @Test
  void theEndIsFixedAndAPartitionWithoutRecordsIsEmpty() throws Exception {
    topic("offsets-end", 2, 10);
    assertThat(ranges(TopicReads.of("offsets-end"))).containsExactly("offsets-end/0 0..10", "offsets-end/1 0..0");
    assertThat(ranges(TopicReads.of("offsets-end").endless()))
        .containsExactly("offsets-end/0 0..", "offsets-end/1 0..");
    assertThat(ranges(TopicReads.of("offsets-end").from(new End()).endless()))
        .containsExactly("offsets-end/0 10..", "offsets-end/1 0..");
  }

  @Test
  void theEndOfCommittedRecordsIsTheOldestOpenTransaction() throws Exception {
    topic("offsets-open", 1, 5);
    try (OpenTransaction transaction = topics().sendOpen("offsets-open", 0, numbers(5, 7))) {
      assertThat(ranges(TopicReads.of("offsets-open"))).containsExactly("offsets-open/0 0..5");
      assertThat(ranges(TopicReads.of("offsets-open").uncommitted())).containsExactly("offsets-open/0 0..7");
      transaction.abort();
    }
  }

  @Test
  void aTimestampIsTheFirstRecordThatIsNotOlder() throws Exception {
    topics().create("offsets-time", 2);
    long now = System.currentTimeMillis();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      records.add(new ProducerRecord<>("offsets-time", 0, now + i * 10, null, "{}".getBytes(UTF_8)));
    }
    topics().send(records);
    TopicReads reads = TopicReads.of("offsets-time").from(new Timestamp(now + 15)).until(new Timestamp(now + 50));
    assertThat(ranges(reads)).containsExactly("offsets-time/0 2..5", "offsets-time/1 0..0");
    assertThat(ranges(reads.until(new Timestamp(now + 1_000)))).containsExactly("offsets-time/0 2..10",
        "offsets-time/1 0..0");
    assertThat(ranges(reads.from(new Timestamp(now + 1_000)).until(new End())))
        .containsExactly("offsets-time/0 10..10", "offsets-time/1 0..0");
  }

  @Test
  void aGroupGoesOnWhereItIsAndBeginsWhereItHasNotBeen() throws Exception {
    topic("offsets-group", 2, 10);
    topics().commit("offsets-readers", "offsets-group", 0, 4);
    TopicReads reads = TopicReads.of("offsets-group").from(new Committed("offsets-readers"));
    assertThat(ranges(reads)).containsExactly("offsets-group/0 4..10", "offsets-group/1 0..0");
    assertThat(ranges(TopicReads.of("offsets-group").from(new Committed("offsets-nobody"))))
        .containsExactly("offsets-group/0 0..10", "offsets-group/1 0..0");
    topics().deleteBefore("offsets-group", 0, 6);
    assertThat(problem(reads, ErrorKind.USER)).contains("SB-4306", "the group offsets-readers is at offset 4",
        "offsets-group/0", "holds offsets 6 to 10");
  }

  @Test
  void fixedOffsetsArePerPartitionOrForEachTopic() throws Exception {
    topic("offsets-fixed", 2, 10);
    topics().send("offsets-fixed", 1, numbers(0, 3));
    TopicReads reads = TopicReads.of("offsets-fixed").from(new Fixed(Map.of("offsets-fixed/0", 3L)))
        .until(new Fixed(Map.of("1", 2L)));
    assertThat(ranges(reads)).containsExactly("offsets-fixed/0 3..10", "offsets-fixed/1 0..2");
    assertThat(problem(reads.until(new Fixed(Map.of("0", 11L))), ErrorKind.USER))
        .contains("SB-4306", "inputs.in.until has offset 11", "holds offsets 0 to 10");
    assertThat(problem(reads.until(new Fixed(Map.of("0", 2L))), ErrorKind.USER))
        .contains("SB-4306", "from offset 3 until 2");
    assertThat(problem(reads.until(new Fixed(Map.of("offsets-fixed/2", 2L))), ErrorKind.USER))
        .contains("SB-4307", "offsets-fixed/2", "did you mean");
  }

  @Test
  void aTopicThatIsNotThereIsNamedWithTheNearestOne() {
    topic("offsets-page-views", 1, 0);
    assertThat(problem(TopicReads.of("offsets-page-vews"), ErrorKind.USER)).contains("SB-4305",
        "bus has no topic \"offsets-page-vews\"", "did you mean \"offsets-page-views\"?");
    assertThat(problem(TopicReads.of("/offsets-nothing-.*/"), ErrorKind.USER)).contains("SB-4311", "matches");
    assertThat(topics().names()).doesNotContain("offsets-page-vews");
  }

  @Test
  void aBrokerThatIsNotThereIsToldWithTheSettings() throws Exception {
    for (String nobody : List.of("127.0.0.1:1", "no-such-host.invalid:9092")) {
      try (KafkaClients clients = TopicReads.clients(nobody, Duration.ofSeconds(2))) {
        assertThatThrownBy(() -> TopicReads.of("any").ranges(clients))
            .isInstanceOfSatisfying(UserException.class, e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.EXTERNAL);
              assertThat(e.getMessage()).contains("SB-4301", nobody, "2.00s", "systems.bus.timeout",
                  "systems.bus.bootstrap.servers");
            });
      }
    }
  }
}
