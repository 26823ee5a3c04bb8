package dev.samzabatch.system.log;

import static dev.samzabatch.system.log.LogLab.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.EndOfStream;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Values;
import dev.samzabatch.system.LanePosition;
import dev.samzabatch.system.StreamReader;
import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Lanes of several files, of which the first ones go as they have been read. */
class LogSegmentsTest {

  private static final StreamSpec STREAM = LogLab.spec(1);

  @Test
  void aLaneIsARowOfSegmentsNamedByTheirOffset() throws IOException {
    try (LogLab lab = LogLab.open(1)) {
      LogStreams streams = lab.streams();
      List<Long> ends = LogLab.blocks(streams, "c0", 3, 1, 2);
      assertThat(lab.files()).containsExactlyInAnyOrder(
          "p0-c0.0.log", "p0-c0." + ends.get(0) + ".log", "p0-c0." + ends.get(1) + ".log");
      assertThat(lab.size()).as("a length counts the headers too").isEqualTo(ends.get(2));
      streams.publish(STREAM, "c0", new long[] {ends.get(2)});
      assertThat(LogLab.all(streams, STREAM, 0)).isEqualTo(range(0, 6));
      try (LogDump dump = new LogDump(lab.directory, "s")) {
        List<Object> shown = new ArrayList<>();
        for (LogDump.Entry entry = dump.next(); entry != null; entry = dump.next()) {
          shown.add(Values.rows((RecordBatch) entry.item()).size());
          assertThat(entry.offset()).isBetween(shown.size() == 1 ? 0 : ends.get(shown.size() - 2), ends.get(2));
        }
        assertThat(shown).containsExactly(3, 1, 2);
        assertThat(dump.tails()).isEmpty();
      }
      assertThat(streams.delete("s")).isEqualTo(ends.get(2));
      assertThat(streams.names()).isEmpty();
    }
  }

  @Test
  void whatHasBeenReadIsDroppedAndTheRestIsStillThere() throws IOException {
    try (LogLab lab = LogLab.open(1)) {
      LogStreams streams = lab.streams();
      List<Long> ends = LogLab.blocks(streams, "c0", 3, 1, 2, 4);
      streams.publish(STREAM, "c0", new long[] {ends.get(3)});
      try (StreamReader reader = streams.openReader(STREAM, 0, 64)) {
        reader.poll();
        reader.poll();
        Map<String, LanePosition> committed = reader.position();
        long before = lab.size();
        assertThat(streams.dropBefore(STREAM, 0, committed)).isEqualTo(ends.get(0));
        assertThat(lab.size()).isEqualTo(before - ends.get(0));
        assertThat(lab.files()).hasSize(3);
        assertThat(LogLab.rest(reader)).isEqualTo(range(4, 10));
        reader.seek(committed);
        assertThat(LogLab.rest(reader)).isEqualTo(range(4, 10));
        assertThat(streams.dropBefore(STREAM, 0, reader.position())).as("the last segment may still grow")
            .isEqualTo(ends.get(2) - ends.get(0));
        assertThat(lab.files()).containsExactly("p0-c0." + ends.get(2) + ".log");
      }
      LogStreams resumed = lab.streams();
      resumed.cut(STREAM, "c0", new long[] {ends.get(3)});
      try (StreamWriter writer = resumed.openWriter(STREAM, "c0", new long[] {ends.get(3)})) {
        LogLab.append(writer, 0, 10, 12);
        resumed.publish(STREAM, "c0", writer.flush());
      }
      try (StreamReader reader = resumed.openReader(STREAM, 0, 64)) {
        reader.seek(Map.of("c0", new LanePosition(ends.get(3), 0)));
        assertThat(LogLab.rest(reader)).isEqualTo(range(10, 12));
      }
    }
  }

