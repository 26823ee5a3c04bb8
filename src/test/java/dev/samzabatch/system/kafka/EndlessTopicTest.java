package dev.samzabatch.system.kafka;

import static dev.samzabatch.system.kafka.TopicReads.numbers;
import static dev.samzabatch.system.kafka.TopicReads.rows;
import static dev.samzabatch.system.kafka.TopicReads.topics;
import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.job.EventTime;
import dev.samzabatch.kafka.Await;
import dev.samzabatch.system.PartitionRange;
import dev.samzabatch.system.PartitionedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;

/** Reads of topics that have no end. */
class EndlessTopicTest {

  private static final long SECOND = 1_000_000L;

  private final AtomicLong clock = new AtomicLong();

  private static TopicReader open(KafkaClients clients, TopicReads reads, TopicShare share) throws Exception {
    return new TopicReader(clients, reads.scan(), share, Optional.empty(), Duration.ofMillis(100), System::nanoTime);
  }

  @Test
  void whatIsWrittenLaterIsReadLater() throws Exception {
    topics().create("endless-plain", 2);
    topics().send("endless-plain", 0, numbers(0, 10));
    TopicReads reads = TopicReads.of("endless-plain").endless();
    try (KafkaClients clients = TopicReads.clients(); TopicReader reader = reads.open(clients)) {
      assertThat(TopicReads.drain(reader, 10)).isEqualTo(rows(0, 10));
      assertThat(reader.hasEnded()).isFalse();
      topics().sendCommitted("endless-plain", 1, numbers(10, 20));
      assertThat(TopicReads.drain(reader, 10)).isEqualTo(rows(10, 20));
      assertThat(reader.bytesRead()).isPositive();
    }
  }

  @Test
  void aReaderGoesOnWhereAnotherOneWas() throws Exception {
    topics().create("endless-again", 1);
    topics().send("endless-again", 0, numbers(0, 30));
    TopicReads reads = TopicReads.of("endless-again").endless().batchRows(10);
    try (KafkaClients clients = TopicReads.clients()) {
      Map<String, Long> positions;
      try (TopicReader reader = reads.open(clients)) {
        assertThat(TopicReads.drain(reader, 10)).isEqualTo(rows(0, 10));
        positions = reader.positions();
      }
      assertThat(positions).containsExactly(Map.entry("endless-again/0", 10L));
      try (TopicReader reader = reads.open(clients)) {
        reader.seek(positions);
        assertThat(TopicReads.drain(reader, 20)).isEqualTo(rows(10, 30));
      }
    }
  }

