package dev.samzabatch.system.kafka;

import static dev.samzabatch.system.kafka.TopicLab.NEW;
import static dev.samzabatch.system.kafka.TopicLab.NUMBERS;
import static dev.samzabatch.system.kafka.TopicLab.range;
import static dev.samzabatch.system.kafka.TopicLab.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Values;
import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamSpec.Kind;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changelogs of a single part that are begun anew, and what restarts and resumes find of them. */
class BegunAnewTest {

  private final TopicLab lab = TopicLab.open();
  private final StreamSpec state = new StreamSpec("lab-state-" + lab.run, Kind.CHANGELOG, NUMBERS, 2);
  private final List<StreamWriter> open = new ArrayList<>();

  @AfterEach
  void closeLab() throws IOException {
    for (StreamWriter writer : open) {
      writer.close();
    }
    lab.close();
  }

  /** An attempt of the container of task 1, which goes on from what the last commit said. */
  private final class Attempt {

    private final TopicStreams streams;
    private final String lane;
    private final StreamWriter checkpoints;
    private final StreamWriter writer;
    private final Changelog log;

    Attempt(TopicStreams streams, String lane, Map<String, LanePosition> start) throws IOException {
      this.streams = streams;
      this.lane = lane;
      streams.ensure(lab.checkpoints());
      streams.ensure(state);
      checkpoints = streams.openWriter(lab.checkpoints(), lane, NEW);
      writer = streams.openWriter(state, lane, NEW);
      open.addAll(List.of(writer, checkpoints));
      log = new Changelog(streams, state, lane, s -> writer, 1, 1);
      log.startAt(start);
    }

    void append(long from, long to) throws IOException {
      log.append(0, Values.batch(NUMBERS, LongStream.range(from, to).mapToObj(List::of).toList()));
    }

    /** Commits, and gives the lengths of the lane. */
    long[] commit() throws IOException {
      long[] lengths = writer.flush();
      lab.commit(streams, checkpoints, lane, 1);
      streams.publish(state, lane, lengths);
      return lengths;
    }

    List<Object> read() throws IOException {
      try (StreamReader reader = log.read(0)) {
        return rest(reader);
      }
    }

    void close() throws IOException {
      writer.close();
      checkpoints.close();
      open.removeAll(List.of(writer, checkpoints));
    }
  }

  private TopicStreams process() throws IOException {
    return lab.process(1);
  }

  /** What the next process finds when it is told where reading began in this one. */
  private List<Object> next(Map<String, LanePosition> start) throws IOException {
    return new Attempt(process(), "000009-c0", start).read();
  }

  @Test
  void theNextProcessFindsOnlyWhatReplacedTheForgotten() throws IOException {
    Attempt first = new Attempt(process(), "000001-c0", Map.of());
    first.append(0, 10);
    first.commit();
    first.log.beginAnew();
    first.append(100, 103);
    first.commit();
    assertThat(first.read()).isEqualTo(range(100, 103));
    assertThat(next(first.log.start())).isEqualTo(range(100, 103));
  }

  @Test
  void whatIsBegunAnewButNotCommittedIsAsItWas() throws IOException {
    Attempt first = new Attempt(process(), "000001-c0", Map.of());
    first.append(0, 10);
    first.commit();
    Map<String, LanePosition> committed = first.log.start();
    first.log.beginAnew();
    first.append(100, 103);
    first.writer.flush();
    assertThat(next(committed)).isEqualTo(range(0, 10));
  }

  @Test
  void whatIsBegunAnewWithNothingIsEmpty() throws IOException {
    Attempt first = new Attempt(process(), "000001-c0", Map.of());
    first.append(0, 10);
    first.commit();
    first.log.beginAnew();
    first.commit();
    assertThat(first.read()).isEmpty();
    assertThat(next(first.log.start())).isEmpty();
  }

  @Test
  void processesThatBeginAnewOneAfterTheOtherNeitherSkipNorDouble() throws IOException {
    Map<String, LanePosition> start = Map.of();
    for (int number = 0; number < 3; number++) {
      Attempt process = new Attempt(process(), "00000" + (number + 1) + "-c0", start);
      assertThat(process.read()).isEqualTo(number == 0 ? List.of() : range(100L * number - 100, 100L * number - 95));
      process.append(1000, 1500);
      process.commit();
      process.log.beginAnew();
      process.append(100L * number, 100L * number + 5);
      process.commit();
      start = process.log.start();
    }
    assertThat(next(start)).isEqualTo(range(200, 205));
  }

  @Test
  void theNextAttemptInAProcessGoesOnWithItsFiles() throws IOException {
    Attempt dead = new Attempt(process(), "000001-c0", Map.of());
    dead.append(0, 10);
    dead.commit();
    TopicStreams streams = process();
    Attempt first = new Attempt(streams, "000002-c0", Map.of());
    first.append(10, 20);
    first.commit();
    first.log.beginAnew();
    first.append(100, 103);
    long[] committed = first.commit();
    Map<String, LanePosition> start = first.log.start();
    first.log.beginAnew();
    first.append(200, 203);
    first.writer.flush();
    first.close();
    streams.cut(state, "000002-c0", committed);
    streams.publish(state, "000002-c0", committed);
    Attempt second = new Attempt(streams, "000003-c0", start);
    assertThat(second.read()).isEqualTo(range(100, 103));
    second.append(103, 105);
    second.commit();
    assertThat(next(start)).isEqualTo(range(100, 105));
  }

  @Test
  void whatIsForgottenIsDeletedFromTheTopicBehindTheCommit() throws IOException {
    Attempt first = new Attempt(process(), "000001-c0", Map.of());
    first.append(0, 10);
    first.commit();
    first.log.beginAnew();
    first.append(100, 103);
    first.log.dropForgotten();
    first.commit();
    assertThat(KafkaCluster.shared().topics().beginOffsets(state.name()).get(1)).as("before").isZero();
    first.log.beginAnew();
    first.append(200, 203);
    first.commit();
    first.log.dropForgotten();
    Await.until("the forgotten records are gone", Duration.ofSeconds(20),
        () -> KafkaCluster.shared().topics().beginOffsets(state.name()).get(1) > 3);
    assertThat(next(first.log.start())).isEqualTo(range(200, 203));
  }
}
