package dev.samzabatch.system.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.EndOfStream;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.Values;
import dev.samzabatch.system.Block;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogDumpTest {

  private static final Schema SCHEMA = SchemaText.parse("id long, name string null");

  @TempDir
  Path streams;

  @BeforeEach
  void writeTwoLanes() throws IOException {
    LogStreams log = new LogStreams(streams);
    StreamSpec stream = new StreamSpec("s", StreamSpec.Kind.INTERMEDIATE, SCHEMA, 2);
    log.create(stream);
    for (String lane : List.of("c1", "c0")) {
      try (StreamWriter writer = log.openWriter(stream, lane, new long[0])) {
        RecordBatch batch = Values.batch(SCHEMA, List.of(Arrays.asList(1L, lane), Arrays.asList(2L, null)));
        writer.append(1, batch, new int[] {0, 1}, 0, 2);
        writer.flush();
        writer.endOfStream("task of " + lane);
        writer.flush();
      }
    }
  }

  @Test
  void everythingIsShownByPartitionAndLaneWithoutAnythingPublished() throws IOException {
    try (LogDump dump = new LogDump(streams, "s")) {
      assertThat(all(dump)).containsExactly(
          "0 c0 EndOfStream[task=task of c0]",
          "0 c1 EndOfStream[task=task of c1]",
          "1 c0 [[1, c0], [2, null]]",
          "1 c0 EndOfStream[task=task of c0]",
          "1 c1 [[1, c1], [2, null]]",
          "1 c1 EndOfStream[task=task of c1]");
      assertThat(dump.tails()).isEmpty();
    }
  }

  @Test
  void offsetsAreThoseOfTheBlocks() throws IOException {
    try (LogDump dump = new LogDump(streams, "s")) {
      dump.next();
      dump.next();
      LogDump.Entry batch = dump.next();
      assertThat(batch.offset()).isEqualTo(LogFileHeader.read(streams.resolve("s/p1-c0.0.log")).length());
      byte[] file = Files.readAllBytes(streams.resolve("s/p1-c0.0.log"));
      assertThat(new String(file, (int) batch.offset(), 4, StandardCharsets.US_ASCII)).isEqualTo("SBlk");
      LogDump.Entry end = dump.next();
      assertThat(file.length - end.offset()).isEqualTo(Block.of(new EndOfStream("task of c0")).length);
    }
  }

  @Test
  void aTornTailIsToldAndTheOtherFilesAreShown() throws IOException {
    Path torn = streams.resolve("s/p1-c0.0.log");
    long length = Files.size(torn);
    Files.write(torn, Arrays.copyOf(Files.readAllBytes(streams.resolve("s/p1-c1.0.log")), 15),
        StandardOpenOption.APPEND);
    Path empty = streams.resolve("s/p0-c1.0.log");
    Files.write(empty, new byte[0]);
    try (LogDump dump = new LogDump(streams, "s")) {
      assertThat(all(dump)).hasSize(5).last().isEqualTo("1 c1 EndOfStream[task=task of c1]");
      assertThat(dump.tails()).containsExactly(
          new LogDump.Tail(empty, 0, 0, "no stream file"),
          new LogDump.Tail(torn, length, 15, "the block is cut off: 20 bytes, of which 15 are there"));
    }
  }

  @Test
  void aStreamThatDoesNotExistIsNotFound() {
    assertThatThrownBy(() -> new LogDump(streams, "t")).isInstanceOf(NoSuchFileException.class);
  }

  private static List<String> all(LogDump dump) throws IOException {
    List<String> all = new ArrayList<>();
    for (LogDump.Entry entry = dump.next(); entry != null; entry = dump.next()) {
      Object item = entry.item() instanceof RecordBatch batch ? Values.rows(batch) : entry.item();
      all.add(entry.partition() + " " + entry.lane() + " " + item);
    }
    return all;
  }
}
