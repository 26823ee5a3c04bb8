package dev.samzabatch.system.log;

import static dev.samzabatch.system.log.LogLab.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.samzabatch.cli.TinyDisk;
import dev.samzabatch.data.Values;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.Faults;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams whose disk fails. */
class LogFaultsTest {

  private static final StreamSpec STREAM = LogLab.spec(1);
  private static final int BLOCKS = 5;

  @TempDir
  Path temp;

  @AfterEach
  void disarm() {
    Faults.arm("");
  }

  @Test
  void aWriterThatFailedTakesNothingMoreAndAnotherLaneGoesOnWhereItHadFlushed() throws IOException {
    for (FaultPoint point : List.of(FaultPoint.BLOCK_WRITE, FaultPoint.SEGMENT_ROLL, FaultPoint.LANE_SYNC)) {
      boolean failed = true;
      for (int time = 1; failed; time++) {
        try (LogLab lab = LogLab.open(1)) {
          lab.streams().create(STREAM);
          Faults.arm(point + ":enospc:" + time);
          long[] committed = new long[1];
          int blocks = writeUntilItFails(lab, committed);
          failed = blocks < BLOCKS;
          Faults.arm("");
          LogStreams streams = lab.streams();
          streams.cut(STREAM, "c0", committed);
          streams.publish(STREAM, "c0", committed);
          assertThat(LogLab.all(streams, STREAM, 0)).isEqualTo(range(0, 10L * blocks));
          try (StreamWriter writer = streams.openWriter(STREAM, "c1", LogLab.NEW)) {
            LogLab.append(writer, 0, 10L * blocks, 100);
            streams.publish(STREAM, "c1", writer.flush());
          }
          assertThat(LogLab.all(streams, STREAM, 0)).isEqualTo(range(0, 100));
        }
        assertThat(time).as("every step of %s was broken", point).isLessThan(20);
      }
    }
  }

  /** Gives how many blocks were flushed, and their length. */
  private static int writeUntilItFails(LogLab lab, long[] committed) throws IOException {
    try (StreamWriter writer = lab.streams().openWriter(STREAM, "c0", LogLab.NEW)) {
      for (int block = 0; block < BLOCKS; block++) {
        try {
          LogLab.append(writer, 0, 10L * block, 10L * block + 10);
          committed[0] = writer.flush()[0];
        } catch (IOException e) {
          assertThat(e).hasMessageStartingWith("cannot ").hasMessageContaining("No space left on device");
          assertThatThrownBy(writer::flush).isInstanceOf(IOException.class)
              .hasMessageContaining("an earlier write failed");
          return block;
        }
      }
    }
    return BLOCKS;
  }

  @Test
  void aDropThatIsBrokenOffLeavesWhatIsStillToBeReadAndIsFinishedLater() throws IOException {
    for (int time = 1; time <= 3; time++) {
      try (LogLab lab = LogLab.open(1)) {
        LogStreams streams = lab.streams();
        List<Long> ends = LogLab.blocks(streams, "c0", 1, 1, 1, 1);
        long[] lengths = {ends.get(3)};
        Map<String, LanePosition> read = Map.of("c0", new LanePosition(ends.get(2), 0));
        Faults.arm("SEGMENT_DROP:throw:" + time);
        if (time <= 2) {
          assertThatThrownBy(() -> streams.dropBefore(STREAM, 0, read)).hasMessageContaining("injected");
        } else {
          streams.dropBefore(STREAM, 0, read);
        }
        Faults.arm("");
        LogStreams resumed = lab.streams();
        resumed.cut(STREAM, "c0", lengths);
        resumed.publish(STREAM, "c0", lengths);
        try (StreamReader reader = resumed.openReader(STREAM, 0, 10)) {
          reader.seek(read);
          assertThat(LogLab.rest(reader)).containsExactly(3L);
        }
        resumed.dropBefore(STREAM, 0, read);
        assertThat(lab.files()).containsExactlyInAnyOrder(
            "p0-c0." + ends.get(1) + ".log", "p0-c0." + ends.get(2) + ".log");
      }
    }
  }

