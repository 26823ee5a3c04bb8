package dev.samzabatch.system.kafka;

import static dev.samzabatch.system.kafka.TopicReads.numbers;
import static dev.samzabatch.system.kafka.TopicReads.rows;
import static dev.samzabatch.system.kafka.TopicReads.topics;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.job.TopicInput.Fixed;
import dev.samzabatch.job.TopicInput.Part;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.kafka.OpenTransaction;
import dev.samzabatch.kafka.Topics;
import dev.samzabatch.system.PartitionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Reads of topics that end, whatever lies at the end of a partition. */
class BoundedTopicTest {

  @Test
  void everyRecordOfEveryPartitionIsReadOnceAndThenTheReadEnds() throws Exception {
    topics().create("bounded-plain", 3);
    topics().send("bounded-plain", 0, numbers(0, 2_000));
    topics().send("bounded-plain", 2, numbers(2_000, 2_500));
    assertThat(TopicReads.of("bounded-plain").read()).containsExactlyInAnyOrderElementsOf(rows(0, 2_500));
  }

  @Test
  void abortedRecordsAndMarkersAtTheTailEnd() throws Exception {
    topics().create("bounded-aborted", 1);
    topics().sendCommitted("bounded-aborted", 0, numbers(0, 3));
    topics().sendAborted("bounded-aborted", 0, numbers(3, 9));
    assertThat(TopicReads.of("bounded-aborted").read()).isEqualTo(rows(0, 3));
    assertThat(TopicReads.of("bounded-aborted").uncommitted().read()).isEqualTo(rows(0, 9));
  }

  @Test
  void whatTheJobSetsForItsClientsCannotChangeWhatIsRead() throws Exception {
    topics().create("bounded-set", 1);
    topics().sendCommitted("bounded-set", 0, numbers(0, 3));
    topics().sendAborted("bounded-set", 0, numbers(3, 9));
    Map<String, String> wishes = Map.of("isolation.level", "read_uncommitted", "auto.offset.reset", "latest",
        "group.id", "bounded-group", "enable.auto.commit", "true");
    String bootstrap = KafkaCluster.shared().bootstrap();
    try (KafkaClients clients = TopicReads.clients(bootstrap, TopicReads.BOUND, wishes);
        TopicReader reader = TopicReads.of("bounded-set").open(clients)) {
      assertThat(TopicReads.drain(reader)).isEqualTo(rows(0, 3));
    }
    assertThat(topics().groups()).doesNotContain("bounded-group");
  }

  @Test
  void aPartitionOfNothingButAbortedRecordsEnds() throws Exception {
    topics().create("bounded-only-aborted", 2);
    topics().sendAborted("bounded-only-aborted", 0, numbers(0, 500));
    topics().sendCommitted("bounded-only-aborted", 1, numbers(500, 501));
    assertThat(TopicReads.of("bounded-only-aborted").read()).isEqualTo(rows(500, 501));
  }

  @Test
  void anOpenTransactionIsNotWaitedFor() throws Exception {
    topics().create("bounded-open", 1);
    topics().send("bounded-open", 0, numbers(0, 4));
    try (OpenTransaction transaction = topics().sendOpen("bounded-open", 0, numbers(4, 6))) {
      topics().send("bounded-open", 0, numbers(6, 8));
      assertThat(TopicReads.of("bounded-open").read()).isEqualTo(rows(0, 4));
      assertThat(TopicReads.of("bounded-open").uncommitted().read()).isEqualTo(rows(0, 8));
      transaction.abort();
    }
  }