  @Test
  void whatWasReadToItsCommittedEndMayBeDroppedBeforeTheRestIsCutOff() throws IOException {
    try (LogLab lab = LogLab.open(1)) {
      LogStreams streams = lab.streams();
      List<Long> ends = LogLab.blocks(streams, "c0", 3, 1, 2);
      long[] committed = {ends.get(1)};
      streams.publish(STREAM, "c0", committed);
      Map<String, LanePosition> read = Map.of("c0", new LanePosition(ends.get(1), 0));
      streams.dropBefore(STREAM, 0, read);
      for (int time = 0; time < 2; time++) {
        LogStreams resumed = lab.streams();
        resumed.cut(STREAM, "c0", committed);
        resumed.publish(STREAM, "c0", committed);
        try (StreamReader reader = resumed.openReader(STREAM, 0, 64)) {
          reader.seek(read);
          assertThat(LogLab.rest(reader)).isEmpty();
        }
        resumed.dropBefore(STREAM, 0, read);
      }
    }
  }

  @Test
  void aReaderThatWantsDroppedBytesIsToldSo() throws IOException {
    try (LogLab lab = LogLab.open(1)) {
      LogStreams streams = lab.streams();
      List<Long> ends = LogLab.blocks(streams, "c0", 3, 1, 2);
      streams.publish(STREAM, "c0", new long[] {ends.get(2)});
      streams.dropBefore(STREAM, 0, Map.of("c0", new LanePosition(ends.get(1), 0)));
      assertThatThrownBy(() -> LogLab.all(streams, STREAM, 0)).isInstanceOf(DamagedLogException.class)
          .hasMessageContaining("from 0 on were dropped or lost: the lane begins at byte " + ends.get(0));
      streams.drop(STREAM, 0);
      assertThatThrownBy(() -> LogLab.all(streams, STREAM, 0)).isInstanceOf(DamagedLogException.class)
          .hasMessageContaining("from 0 on were dropped or lost: nothing of the lane is there");
    }
  }

  @Test
  void aDroppedPartitionGivesItsSpaceBackAndTakesNothingMore() throws IOException {
    StreamSpec stream = LogLab.spec(2);
    try (LogLab lab = LogLab.open(1)) {
      LogStreams streams = lab.streams();
      streams.create(stream);
      long[] lengths;
      try (StreamWriter writer = streams.openWriter(stream, "c0", LogLab.NEW)) {
        LogLab.append(writer, 0, 0, 5);
        LogLab.append(writer, 1, 5, 9);
        writer.flush();
        LogLab.append(writer, 0, 9, 10);
        lengths = writer.flush();
        streams.publish(stream, "c0", lengths);
        assertThat(streams.drop(stream, 0)).isEqualTo(lengths[0]);
        assertThat(streams.drop(stream, 0)).isZero();
        assertThat(lab.size()).isEqualTo(lengths[1]);
        assertThat(writer.flush()).isEqualTo(lengths);
        assertThat(openButDeleted(lab)).as("files that still take space").isEmpty();
        assertThatThrownBy(() -> {
          LogLab.append(writer, 0, 10, 11);
          writer.flush();
        }).isInstanceOf(IllegalStateException.class).hasMessageContaining("has been dropped");
      }
      LogStreams resumed = lab.streams();
      resumed.cut(stream, "c0", lengths);
      resumed.publish(stream, "c0", lengths);
      assertThat(LogLab.all(resumed, stream, 1)).isEqualTo(range(5, 9));
      assertThat(resumed.drop(stream, 1)).isEqualTo(lengths[1]);
      resumed.cut(stream, "c0", lengths);
      assertThat(resumed.delete("s")).isZero();
      assertThat(resumed.names()).isEmpty();
    }
  }

