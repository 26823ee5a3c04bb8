package dev.samzabatch.system.kafka;

import static dev.samzabatch.system.kafka.TopicLab.NEW;
import static dev.samzabatch.system.kafka.TopicLab.all;
import static dev.samzabatch.system.kafka.TopicLab.append;
import static dev.samzabatch.system.kafka.TopicLab.range;
import static dev.samzabatch.system.kafka.TopicLab.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.EndOfStream;
import dev.samzabatch.data.RandomBatches;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Values;
import dev.samzabatch.data.Watermark;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.system.FencedException;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicStreamsTest {

  private static final String LANE = "000001-c0";
  private static final String OTHER = "000002-c1";

  private final TopicLab lab = TopicLab.open();
  private final KafkaCluster cluster = KafkaCluster.shared();

  @AfterEach
  void closeLab() throws IOException {
    lab.close();
  }

  private TopicStreams started(StreamSpec... specs) throws IOException {
    TopicStreams streams = lab.process();
    for (StreamSpec spec : specs) {
      streams.ensure(spec);
    }
    streams.ensure(lab.checkpoints());
    return streams;
  }

  @Test
  void everyRowOfEveryTypeComesBackOnceAndInOrder() throws IOException {
    RandomBatches random = new RandomBatches(7);
    StreamSpec stream = lab.rows(random.schema(), 3);
    TopicStreams streams = started(stream);
    List<List<Object>> rows = random.rows(stream.schema(), 500);
    try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
        StreamWriter writer = streams.openWriter(stream, LANE, NEW)) {
      for (int from = 0; from < 500; from += 100) {
        RecordBatch batch = Values.batch(stream.schema(), rows.subList(from, from + 100));
        writer.append(from / 100 % 3, batch, IntStream.range(0, 100).toArray(), 0, 100);
      }
      assertThat(writer.rows()).isEqualTo(500);
      assertThat(writer.flush()).containsExactly(0, 0, 0);
      lab.commit(streams, checkpoints, LANE, 1);
    }
    assertThat(rows(streams, stream, 2)).isEqualTo(rows.subList(200, 300));
    List<List<Object>> first = new ArrayList<>(rows.subList(0, 100));
    first.addAll(rows.subList(300, 400));
    assertThat(rows(streams, stream, 0)).isEqualTo(first);
  }

  private static List<List<Object>> rows(TopicStreams streams, StreamSpec stream, int partition) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    try (StreamReader reader = streams.openReader(stream, partition, 64)) {
      for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
        rows.addAll(Values.rows((RecordBatch) item));
      }
    }
    return rows;
  }

  @Test
  void nothingIsSeenBeforeItIsCommittedAndAllOfItAtOnceBehind() throws IOException {
    StreamSpec stream = lab.rows(1);
    TopicStreams streams = started(stream);
    try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
        StreamWriter writer = streams.openWriter(stream, LANE, NEW);
        StreamReader reader = streams.openReader(stream, 0, 8)) {
      append(writer, 0, 0, 5);
      writer.flush();
      assertThat(reader.poll()).isNull();
      lab.commit(streams, checkpoints, LANE, 1);
      assertThat(rest(reader)).isEqualTo(range(0, 5));
      append(writer, 0, 5, 9);
      writer.flush();
      assertThat(reader.poll()).isNull();
      lab.commit(streams, checkpoints, LANE, 2);
      assertThat(rest(reader)).isEqualTo(range(5, 9));
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void whoeverIsFencedIsToldSo() throws IOException {
    StreamSpec stream = lab.rows(1);
    TopicStreams streams = started(stream);
    try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
        StreamWriter writer = streams.openWriter(stream, LANE, NEW)) {
      append(writer, 0, 0, 5);
      writer.flush();
      lab.process().lanes(lab.checkpoints());
      assertThatThrownBy(() -> lab.commit(streams, checkpoints, LANE, 1)).isInstanceOf(FencedException.class)
          .hasMessageContaining("another process goes on with this run");
    }
  }

  @Test
  void marksStandBehindTheDataInEveryPartition() throws IOException {
    StreamSpec stream = lab.rows(3);
    TopicStreams streams = started(stream);
    try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
        StreamWriter writer = streams.openWriter(stream, LANE, NEW)) {
      append(writer, 1, 0, 3);
      writer.watermark(new Watermark("täsk-1", 123_456_789_012L));
      append(writer, 1, 3, 4);
      writer.endOfStream("täsk-1");
      writer.flush();
      lab.commit(streams, checkpoints, LANE, 1);
    }
    List<Object> marks = List.of(new Watermark("täsk-1", 123_456_789_012L), new EndOfStream("täsk-1"));
    assertThat(all(streams, stream, 0)).isEqualTo(marks);
    assertThat(all(streams, stream, 1)).isEqualTo(List.of(0L, 1L, 2L, marks.get(0), 3L, marks.get(1)));
    assertThat(all(streams, stream, 2)).isEqualTo(marks);
  }

  @Test
  void aLaneThatIsCommittedIsSeenOnceTheTransactionsBeforeItAreOver() throws IOException {
    StreamSpec stream = lab.rows(1);
    TopicStreams streams = started(stream);
    try (StreamWriter oneCheckpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
        StreamWriter one = streams.openWriter(stream, LANE, NEW);
        StreamWriter twoCheckpoints = streams.openWriter(lab.checkpoints(), OTHER, NEW);
        StreamWriter two = streams.openWriter(stream, OTHER, NEW);
        StreamReader reader = streams.openReader(stream, 0, 8)) {
      append(one, 0, 0, 10);
      one.flush();
      append(two, 0, 10, 20);
      two.flush();
      lab.commit(streams, twoCheckpoints, OTHER, 2);
      List<Object> early = rest(reader);
      assertThat(early).as("at once or hidden behind the other lane").isIn(List.of(), range(10, 20));
      lab.commit(streams, oneCheckpoints, LANE, 1);
      List<Object> late = new ArrayList<>(early);
      late.addAll(rest(reader));
      assertThat(late).containsExactlyInAnyOrderElementsOf(range(0, 20));
    }
  }

  @Test
  void positionsAreExactBetweenAnyTwoBatchesOfAnySize() throws IOException {
    StreamSpec stream = lab.rows(1);
    TopicStreams streams = started(stream);
    for (String lane : List.of(LANE, OTHER)) {
      try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), lane, NEW);
          StreamWriter writer = streams.openWriter(stream, lane, NEW)) {
        append(writer, 0, 0, 9_000);
        writer.endOfStream(lane);
        writer.flush();
        lab.commit(streams, checkpoints, lane, 1);
      }
    }
    List<Object> all = all(streams, stream, 0);
    assertThat(all).hasSize(18_002);
    for (int batchRows : new int[] {7, 1024, 5000}) {
      try (StreamReader reader = streams.openReader(stream, 0, batchRows)) {
        int read = 0;
        for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
          read += item instanceof RecordBatch batch ? batch.rowCount() : 1;
          if (batchRows > 1000 || read % 487 == 0) {
            assertRest(streams, stream, reader.position(), all.subList(read, all.size()));
          }
        }
        assertThat(read).isEqualTo(all.size());
        assertRest(streams, stream, reader.position(), List.of());
      }
    }
  }

  private void assertRest(
      TopicStreams streams, StreamSpec stream, Map<String, LanePosition> position, List<Object> expected)
      throws IOException {
    try (StreamReader other = streams.openReader(stream, 0, 333)) {
      other.poll();
      other.seek(position);
      assertThat(other.position()).isEqualTo(position);
      assertThat(rest(other)).isEqualTo(expected);
    }
  }

  @Test
  void whatAnAttemptHasNotCommittedIsNeverSeen() throws IOException {
    StreamSpec stream = lab.rows(2);
    TopicStreams streams = started(stream);
    try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
        StreamWriter writer = streams.openWriter(stream, LANE, NEW)) {
      append(writer, 0, 0, 10);
      writer.flush();
      lab.commit(streams, checkpoints, LANE, 1);
      append(writer, 0, 10, 20);
      append(writer, 1, 10, 20);
      writer.endOfStream("gone");
      writer.flush();
      append(checkpoints, 0, 2, 3);
    }
    try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), "000002-c0", NEW);
        StreamWriter writer = streams.openWriter(stream, "000002-c0", NEW)) {
      append(writer, 0, 30, 35);
      writer.flush();
      lab.commit(streams, checkpoints, "000002-c0", 3);
    }
    List<Object> committed = new ArrayList<>(range(0, 10));
    committed.addAll(range(30, 35));
    assertThat(all(streams, stream, 0)).isEqualTo(committed);
    assertThat(all(streams, stream, 1)).isEmpty();
    assertThat(checkpointsOf(lab.process())).containsExactly("000001-c0:1", "000002-c0:3");
  }

  /** The checkpoints, as whoever resumes finds them, with their lanes. */
  private List<String> checkpointsOf(TopicStreams streams) throws IOException {
    List<String> found = new ArrayList<>();
    streams.replay(lab.checkpoints(), streams.lanes(lab.checkpoints()),
        (lane, item) -> Values.rows((RecordBatch) item).forEach(row -> found.add(lane + ":" + row.get(0))));
    return found;
  }

  @Test
  void aNewProcessBarsTheOldOneAndLeavesItNothingToCommit() throws IOException {
    StreamSpec stream = lab.rows(1);
    TopicStreams zombie = started(stream);
    try (StreamWriter checkpoints = zombie.openWriter(lab.checkpoints(), LANE, NEW);
        StreamWriter writer = zombie.openWriter(stream, LANE, NEW);
        StreamWriter idleCheckpoints = zombie.openWriter(lab.checkpoints(), OTHER, NEW)) {
      append(writer, 0, 0, 10);
      writer.flush();
      lab.commit(zombie, checkpoints, LANE, 1);
      append(writer, 0, 10, 20);
      writer.flush();
      append(checkpoints, 0, 2, 3);
      checkpoints.write();

      TopicStreams resumed = lab.process();
      assertThat(checkpointsOf(resumed)).containsExactly("000001-c0:1");
      assertThatThrownBy(checkpoints::flush).isInstanceOf(IOException.class);
      assertThatThrownBy(checkpoints::flush).hasMessageContaining("an earlier call failed");
      assertThatThrownBy(() -> lab.commit(zombie, idleCheckpoints, OTHER, 4)).isInstanceOf(IOException.class);
      assertThat(all(resumed, stream, 0)).isEqualTo(range(0, 10));
      assertThat(checkpointsOf(lab.process())).containsExactly("000001-c0:1");
    }
  }

  @Test
  void anotherRunIsNotTouched() throws IOException {
    TopicStreams streams = started();
    try (TopicLab neighbour = TopicLab.open();
        StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW)) {
      append(checkpoints, 0, 1, 2);
      checkpoints.write();
      TopicStreams other = neighbour.process();
      other.ensure(neighbour.checkpoints());
      assertThat(other.lanes(neighbour.checkpoints())).isEmpty();
      checkpoints.flush();
    }
    assertThat(checkpointsOf(lab.process())).containsExactly("000001-c0:1");
  }

  @Test
  void aReaderWaitsForWhatOtherThreadsCommitAndMissesNothing() throws Exception {
    StreamSpec stream = lab.rows(1);
    TopicStreams streams = started(stream);
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
      try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
          StreamWriter writer = streams.openWriter(stream, LANE, NEW)) {
        for (int i = 0; i < 40; i++) {
          append(writer, 0, 10L * i, 10L * i + 10);
          writer.flush();
          lab.commit(streams, checkpoints, LANE, i);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
    List<Object> seen = new ArrayList<>();
    try (StreamReader reader = streams.openReader(stream, 0, 8)) {
      boolean done = false;
      while (!done) {
        long before = streams.publications();
        done = writing.isDone();
        List<Object> more = rest(reader);
        seen.addAll(more);
        if (more.isEmpty() && !done) {
          streams.awaitPublished(before, 100);
        }
      }
    }
    writing.get();
    assertThat(seen).isEqualTo(range(0, 400));
  }

  @Test
  void manyWideRowsBecomeRecordsThatABrokerTakes() throws IOException {
    StreamSpec stream = lab.rows(SchemaText.parse("n long, text string"), 1);
    TopicStreams streams = started(stream);
    Random random = new Random(1);
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      byte[] bytes = new byte[50_000];
      random.nextBytes(bytes);
      rows.add(List.of((long) i, new String(bytes, StandardCharsets.ISO_8859_1)));
    }
    try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
        StreamWriter writer = streams.openWriter(stream, LANE, NEW)) {
      writer.append(0, Values.batch(stream.schema(), rows), IntStream.range(0, 400).toArray(), 0, 400);
      writer.flush();
      lab.commit(streams, checkpoints, LANE, 1);
    }
    assertThat(rows(streams, stream, 0)).isEqualTo(rows);
  }

  @Test
  void aRowThatNoRecordCanHoldIsRefused() throws IOException {
    StreamSpec stream = lab.rows(SchemaText.parse("text bytes"), 1);
    TopicStreams streams = started(stream);
    byte[] noise = new byte[9 << 20];
    new Random(1).nextBytes(noise);
    try (StreamWriter writer = streams.openWriter(stream, LANE, NEW)) {
      RecordBatch batch = Values.batch(stream.schema(), List.of(List.of(ByteBuffer.wrap(noise))));
      assertThatThrownBy(() -> writer.append(0, batch, new int[] {0}, 0, 1)).isInstanceOf(UserException.class)
          .hasMessageContaining("SB-4330");
    }
  }

  @Test
  void outputsAreCommittedWithTheCheckpointOfTheirLane() throws IOException {
    TopicStreams streams = started();
    String topic = "out-" + lab.run;
    cluster.topics().create(topic, 2);
    long at = System.currentTimeMillis() - 60_000;
    try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
        LaneSink sink = streams.sink(LANE)) {
      sink.send(new TopicRecord(topic, 1, at, "k".getBytes(), "v1".getBytes(), List.of()));
      sink.send(new TopicRecord(topic, -1, -1, null, "v2".getBytes(), List.of()));
      sink.flush();
      assertThat(cluster.topics().values(topic)).isEmpty();
      lab.commit(streams, checkpoints, LANE, 1);
      assertThat(cluster.topics().values(topic)).containsExactlyInAnyOrder("v1", "v2");
      sink.send(new TopicRecord(topic, 0, -1, null, "v3".getBytes(), List.of()));
    }
    assertThat(cluster.topics().values(topic)).hasSize(2);
    assertThat(cluster.topics().records(topic, IsolationLevel.READ_COMMITTED))
        .anyMatch(r -> r.partition() == 1 && r.timestamp() == at);
  }

  @Test
  void anOutputTopicThatIsMissingIsNotMade() throws IOException {
    TopicStreams streams = started();
    try (LaneSink sink = streams.sink(LANE)) {
      assertThatThrownBy(() -> sink.send(new TopicRecord("none-" + lab.run, 0, -1, null, null, List.of())))
          .hasMessageContaining("none-" + lab.run);
    }
    assertThat(cluster.topics().names()).doesNotContain("none-" + lab.run);
  }
}