  @Test
  void aCompactedTopicEnds() throws Exception {
    topics().create("bounded-compacted", 1, Topics.COMPACTED);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] key = ("k" + i % 10).getBytes(UTF_8);
      records.add(new ProducerRecord<>("bounded-compacted", 0, key, numbers(i, i + 1)[0].getBytes(UTF_8)));
    }
    topics().send(records);
    topics().compact("bounded-compacted");
    assertThat(TopicReads.of("bounded-compacted").read()).isEqualTo(rows(290, 300));
  }

  @Test
  void tombstonesAreNoRowsUnlessTheyAreKept() throws Exception {
    topics().create("bounded-tombstones", 1);
    topics().send("bounded-tombstones", 0, numbers(0, 1));
    topics().send(List.of(new ProducerRecord<>("bounded-tombstones", 0, "gone".getBytes(UTF_8), null)));
    TopicReads reads = TopicReads.of("bounded-tombstones").metadata("id", Part.KEY);
    assertThat(reads.read()).containsExactly("0|null");
    assertThat(reads.keepTombstones().read()).containsExactly("0|null", "null|gone");
  }

  @Test
  void aTopicWithoutRecordsEndsAtOnce() throws Exception {
    topics().create("bounded-empty", 4);
    try (KafkaClients clients = TopicReads.clients();
        TopicReader reader = TopicReads.of("bounded-empty").open(clients)) {
      assertThat(reader.hasEnded()).isTrue();
      assertThat(reader.poll()).isNull();
      assertThat(reader.positions()).hasSize(4).containsEntry("bounded-empty/3", 0L);
      assertThat(reader.lag()).isZero();
    }
  }

  @Test
  void aTopicTrimmedByRetentionIsReadFromWhatIsLeft() throws Exception {
    topics().create("bounded-trimmed", 2);
    topics().send("bounded-trimmed", 0, numbers(0, 100));
    topics().send("bounded-trimmed", 1, numbers(100, 200));
    topics().deleteBefore("bounded-trimmed", 0, 70);
    topics().deleteBefore("bounded-trimmed", 1, -1);
    assertThat(TopicReads.of("bounded-trimmed").read()).isEqualTo(rows(70, 100));
  }

  @Test
  void sixtyFourPartitionsEnd() throws Exception {
    topics().create("bounded-wide", 64);
    topics().sendMany("bounded-wide", 10_000, i -> "k" + i, i -> "{\"n\":" + i + "}");
    assertThat(TopicReads.of("bounded-wide").batchRows(100).read())
        .containsExactlyInAnyOrderElementsOf(rows(0, 10_000));
  }

  @Test
  void whatIsWrittenDuringTheReadIsNotRead() throws Exception {
    topics().create("bounded-growing", 2);
    topics().send("bounded-growing", 0, numbers(0, 5_000));
    topics().send("bounded-growing", 1, numbers(5_000, 5_100));
    try (KafkaClients clients = TopicReads.clients();
        TopicReader reader = TopicReads.of("bounded-growing").batchRows(50).open(clients)) {
      List<String> rows = new ArrayList<>(TopicReads.drain(reader, 100));
      topics().send("bounded-growing", 0, numbers(10_000, 12_000));
      topics().sendCommitted("bounded-growing", 1, numbers(12_000, 12_001));
      rows.addAll(TopicReads.drain(reader));
      assertThat(rows).containsExactlyInAnyOrderElementsOf(rows(0, 5_100));
      assertThat(reader.positions()).containsEntry("bounded-growing/0", 5_000L)
          .containsEntry("bounded-growing/1", 100L);
      assertThat(reader.lag()).isZero();
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void recordsBehindTheEndAreNotReadAlsoWhenTheyComeWithOthers() throws Exception {
    topics().create("bounded-behind", 2);
    topics().send("bounded-behind", 0, numbers(0, 100));
    topics().send("bounded-behind", 1, numbers(100, 200));
    TopicReads reads = TopicReads.of("bounded-behind").until(new Fixed(Map.of("0", 37L, "1", 99L))).batchRows(10);
    try (KafkaClients clients = TopicReads.clients(); TopicReader reader = reads.open(clients)) {
      List<String> expected = new ArrayList<>(rows(0, 37));
      expected.addAll(rows(100, 199));
      assertThat(TopicReads.drain(reader)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(reader.positions()).containsEntry("bounded-behind/0", 37L).containsEntry("bounded-behind/1", 99L);
    }
  }

  @Test
  void severalTopicsAreReadSideBySide() throws Exception {
    topics().create("bounded-many-a", 1);
    topics().create("bounded-many-b", 1);
    topics().send("bounded-many-a", 0, numbers(0, 10));
    topics().send("bounded-many-b", 0, numbers(10, 20));
    assertThat(TopicReads.of("bounded-many-b", "bounded-many-a").read())
        .containsExactlyInAnyOrderElementsOf(rows(0, 20));
    assertThat(TopicReads.of("/bounded-many-./").read()).containsExactlyInAnyOrderElementsOf(rows(0, 20));
  }

  @Test
  void twoReadersShareThePartitions() throws Exception {
    topics().create("bounded-shared", 5);
    topics().sendMany("bounded-shared", 1_000, i -> "k" + i, i -> "{\"n\":" + i + "}");
    TopicReads reads = TopicReads.of("bounded-shared");
    try (KafkaClients clients = TopicReads.clients()) {
      List<PartitionRange> ranges = reads.ranges(clients);
      List<String> rows = new ArrayList<>();
      for (List<PartitionRange> own : List.of(ranges.subList(0, 2), ranges.subList(2, 5))) {
        try (TopicReader reader = reads.open(clients, own)) {
          rows.addAll(TopicReads.drain(reader));
        }
      }
      assertThat(rows).containsExactlyInAnyOrderElementsOf(rows(0, 1_000));
    }
  }

  @Test
  void aReaderThatIsPutBackToAnyPositionGivesTheSameRestOfRows() throws Exception {
    topics().create("bounded-seek", 3);
    for (int partition = 0; partition < 3; partition++) {
      topics().sendCommitted("bounded-seek", partition, numbers(partition * 1_000, partition * 1_000 + 40));
      topics().sendAborted("bounded-seek", partition, numbers(0, 5));
      topics().sendCommitted("bounded-seek", partition, numbers(partition * 1_000 + 40, partition * 1_000 + 70));
      topics().sendAborted("bounded-seek", partition, numbers(0, 1));
    }
    List<String> all = IntStream.range(0, 3).boxed().flatMap(p -> rows(p * 1_000, p * 1_000 + 70).stream()).toList();
    TopicReads reads = TopicReads.of("bounded-seek").batchRows(17);
    try (KafkaClients clients = TopicReads.clients(); TopicReader first = reads.open(clients)) {
      List<String> before = new ArrayList<>();
      while (!first.hasEnded()) {
        TopicReads.add(first.poll(), before);
        try (TopicReader second = reads.open(clients)) {
          second.seek(first.positions());
          List<String> rows = new ArrayList<>(before);
          rows.addAll(TopicReads.drain(second));
          assertThat(rows).containsExactlyInAnyOrderElementsOf(all);
        }
      }
      assertThat(before).hasSize(210);
    }
  }

  @Test
  void otherPartsOfARecordAreColumns() throws Exception {
    topics().create("bounded-parts", 2);
    long now = System.currentTimeMillis();
    byte[] value = numbers(7, 8)[0].getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("bounded-parts", 1, now, "ké".getBytes(UTF_8), value);
    record.headers().add("a", "1".getBytes(UTF_8)).add("b", null).add("a", "2".getBytes(UTF_8));
    topics().send(List.of(record, new ProducerRecord<>("bounded-parts", 1, now + 5, null, "{}".getBytes(UTF_8))));
    TopicReads reads = TopicReads.of("bounded-parts").metadata("id", Part.KEY).metadata("t", Part.TOPIC)
        .metadata("p", Part.PARTITION).metadata("o", Part.OFFSET).metadata("at", Part.TIMESTAMP)
        .metadata("h", Part.HEADERS);
    assertThat(reads.read()).containsExactly("7|ké|bounded-parts|1|0|" + now + "000|[a=2, b=null]",
        "null|null|bounded-parts|1|1|" + (now + 5) + "000|[]");
    assertThat(reads.columns("p", "id").read()).containsExactly("ké|1", "null|1");
    assertThat(TopicReads.of("bounded-parts").metadata("id", Part.KEY).keyAsBytes().read())
        .containsExactly("7|ké", "null|null");
  }
}
