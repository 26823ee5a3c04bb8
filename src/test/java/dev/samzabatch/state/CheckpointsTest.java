package dev.samzabatch.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.state.CheckpointFact.Kind;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.log.DamagedLogException;
import dev.samzabatch.system.log.LogStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  private static final StreamSpec CHECKPOINTS =
      new StreamSpec("job-checkpoint-run", StreamSpec.Kind.CHECKPOINT, CheckpointFact.SCHEMA, 1);
  private static final StreamSpec ROWS =
      new StreamSpec("job-rows-run", StreamSpec.Kind.INTERMEDIATE, Schema.of(Field.required("v", ScalarType.LONG)), 3);

  @TempDir
  Path directory;

  private static CheckpointFact fact(Kind kind, String task, long a) {
    return new CheckpointFact(kind, task, "name of it", 1, a, -a, Long.MIN_VALUE + a);
  }

  private static void write(Path directory, String lane, List<List<CheckpointFact>> checkpoints) throws IOException {
    try (LogStreams streams = new LogStreams(directory);
        CheckpointLog log = new CheckpointLog(streams, CHECKPOINTS, lane)) {
      for (List<CheckpointFact> facts : checkpoints) {
        log.append(facts);
      }
    }
  }

  private static Checkpoints read(Path directory) throws IOException {
    try (LogStreams streams = new LogStreams(directory)) {
      Checkpoints checkpoints = new Checkpoints(streams, CHECKPOINTS);
      checkpoints.readAll();
      return checkpoints;
    }
  }

  private static Path file(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(CHECKPOINTS.name()))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void theLastCheckpointOfATaskCountsAndSplitsAddUp() throws IOException {
    new LogStreams(directory).create(CHECKPOINTS);
    CheckpointFact split = fact(Kind.SPLIT_READ, "a", 0);
    CheckpointFact later = fact(Kind.SPLIT_READ, "a", 1);
    write(directory, "000001-c0", List.of(
        List.of(split, fact(Kind.ROWS, "a", 5)),
        List.of(fact(Kind.ROWS, "b", 6)),
        List.of(later, fact(Kind.ROWS, "a", 7))));
    Checkpoints read = read(directory);
    assertThat(read.tasks().get("a").facts()).containsExactly(split, later, fact(Kind.ROWS, "a", 7));
    assertThat(read.tasks().get("b").facts()).containsExactly(fact(Kind.ROWS, "b", 6));
    assertThat(read.count()).isEqualTo(3);
  }

  @Test
  void lanesOfALaterAttemptComeLater() throws IOException {
    new LogStreams(directory).create(CHECKPOINTS);
    write(directory, "000002-c0", List.of(List.of(fact(Kind.ROWS, "a", 2))));
    write(directory, "000001-c1", List.of(List.of(fact(Kind.ROWS, "a", 1))));
    assertThat(read(directory).tasks().get("a").facts()).containsExactly(fact(Kind.ROWS, "a", 2));
  }

  @Test
  void lengthsOfALaneAreThoseDeclaredLast() throws IOException {
    new LogStreams(directory).create(CHECKPOINTS);
    write(directory, "000001-c0", List.of(
        List.of(new CheckpointFact(Kind.LANE, "", ROWS.name(), 0, 10, 0, 0),
            new CheckpointFact(Kind.LANE, "", ROWS.name(), 2, 20, 0, 0)),
        List.of(new CheckpointFact(Kind.LANE, "", ROWS.name(), 2, 30, 0, 0))));
    assertThat(read(directory).lengths("000001-c0", ROWS)).containsExactly(10, 0, 30);
  }

  @Test
  void aCheckpointOfManyFactsIsWhole() throws IOException {
    new LogStreams(directory).create(CHECKPOINTS);
    List<CheckpointFact> facts = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      facts.add(fact(Kind.LANE_POSITION, "a", i));
    }
    write(directory, "000001-c0", List.of(facts));
    assertThat(read(directory).tasks().get("a").facts()).isEqualTo(facts);
  }

  @Property(tries = 60)
  void aFileThatIsCutGivesTheCheckpointsBeforeTheCut(@ForAll @IntRange(min = 1, max = 6) int count,
      @ForAll Random random) throws IOException {
    Path own = Files.createTempDirectory("checkpoints");
    List<Long> ends = writeOneByOne(own, count, random);
    Path file = file(own);
    int kept = random.nextInt((int) Files.size(file) + 1);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), kept));
    long whole = ends.stream().filter(e -> e <= kept).count();
    assertThat(read(own).count()).isEqualTo(whole);
  }

  @Property(tries = 60)
  void aFlippedByteCostsTheLastCheckpointOrIsToldWithItsFile(@ForAll @IntRange(min = 1, max = 6) int count,
      @ForAll Random random) throws IOException {
    Path own = Files.createTempDirectory("checkpoints");
    List<Long> ends = writeOneByOne(own, count, random);
    Path file = file(own);
    byte[] bytes = Files.readAllBytes(file);
    int at = random.nextInt(bytes.length);
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, bytes);
    long lastStarts = count == 1 ? 0 : ends.get(count - 2);
    if (at >= lastStarts && count > 1) {
      assertThat(read(own).count()).isEqualTo(count - 1);
    } else if (count > 1) {
      assertThatThrownBy(() -> read(own)).isInstanceOf(DamagedLogException.class)
          .hasMessageContaining(file.getFileName().toString());
    }
  }

  /** Writes checkpoints, and gives the length of the file after each. */
  private static List<Long> writeOneByOne(Path own, int count, Random random) throws IOException {
    List<Long> ends = new ArrayList<>();
    try (LogStreams streams = new LogStreams(own)) {
      streams.create(CHECKPOINTS);
      try (CheckpointLog log = new CheckpointLog(streams, CHECKPOINTS, "000001-c0")) {
        for (int i = 0; i < count; i++) {
          List<CheckpointFact> facts = new ArrayList<>();
          for (int n = random.nextInt(20); n >= 0; n--) {
            facts.add(fact(Kind.ROWS, "task" + random.nextInt(3), random.nextLong()));
          }
          log.append(facts);
          ends.add(Files.size(file(own)));
        }
      }
    }
    return ends;
  }
}