  /** Files of the lab that are deleted and still open, where the system tells. */
  private static List<String> openButDeleted(LogLab lab) throws IOException {
    List<String> found = new ArrayList<>();
    File[] open = new File("/proc/self/fd").listFiles();
    for (File one : open == null ? new File[0] : open) {
      try {
        String target = Files.readSymbolicLink(one.toPath()).toString();
        if (target.startsWith(lab.directory.toString()) && target.endsWith("(deleted)")) {
          found.add(target);
        }
      } catch (NoSuchFileException e) {
        assertThat(one).as("closed in between").doesNotExist();
      }
    }
    return found;
  }

  @Test
  void droppingWhatNeverHadAnythingLeavesNothing() throws IOException {
    try (LogLab lab = LogLab.open(1)) {
      LogStreams streams = lab.streams();
      assertThat(streams.drop(STREAM, 0)).as("a stream that was never created").isZero();
      streams.create(STREAM);
      assertThat(streams.drop(STREAM, 0)).isZero();
      assertThat(lab.files()).isEmpty();
    }
  }

  @Test
  void cuttingFindsWhatIsMissing() throws IOException {
    try (LogLab lab = LogLab.open(1)) {
      LogStreams streams = lab.streams();
      List<Long> ends = LogLab.blocks(streams, "c0", 3, 1, 2);
      long[] all = {ends.get(2)};
      assertThatThrownBy(() -> streams.cut(STREAM, "c0", new long[] {ends.get(2) + 1}))
          .isInstanceOf(DamagedLogException.class).hasMessageContaining("the file ends here, but ");
      streams.cut(STREAM, "c0", all);
      byte[] middle = Files.readAllBytes(lab.file("p0-c0." + ends.get(0) + ".log"));
      Files.delete(lab.file("p0-c0." + ends.get(0) + ".log"));
      assertThatThrownBy(() -> streams.cut(STREAM, "c0", all)).isInstanceOf(DamagedLogException.class)
          .hasMessageContaining("from " + ends.get(0) + " to " + ends.get(1) + " are missing");
      Files.write(lab.file("p0-c0." + ends.get(0) + ".log"), middle);
      streams.cut(STREAM, "c0", new long[] {ends.get(0)});
      assertThat(lab.files()).containsExactly("p0-c0.0.log");
      streams.cut(STREAM, "c0", new long[1]);
      assertThat(lab.files()).isEmpty();
      assertThatThrownBy(() -> streams.cut(STREAM, "c0", all)).isInstanceOf(DamagedLogException.class)
          .hasMessageContaining("is gone, but " + ends.get(2) + " bytes of the lane were committed");
    }
  }

  @Test
  void aSegmentThatIsGoneOrShortIsFoundByReading() throws IOException {
    try (LogLab lab = LogLab.open(1)) {
      LogStreams streams = lab.streams();
      List<Long> ends = LogLab.blocks(streams, "c0", 3, 1, 2);
      streams.publish(STREAM, "c0", new long[] {ends.get(2)});
      try (FileChannel last = FileChannel.open(lab.file("p0-c0." + ends.get(1) + ".log"), StandardOpenOption.WRITE)) {
        last.truncate(LogFileHeader.of(STREAM, 0, "c0", ends.get(1)).length());
      }
      assertThatThrownBy(() -> LogLab.all(streams, STREAM, 0)).isInstanceOf(DamagedLogException.class)
          .hasMessageContaining("p0-c0." + ends.get(1) + ".log at byte ").hasMessageContaining("the file ends here");
      Files.delete(lab.file("p0-c0." + ends.get(0) + ".log"));
      assertThatThrownBy(() -> LogLab.all(streams, STREAM, 0)).isInstanceOf(DamagedLogException.class)
          .hasMessageContaining("p0-c0.0.log at byte " + ends.get(0));
    }
  }

