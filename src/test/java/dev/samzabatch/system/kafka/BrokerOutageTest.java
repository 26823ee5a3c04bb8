package dev.samzabatch.system.kafka;

import static dev.samzabatch.system.kafka.TopicLab.NEW;
import static dev.samzabatch.system.kafka.TopicLab.all;
import static dev.samzabatch.system.kafka.TopicLab.append;
import static dev.samzabatch.system.kafka.TopicLab.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.UserException;
import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Internal streams whose only broker goes, for a while or for good. */
class BrokerOutageTest {

  private static final String LANE = "000001-c0";

  @Test
  void aBrokerThatComesBackInTimeIsWaitedForByWritersAndReaders() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.start(1);
        TopicLab lab = TopicLab.open(cluster.bootstrap(), Duration.ofSeconds(60))) {
      StreamSpec stream = lab.rows(1);
      TopicStreams streams = started(lab, stream);
      try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
          StreamWriter writer = streams.openWriter(stream, LANE, NEW);
          StreamReader reader = streams.openReader(stream, 0, 1024)) {
        append(writer, 0, 0, 10);
        writer.flush();
        lab.commit(streams, checkpoints, LANE, 1);
        append(writer, 0, 10, 20);
        writer.flush();
        cluster.kill(0);
        CompletableFuture<Void> back = CompletableFuture.runAsync(() -> restart(cluster));
        CompletableFuture<List<Object>> read = CompletableFuture.supplyAsync(() -> rest(reader));
        lab.commit(streams, checkpoints, LANE, 2);
        back.get();
        List<Object> all = new ArrayList<>(read.get());
        all.addAll(rest(reader));
        assertThat(all).isEqualTo(range(0, 20));
        append(writer, 0, 20, 30);
        writer.flush();
        lab.commit(streams, checkpoints, LANE, 3);
      }
      assertThat(all(lab.process(), stream, 0)).isEqualTo(range(0, 30));
    }
  }

  private static void restart(KafkaCluster cluster) {
    try {
      cluster.restart(0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Object> rest(StreamReader reader) {
    try {
      return TopicLab.rest(reader);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TopicStreams started(TopicLab lab, StreamSpec stream) throws IOException {
    TopicStreams streams = lab.process();
    streams.ensure(stream);
    streams.ensure(lab.checkpoints());
    return streams;
  }

  @Test
  void aBrokerThatStaysAwayIsNamedAndWhatWasCommittedIsThereWhenItIsBack() throws IOException {
    try (KafkaCluster cluster = KafkaCluster.start(1);
        TopicLab hasty = TopicLab.open(cluster.bootstrap(), Duration.ofSeconds(3))) {
      StreamSpec stream = hasty.rows(1);
      TopicStreams streams = started(hasty, stream);
      try (StreamWriter checkpoints = streams.openWriter(hasty.checkpoints(), LANE, NEW);
          StreamWriter writer = streams.openWriter(stream, LANE, NEW);
          StreamReader reader = streams.openReader(stream, 0, 1024)) {
        append(writer, 0, 0, 10);
        writer.flush();
        hasty.commit(streams, checkpoints, LANE, 1);
        append(writer, 0, 10, 20);
        writer.flush();
        cluster.kill(0);
        assertThatThrownBy(() -> hasty.commit(streams, checkpoints, LANE, 2)).isInstanceOf(UserException.class)
            .hasMessageContaining("SB-4301").hasMessageContaining(cluster.bootstrap());
        assertThatThrownBy(() -> TopicLab.rest(reader)).isInstanceOf(UserException.class)
            .hasMessageContaining("SB-4301").hasMessageContaining(stream.name());
      }
      cluster.restart(0);
      // It answers before it has found out what becomes of open transactions, which may take longer than the timeout.
      Await.until("the lanes", Duration.ofSeconds(60), () -> hasLanes(hasty));
      TopicStreams resumed = hasty.process();
      List<Object> checkpoints = new ArrayList<>(all(resumed, hasty.checkpoints(), 0));
      assertThat(all(resumed, stream, 0)).as("as many as there are checkpoints")
          .isEqualTo(range(0, 10L * checkpoints.size()));
    }
  }

  private static boolean hasLanes(TopicLab lab) {
    try {
      return lab.process().lanes(lab.checkpoints()).equals(List.of(LANE));
    } catch (UserException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLeaderThatIsLostIsReplacedAndTheDeadAreFencedWithoutIt() throws IOException {
    try (KafkaCluster cluster = KafkaCluster.start(3);
        TopicLab lab = TopicLab.open(cluster.bootstrap(), Duration.ofSeconds(60))) {
      StreamSpec stream = lab.rows(1);
      TopicStreams streams = started(lab, stream);
      try (StreamWriter checkpoints = streams.openWriter(lab.checkpoints(), LANE, NEW);
          StreamWriter writer = streams.openWriter(stream, LANE, NEW);
          StreamReader reader = streams.openReader(stream, 0, 1024)) {
        for (int commit = 0; commit < 10; commit++) {
          append(writer, 0, 10L * commit, 10L * commit + 10);
          writer.flush();
          if (commit == 3) {
            cluster.kill(cluster.leaderOf(stream.name(), 0));
          }
          lab.commit(streams, checkpoints, LANE, commit);
        }
        assertThat(TopicLab.rest(reader)).isEqualTo(range(0, 100));
        append(writer, 0, 100, 110);
        writer.flush();
        TopicStreams resumed = lab.process();
        assertThat(resumed.lanes(lab.checkpoints())).containsExactly(LANE);
        assertThatThrownBy(() -> lab.commit(streams, checkpoints, LANE, 11)).isInstanceOf(IOException.class);
        assertThat(all(resumed, stream, 0)).isEqualTo(range(0, 100));
      }
    }
  }
}
