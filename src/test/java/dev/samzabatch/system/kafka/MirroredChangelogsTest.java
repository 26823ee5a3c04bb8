package dev.samzabatch.system.kafka;

import static dev.samzabatch.system.kafka.TopicLab.NEW;
import static dev.samzabatch.system.kafka.TopicLab.all;
import static dev.samzabatch.system.kafka.TopicLab.append;
import static dev.samzabatch.system.kafka.TopicLab.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.system.DamagedStreamException;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirroredChangelogsTest {

  private static final String LANE = "000001-c0";

  @TempDir
  Path directory;
  private final TopicLab lab = TopicLab.open();
  private final KafkaCluster cluster = KafkaCluster.shared();

  private final List<StreamWriter> dead = new ArrayList<>();

  @AfterEach
  void closeLab() throws IOException {
    for (StreamWriter writer : dead) {
      writer.close();
    }
    lab.close();
  }

  /** Writes two commits and something more of a changelog of three tasks, as a process that then dies. */
  private long[] writeAndDie(TopicStreams streams) throws IOException {
    StreamSpec state = lab.changelog(3);
    streams.ensure(lab.checkpoints());
    streams.ensure(state);
    StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
    StreamWriter writer = streams.openWriter(state, LANE, NEW);
    append(writer, 0, 0, 10);
    append(writer, 7, 100, 110);
    writer.flush();
    lab.commit(streams, checkpoints, LANE, 1);
    append(writer, 7, 110, 115);
    append(writer, 11, 200, 201);
    long[] committed = writer.flush();
    lab.commit(streams, checkpoints, LANE, 2);
    append(writer, 0, 10, 20);
    append(writer, 3, 300, 301);
    writer.flush();
    dead.addAll(List.of(writer, checkpoints));
    return committed;
  }

  @Test
  void theTopicHasAPartitionATask() throws IOException {
    lab.process().ensure(lab.changelog(3));
    assertThat(cluster.topics().describe(lab.changelog(3).name()).partitions()).hasSize(3);
  }

  @Test
  void anotherHostFindsWhatWasCommittedAndNothingElse() throws IOException {
    long[] committed = writeAndDie(lab.process());
    TopicStreams resumed = lab.process();
    StreamSpec state = lab.changelog(3);
    assertThat(resumed.lanes(state)).as("lanes of this process").isEmpty();
    resumed.cut(state, LANE, committed);
    resumed.publish(state, LANE, committed);
    assertThat(resumed.published(state).keySet()).singleElement().asString().startsWith(MirroredChangelogs.SEED);
    assertCommitted(resumed, state);
  }

  private static void assertCommitted(TopicStreams resumed, StreamSpec state) throws IOException {
    for (int partition = 0; partition < state.partitions(); partition++) {
      assertThat(all(resumed, state, partition)).as("partition %d", partition).isEqualTo(switch (partition) {
        case 0 -> range(0, 10);
        case 7 -> range(100, 115);
        case 11 -> range(200, 201);
        default -> range(0, 0);
      });
    }
  }

  @Test
  void theSameHostDoesNotTrustTheFilesOfTheDead() throws IOException {
    writeAndDie(lab.process(directory));
    TopicStreams resumed = lab.process(directory);
    resumed.ensure(lab.changelog(3));
    assertCommitted(resumed, lab.changelog(3));
    try (Stream<Path> files = Files.list(directory.resolve(lab.changelog(3).name()))) {
      assertThat(files).allMatch(file -> file.getFileName().toString().contains(MirroredChangelogs.SEED));
    }
  }

  @Test
  void aSeededChangelogIsWrittenOnAndReadInOrderByTheNextProcessToo() throws IOException {
    writeAndDie(lab.process());
    StreamSpec state = lab.changelog(3);
    TopicStreams resumed = lab.process();
    resumed.ensure(state);
    String next = "000002-c0";
    try (StreamWriter checkpoints = resumed.openWriter(lab.checkpoints(), next, NEW);
        StreamWriter writer = resumed.openWriter(state, next, NEW)) {
      append(writer, 7, 115, 120);
      resumed.publish(state, next, writer.write());
      assertThat(all(resumed, state, 7)).as("a task sees its own state at once").isEqualTo(range(100, 120));
      writer.flush();
      lab.commit(resumed, checkpoints, next, 3);
    }
    TopicStreams third = lab.process();
    third.ensure(state);
    assertThat(all(third, state, 7)).isEqualTo(range(100, 120));
  }

  @Test
  void withinAProcessAnAttemptGoesOnFromTheCommittedLengths() throws IOException {
    TopicStreams streams = lab.process();
    StreamSpec state = lab.changelog(3);
    long[] committed = writeAndDie(streams);
    assertThat(streams.lanes(state)).containsExactly(LANE);
    streams.cut(state, LANE, committed);
    streams.publish(state, LANE, committed);
    assertThat(streams.published(state)).containsOnlyKeys(LANE);
    assertCommitted(streams, state);
  }

  @Test
  void aTaskThatHasEndedLeavesNothingForTheNextProcess() throws IOException {
    TopicStreams streams = lab.process();
    StreamSpec state = lab.changelog(3);
    writeAndDie(streams);
    for (int partition = 4; partition < 8; partition++) {
      streams.drop(state, partition);
    }
    Await.until("the records of task 1 are gone", Duration.ofSeconds(20),
        () -> cluster.topics().beginOffsets(state.name()).get(1) > 0);
    TopicStreams resumed = lab.process();
    resumed.ensure(state);
    assertThat(all(resumed, state, 7)).isEmpty();
    assertThat(all(resumed, state, 0)).isEqualTo(range(0, 10));
  }

  @Test
  void aChangelogThatIsGoneIsMissed() throws IOException {
    long[] committed = writeAndDie(lab.process());
    cluster.topics().delete(lab.changelog(3).name());
    TopicStreams resumed = lab.process();
    assertThat(resumed.lanes(lab.changelog(3))).isEmpty();
    assertThatThrownBy(() -> resumed.cut(lab.changelog(3), LANE, committed))
        .isInstanceOf(DamagedStreamException.class).hasMessageContaining("is gone");
  }

  @Test
  void damagedRecordsAreRefused() throws IOException {
    StreamSpec state = lab.changelog(2);
    lab.process().ensure(state);
    cluster.topics().send(state.name(), 1, "no block");
    TopicStreams resumed = lab.process();
    assertThatThrownBy(() -> resumed.ensure(state)).isInstanceOf(DamagedStreamException.class)
        .hasMessageContaining("partition 1 of topic " + state.name() + " at offset 0: no block");
  }

  @Test
  void deletingTakesTopicAndFiles() throws IOException {
    TopicStreams streams = lab.process(directory);
    writeAndDie(streams);
    assertThat(streams.delete(lab.changelog(3).name())).isPositive();
    assertThat(cluster.topics().names()).doesNotContain(lab.changelog(3).name());
    assertThat(directory.resolve(lab.changelog(3).name())).doesNotExist();
    assertThat(streams.delete(lab.changelog(3).name())).isZero();
  }
}