  @Test
  void everyTruncationAndEveryFlippedByteOfACommittedLaneIsFound() throws IOException {
    try (LogLab lab = LogLab.open(1)) {
      List<Long> ends = LogLab.blocks(lab.streams(), "c0", 3, 1, 2);
      long[] lengths = {ends.get(2)};
      for (String name : lab.files()) {
        byte[] whole = Files.readAllBytes(lab.file(name));
        for (int at = 0; at < whole.length; at++) {
          Files.write(lab.file(name), Arrays.copyOf(whole, at));
          assertDamaged(lab, lengths, name + " cut off at " + at);
          assertThatThrownBy(() -> lab.streams().cut(STREAM, "c0", lengths)).as("%s cut off at %d", name, at)
              .isInstanceOf(DamagedLogException.class);
          byte[] flipped = whole.clone();
          flipped[at] ^= (byte) (1 << at % 8);
          Files.write(lab.file(name), flipped);
          assertDamaged(lab, lengths, name + " flipped at " + at);
        }
        Files.write(lab.file(name), whole);
      }
      LogStreams streams = lab.streams();
      streams.publish(STREAM, "c0", lengths);
      assertThat(LogLab.all(streams, STREAM, 0)).isEqualTo(range(0, 6));
    }
  }

  private static void assertDamaged(LogLab lab, long[] lengths, String what) {
    LogStreams streams = lab.streams();
    streams.publish(STREAM, "c0", lengths);
    assertThatThrownBy(() -> LogLab.all(streams, STREAM, 0)).as(what).isInstanceOf(DamagedLogException.class)
        .hasMessageContaining(lab.file("p0-c0.").toString()).hasMessageContaining(" at byte ");
  }