  @Test
  void aPartitionThatIsHalfDroppedIsDroppedWhenItIsCut() throws IOException {
    for (int time = 1; time <= 3; time++) {
      try (LogLab lab = LogLab.open(1)) {
        LogStreams streams = lab.streams();
        List<Long> ends = LogLab.blocks(streams, "c0", 1, 1, 1);
        Faults.arm("SEGMENT_DROP:throw:" + time);
        assertThatThrownBy(() -> streams.drop(STREAM, 0)).hasMessageContaining("injected");
        Faults.arm("");
        LogStreams resumed = lab.streams();
        resumed.cut(STREAM, "c0", new long[] {ends.get(2)});
        resumed.drop(STREAM, 0);
        assertThat(lab.files()).containsExactly("p0.dropped");
      }
    }
  }

  @Test
  void everyStepOfALanesLifeCanBeBroken() throws IOException {
    try (LogLab lab = LogLab.open(1)) {
      LogStreams streams = lab.streams();
      Faults.arm("STREAM_CREATE:throw,LANE_OPEN:throw,RESTORE_CUT:throw");
      assertThatThrownBy(() -> streams.create(STREAM)).hasMessageContaining("STREAM_CREATE");
      streams.create(STREAM);
      Faults.arm("STREAM_CREATE:throw,LANE_OPEN:throw,RESTORE_CUT:throw");
      streams.ensure(STREAM);
      assertThatThrownBy(() -> streams.openWriter(STREAM, "c0", LogLab.NEW)).hasMessageContaining("LANE_OPEN");
      assertThatThrownBy(() -> streams.cut(STREAM, "c0", new long[1])).hasMessageContaining("RESTORE_CUT");
    }
  }

  @Test
  void aFullDiskIsToldWhatWasFlushedIsReadAndAnotherLaneGoesOnWhenThereIsSpace() throws IOException {
    try (TinyDisk disk = TinyDisk.mount(temp.resolve("disk"))) {
      assumeTrue(disk.isMounted(), "no right to mount a file system");
      LogStreams streams = new LogStreams(temp.resolve("disk/streams"), 1, 50_000);
      streams.create(STREAM);
      disk.fill(50);
      int flushed = 0;
      Random random = new Random(1);
      try (StreamWriter writer = streams.openWriter(STREAM, "c0", LogLab.NEW)) {
        IOException full = null;
        while (full == null) {
          try {
            appendRandom(writer, random);
            streams.publish(STREAM, "c0", writer.flush());
            flushed++;
          } catch (IOException e) {
            full = e;
          }
        }
        assertThat(full).hasMessageStartingWith("cannot write " + temp.resolve("disk/streams/s/p0-c0."))
            .hasMessageContaining("No space left on device");
        assertThatThrownBy(writer::flush).isInstanceOf(IOException.class);
      }
      assertThat(flushed).isPositive();
      assertThat(LogLab.all(streams, STREAM, 0)).hasSize(1000 * flushed);
      disk.empty();
      LogStreams resumed = new LogStreams(temp.resolve("disk/streams"), 1, 50_000);
      long[] committed = streams.published(STREAM).get("c0");
      assertThat(resumed.recover(STREAM, "c0")).as("nothing but what was flushed was written whole")
          .isEqualTo(committed);
      resumed.cut(STREAM, "c0", committed);
      resumed.publish(STREAM, "c0", committed);
      try (StreamWriter writer = resumed.openWriter(STREAM, "c1", LogLab.NEW)) {
        appendRandom(writer, random);
        resumed.publish(STREAM, "c1", writer.flush());
      }
      assertThat(LogLab.all(resumed, STREAM, 0)).hasSize(1000 * (flushed + 1));
    }
  }

  private static void appendRandom(StreamWriter writer, Random random) throws IOException {
    List<List<Object>> rows = Stream.generate(() -> List.<Object>of(random.nextLong())).limit(1000).toList();
    writer.append(0, Values.batch(LogLab.NUMBERS, rows), IntStream.range(0, 1000).toArray(), 0, 1000);
  }
}
