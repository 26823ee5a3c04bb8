package dev.samzabatch.system.kafka;

import static dev.samzabatch.system.kafka.TopicLab.NEW;
import static dev.samzabatch.system.kafka.TopicLab.append;
import static dev.samzabatch.system.kafka.TopicLab.range;
import static dev.samzabatch.system.kafka.TopicLab.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.UserException;
import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.kafka.Topics;
import dev.samzabatch.system.DamagedStreamException;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InternalTopicsTest {

  private static final String LANE = "000001-c0";
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final TopicLab lab = TopicLab.open();
  private final Topics topics = KafkaCluster.shared().topics();
  private final StreamSpec stream = lab.rows(2);

  @AfterEach
  void closeLab() throws IOException {
    lab.close();
  }

  @Test
  void topicsAreMadeWithWhatTheyNeed() throws Exception {
    TopicStreams streams = lab.process();
    streams.create(stream);
    streams.ensure(lab.checkpoints());
    assertThat(topics.describe(stream.name()).partitions()).hasSize(2).allMatch(p -> p.leader() != null);
    Config rows = config(stream.name());
    assertThat(rows.get("retention.ms").value()).isEqualTo(String.valueOf(Duration.ofDays(7).toMillis()));
    assertThat(rows.get("cleanup.policy").value()).isEqualTo("delete");
    assertThat(config(lab.checkpoints().name()).get("retention.ms").value()).as("never lost").isEqualTo("-1");
    assertThat(streams.names()).contains(stream.name(), lab.checkpoints().name());
    assertThatThrownBy(() -> streams.create(stream)).hasMessageContaining("exists already");
    streams.ensure(stream);
  }

  private Config config(String topic) throws InterruptedException, ExecutionException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return topics.admin().describeConfigs(List.of(resource)).all().get().get(resource);
  }

  @Test
  void aTopicOfOtherPartitionsIsNotTheOneOfTheRun() {
    topics.create(stream.name(), 3);
    assertThatThrownBy(() -> lab.process().ensure(stream)).isInstanceOf(DamagedStreamException.class)
        .hasMessageContaining(stream.name()).hasMessageContaining("3 partitions").hasMessageContaining("needs 2");
  }

  @Test
  void aTopicThatVanishesIsNotMadeAgain() throws IOException {
    TopicStreams streams = lab.process();
    streams.ensure(stream);
    topics.delete(stream.name());
    assertThatThrownBy(() -> streams.ensure(stream)).isInstanceOf(DamagedStreamException.class)
        .hasMessageContaining("topic " + stream.name() + " of bus is gone");
    assertThatThrownBy(() -> streams.openReader(stream, 0, 8)).isInstanceOf(DamagedStreamException.class);
    assertThatThrownBy(() -> streams.openWriter(stream, LANE, NEW)).isInstanceOf(DamagedStreamException.class);
    assertThat(topics.names()).doesNotContain(stream.name());
  }

  @Test
  void aTopicThatWasMadeAnewIsNotTakenForTheOldOne() throws IOException {
    TopicStreams streams = lab.process();
    streams.ensure(stream);
    topics.delete(stream.name());
    topics.create(stream.name(), 2);
    assertThatThrownBy(() -> streams.ensure(stream)).isInstanceOf(DamagedStreamException.class)
        .hasMessageContaining("deleted and made again");
    assertThatThrownBy(() -> streams.openReader(stream, 0, 8)).isInstanceOf(DamagedStreamException.class);
  }

  @Test
  void whoeverResumesKnowsTheTopicsByTheirIds() throws IOException {
    TopicStreams first = lab.process();
    first.ensure(stream);
    Map<String, String> ids = first.ids();
    TopicStreams second = lab.process();
    second.expect(ids);
    second.ensure(stream);
    topics.delete(stream.name());
    TopicStreams third = lab.process();
    third.expect(ids);
    assertThatThrownBy(() -> third.ensure(stream)).isInstanceOf(DamagedStreamException.class);
  }

  @Test
  void whoWaitsForATopicThatIsDeletedIsTold() throws IOException {
    TopicStreams streams = lab.process();
    streams.ensure(stream);
    try (StreamReader reader = streams.openReader(stream, 0, 8)) {
      assertThat(reader.poll()).isNull();
      topics.delete(stream.name());
      Await.until("the reader is told", BOUND, () -> isTold(reader));
    }
  }

  private static boolean isTold(StreamReader reader) {
    try {
      return reader.poll() != null;
    } catch (DamagedStreamException e) {
      return e.getMessage().contains("is gone");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoWritesToATopicThatIsDeletedIsTold() throws IOException {
    try (TopicLab hasty = TopicLab.open(KafkaCluster.shared().bootstrap(), Duration.ofSeconds(5))) {
      TopicStreams streams = hasty.process();
      StreamSpec rows = hasty.rows(1);
      streams.ensure(rows);
      streams.ensure(hasty.checkpoints());
      try (StreamWriter checkpoints = streams.openWriter(hasty.checkpoints(), LANE, NEW);
          StreamWriter writer = streams.openWriter(rows, LANE, NEW)) {
        append(writer, 0, 0, 10);
        writer.flush();
        hasty.commit(streams, checkpoints, LANE, 1);
        topics.delete(rows.name());
        append(writer, 0, 10, 20);
        assertThatThrownBy(() -> {
          writer.flush();
          hasty.commit(streams, checkpoints, LANE, 2);
        }).isInstanceOf(DamagedStreamException.class).hasMessageContaining("gone");
      }
      assertThat(topics.names()).doesNotContain(rows.name());
    }
  }

  @Test
  void rowsThatWereDeletedBeforeTheyWereReadAreMissed() throws IOException {
    TopicStreams streams = written();
    topics.deleteBefore(stream.name(), 0, 1);
    try (StreamReader reader = streams.openReader(stream, 0, 8)) {
      assertThatThrownBy(() -> rest(reader)).isInstanceOf(DamagedStreamException.class)
          .hasMessageContaining(stream.name()).hasMessageContaining("deleted before they were read");
    }
  }

  private TopicStreams written() throws IOException {
    TopicStreams streams = lab.process();
    streams.ensure(stream);
    streams.ensure(lab.checkpoints());
    try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
        StreamWriter writer = streams.openWriter(stream, LANE, NEW)) {
      for (int i = 0; i < 3; i++) {
        append(writer, 0, 10L * i, 10L * i + 10);
        writer.flush();
        lab.commit(streams, checkpoints, LANE, i);
      }
    }
    return streams;
  }

  @Test
  void whatHasBeenReadIsDeletedButNotWhatIsStillToBeRead() throws IOException {
    TopicStreams streams = written();
    TopicTrim trim = new TopicTrim(lab.clients(), 1);
    TopicPartition first = new TopicPartition(stream.name(), 0);
    try (StreamReader reader = streams.openReader(stream, 0, 4)) {
      for (int batch = 0; batch < 4; batch++) {
        reader.poll();
      }
      LanePosition position = reader.position().get("");
      trim.before(first, position.offset());
      assertThat(topics.beginOffsets(stream.name()).get(0)).as("nothing was told to be read").isZero();
      trim.read(first, 1);
      trim.before(first, position.offset());
      Await.until("space is given back", BOUND,
          () -> topics.beginOffsets(stream.name()).get(0) == position.offset());
      try (StreamReader other = lab.process().openReader(stream, 0, 4)) {
        other.seek(reader.position());
        assertThat(rest(other)).isEqualTo(range(14, 30));
      }
    }
    streams.drop(stream, 0);
    Await.until("the partition is empty", BOUND,
        () -> topics.beginOffsets(stream.name()).equals(topics.endOffsets(stream.name())));
  }

  @Test
  void deletingWaitsUntilTheTopicIsGone() throws IOException {
    TopicStreams streams = written();
    assertThat(streams.delete(stream.name())).isPositive();
    assertThat(topics.names()).doesNotContain(stream.name());
    assertThat(streams.delete(stream.name())).isZero();
  }

  @Test
  void aClusterThatDoesNotAnswerIsNamed() throws IOException {
    try (TopicLab far = TopicLab.open("127.0.0.1:9", Duration.ofSeconds(2))) {
      TopicStreams streams = far.process();
      assertThatThrownBy(() -> streams.ensure(far.rows(1))).isInstanceOf(UserException.class)
          .hasMessageContaining("127.0.0.1:9").hasMessageContaining("SB-4301");
    }
  }
}