  @Test
  void aLaneIsCutAndShownWhileItsReaderDropsWhatItHasRead() throws Exception {
    for (int round = 0; round < 5; round++) {
      try (LogLab lab = LogLab.open(1)) {
        LogStreams streams = lab.streams();
        int[] rows = new int[150];
        Arrays.fill(rows, 1);
        List<Long> ends = LogLab.blocks(streams, "c0", rows);
        long[] lengths = {ends.get(149)};
        CompletableFuture<Long> dropping = CompletableFuture.supplyAsync(() -> {
          try {
            long bytes = 0;
            for (long end : ends) {
              bytes += streams.dropBefore(STREAM, 0, Map.of("c0", new LanePosition(end, 0)));
            }
            return bytes + streams.drop(STREAM, 0);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
        while (!dropping.isDone()) {
          streams.cut(STREAM, "c0", lengths);
          try (LogDump dump = new LogDump(lab.directory, "s")) {
            while (dump.next() != null) {
              continue;
            }
            assertThat(dump.tails()).isEmpty();
          }
        }
        assertThat(dropping.get()).isPositive();
        streams.cut(STREAM, "c0", lengths);
        assertThat(lab.files()).containsExactly("p0.dropped");
      }
    }
  }

  @Test
  void lanesAreNamedAndAStreamIsMadeOnlyOnce() throws IOException {
    try (LogLab lab = LogLab.open(1)) {
      LogStreams streams = lab.streams();
      assertThat(streams.lanes(STREAM)).isEmpty();
      LogLab.blocks(streams, "0002-c0", 1, 1);
      LogLab.blocks(streams, "0001-c1.5", 1);
      streams.ensure(STREAM);
      streams.openWriter(STREAM, "0003-c0", LogLab.NEW).close();
      assertThat(streams.lanes(STREAM)).containsExactly("0001-c1.5", "0002-c0");
    }
  }

  /**
   * A writer and a reader of two partitions that commit, drop, crash and come back at random, with a lane of its own
   * for each start of the writer: what the reader gets is everything that was committed, once.
   */
  @Property(tries = 150)
  void nothingIsLostOrDoubledWhateverIsDroppedAndRestarted(
      @ForAll long seed, @ForAll @LongRange(min = 1, max = 2000) long segmentBytes) throws IOException {
    try (LogLab lab = LogLab.open(segmentBytes)) {
      Restarts restarts = new Restarts(lab, new Random(seed));
      for (int step = 0; step < 60; step++) {
        restarts.step();
      }
      restarts.finish();
    }
  }

  /** The writer, the reader, and what is committed of each. */
  private static final class Restarts {
    private final StreamSpec stream = LogLab.spec(2);
    private final LogLab lab;
    private final Random random;
    private final Map<String, long[]> lanes = new TreeMap<>();
    private final List<List<Long>> written = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<List<Long>> committed = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<List<Long>> read = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<List<Long>> readCommitted = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<Map<String, LanePosition>> positions = new ArrayList<>(List.of(Map.of(), Map.of()));
    private final List<StreamReader> readers = new ArrayList<>();
    private LogStreams streams;
    private StreamWriter writer;
    private String lane;
    private long next;

    Restarts(LogLab lab, Random random) throws IOException {
      this.lab = lab;
      this.random = random;
      lab.streams().create(stream);
      start();
    }

    private void start() throws IOException {
      streams = lab.streams();
      for (Map.Entry<String, long[]> old : lanes.entrySet()) {
        streams.cut(stream, old.getKey(), old.getValue());
        streams.publish(stream, old.getKey(), old.getValue());
      }
      lane = String.format("%04d-c0", lanes.size());
      lanes.put(lane, new long[2]);
      writer = streams.openWriter(stream, lane, LogLab.NEW);
      for (int p = 0; p < 2; p++) {
        readers.add(streams.openReader(stream, p, 1 + random.nextInt(64)));
        readers.get(p).seek(positions.get(p));
        reset(read.get(p), readCommitted.get(p));
        reset(written.get(p), committed.get(p));
      }
    }

    private static void reset(List<Long> list, List<Long> to) {
      list.clear();
      list.addAll(to);
    }

    void step() throws IOException {
      int p = random.nextInt(2);
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> {
          int rows = 1 + random.nextInt(200);
          LogLab.append(writer, p, next, next + rows);
          written.get(p).addAll(range(next, next + rows));
          next += rows;
        }
        case 4 -> writer.write();
        case 5, 6 -> commitWriter();
        case 7, 8 -> poll(p);
        case 9, 10 -> commitReader(p);
        default -> crash();
      }
    }

    private void commitWriter() throws IOException {
      long[] lengths = writer.flush();
      streams.publish(stream, lane, lengths);
      lanes.put(lane, lengths);
      for (int p = 0; p < 2; p++) {
        reset(committed.get(p), written.get(p));
      }
    }

    private void poll(int p) throws IOException {
      if (readers.get(p).poll() instanceof RecordBatch batch) {
        Values.rows(batch).forEach(row -> read.get(p).add((Long) row.get(0)));
      }
    }

    private void commitReader(int p) throws IOException {
      positions.set(p, readers.get(p).position());
      reset(readCommitted.get(p), read.get(p));
      long before = lab.size();
      assertThat(streams.dropBefore(stream, p, positions.get(p))).isEqualTo(before - lab.size());
    }

    private void crash() throws IOException {
      close();
      start();
    }

    private void close() throws IOException {
      writer.close();
      for (StreamReader reader : readers) {
        reader.close();
      }
      readers.clear();
    }

    void finish() throws IOException {
      writer.endOfStream("t");
      commitWriter();
      for (int p = 0; p < 2; p++) {
        boolean ended = false;
        for (Object item = readers.get(p).poll(); item != null; item = readers.get(p).poll()) {
          ended |= item instanceof EndOfStream;
          if (item instanceof RecordBatch batch) {
            List<Long> all = read.get(p);
            Values.rows(batch).forEach(row -> all.add((Long) row.get(0)));
          }
        }
        assertThat(ended).isTrue();
        assertThat(read.get(p)).containsExactlyInAnyOrderElementsOf(committed.get(p));
        assertThat(streams.drop(stream, p)).isGreaterThanOrEqualTo(0);
      }
      assertThat(lab.size()).isZero();
      close();
    }
  }
}