  @Test
  void newPartitionsAndTopicsAreReadFromTheirBeginningByOneTaskEach() throws Exception {
    topics().create("endless-new-a", 1);
    TopicReads reads = TopicReads.of("/endless-new-./").endless();
    try (KafkaClients clients = TopicReads.clients()) {
      List<PartitionRange> ranges = reads.ranges(clients);
      try (TopicReader first = open(clients, reads, new TopicShare(ranges, ranges, 0, 2));
          TopicReader second = open(clients, reads, new TopicShare(List.of(), ranges, 1, 2))) {
        topics().admin().createPartitions(Map.of("endless-new-a", NewPartitions.increaseTo(4))).all().get();
        topics().create("endless-new-b", 2);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          String topic = i < 4 ? "endless-new-a" : "endless-new-b";
          topics().send(topic, i % 4, numbers(i * 10, i * 10 + 10));
          expected.addAll(rows(i * 10, i * 10 + 10));
        }
        List<String> found = new ArrayList<>();
        Await.until("all rows of new partitions", TopicReads.BOUND, () -> {
          add(first, found);
          add(second, found);
          return found.size() >= 60;
        });
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(second.positions()).isNotEmpty();
        Map<String, Long> together = new HashMap<>(first.positions());
        together.putAll(second.positions());
        assertThat(together).hasSize(6);
        assertThat(first.positions().size() + second.positions().size()).isEqualTo(6);
        try (TopicReader again = open(clients, reads, new TopicShare(List.of(), ranges, 1, 2))) {
          again.seek(second.positions());
          topics().send("endless-new-b", 1, numbers(100, 101));
          topics().send("endless-new-b", 0, numbers(101, 102));
          List<String> rest = new ArrayList<>();
          Await.until("the new rows", TopicReads.BOUND, () -> {
            add(first, rest);
            add(again, rest);
            return rest.size() >= 2;
          });
          assertThat(rest).containsExactlyInAnyOrder("100", "101");
        }
      }
    }
  }

  private static void add(PartitionedReader reader, List<String> rows) {
    try {
      TopicReads.add(reader.poll(), rows);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theWatermarkIsThatOfTheSlowestPartitionThatIsNotIdle() throws Exception {
    topics().create("endless-time", 2);
    TopicReads reads = TopicReads.of("endless-time").endless().schema("n long null, at timestamp null").columns("n")
        .eventTime(new EventTime("at", Duration.ofSeconds(2), Duration.ofSeconds(60)));
    try (KafkaClients clients = TopicReads.clients();
        TopicReader reader = new TopicReader(clients, reads.scan(), TopicShare.all(reads.ranges(clients)),
            Optional.empty(), Duration.ofHours(1), clock::get)) {
      assertThat(reader.watermark()).isEqualTo(PartitionedReader.NO_WATERMARK);
      topics().send("endless-time", 0, "{\"n\":1,\"at\":\"1970-01-01T00:00:30\"}",
          "{\"n\":2,\"at\":\"1970-01-01T00:00:20\"}", "{\"n\":3}");
      assertThat(TopicReads.drain(reader, 3)).containsExactly("1", "2", "3");
      assertThat(reader.watermark()).isEqualTo(PartitionedReader.NO_WATERMARK);
      topics().send("endless-time", 1, "{\"n\":4,\"at\":\"1970-01-01T00:00:10\"}");
      assertThat(TopicReads.drain(reader, 1)).containsExactly("4");
      assertThat(reader.watermark()).isEqualTo(8 * SECOND);
      clock.addAndGet(Duration.ofSeconds(40).toNanos());
      topics().send("endless-time", 0, "{\"n\":5,\"at\":\"1970-01-01T00:00:40\"}");
      TopicReads.drain(reader, 1);
      assertThat(reader.watermark()).isEqualTo(8 * SECOND);
      clock.addAndGet(Duration.ofSeconds(40).toNanos());
      assertThat(reader.watermark()).isEqualTo(38 * SECOND);
      clock.addAndGet(Duration.ofSeconds(40).toNanos());
      assertThat(reader.watermark()).isEqualTo(PartitionedReader.IDLE);
    }
  }

  @Test
  void aPartitionWithUnreadRecordsIsNotIdle() throws Exception {
    topics().create("endless-behind", 1);
    TopicReads reads = TopicReads.of("endless-behind").endless().schema("n long null, at timestamp null").batchRows(1)
        .eventTime(new EventTime("at", Duration.ZERO, Duration.ofSeconds(60)));
    String row = "{\"n\":1,\"at\":\"1970-01-01T00:00:30\"}";
    topics().send("endless-behind", 0, Collections.nCopies(2_000, row).toArray(String[]::new));
    try (KafkaClients clients = TopicReads.clients();
        TopicReader reader = new TopicReader(clients, reads.scan(), TopicShare.all(reads.ranges(clients)),
            Optional.empty(), Duration.ofMillis(1), clock::get)) {
      List<String> rows = new ArrayList<>();
      Await.until("the lag is known", TopicReads.BOUND, () -> {
        clock.addAndGet(Duration.ofMillis(2).toNanos());
        add(reader, rows);
        return !rows.isEmpty() && reader.lag() > 0;
      });
      assertThat(reader.lag()).isEqualTo(2_000 - rows.size());
      clock.addAndGet(Duration.ofHours(1).toNanos());
      assertThat(reader.watermark()).isEqualTo(30 * SECOND);
      TopicReads.drain(reader, 2_000 - rows.size());
      assertThat(reader.lag()).isZero();
      clock.addAndGet(Duration.ofHours(1).toNanos());
      assertThat(reader.watermark()).isEqualTo(PartitionedReader.IDLE);
    }
  }
}
