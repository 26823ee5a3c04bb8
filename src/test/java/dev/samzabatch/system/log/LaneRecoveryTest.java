package dev.samzabatch.system.log;

import static dev.samzabatch.system.log.LogLab.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.system.StreamSpec;
import dev.samzabatch.system.StreamWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a crash leaves of a lane of which nobody knows the length. */
class LaneRecoveryTest {

  private static final StreamSpec STREAM = LogLab.spec(1);
  private static final String FILE = "p0-c0.0.log";

  @Test
  void aLaneThatIsCutOffAnywhereHasTheWholeBlocksBeforeThat() throws IOException {
    try (LogLab lab = LogLab.open(LogStreams.SEGMENT_BYTES)) {
      List<Long> ends = LogLab.blocks(lab.streams(), "c0", 3, 1, 5);
      byte[] whole = Files.readAllBytes(lab.file(FILE));
      long[] rows = {0, 3, 4, 9};
      for (int length = 0; length <= whole.length; length++) {
        Files.write(lab.file(FILE), Arrays.copyOf(whole, length));
        int cut = length;
        int intact = (int) ends.stream().filter(end -> end <= cut).count();
        LogStreams streams = lab.streams();
        long[] lengths = streams.recover(STREAM, "c0");
        assertThat(lengths).as("cut off at %d", length).containsExactly(intact == 0 ? 0 : ends.get(intact - 1));
        streams.cut(STREAM, "c0", lengths);
        streams.publish(STREAM, "c0", lengths);
        assertThat(LogLab.all(streams, STREAM, 0)).isEqualTo(range(0, rows[intact]));
      }
    }
  }

  @Test
  void everyFlippedBitIsFoundUnlessItIsInTheLastBlock() throws IOException {
    try (LogLab lab = LogLab.open(LogStreams.SEGMENT_BYTES)) {
      List<Long> ends = LogLab.blocks(lab.streams(), "c0", 3, 1, 5);
      byte[] whole = Files.readAllBytes(lab.file(FILE));
      for (int at = 0; at < whole.length; at++) {
        for (int bit = 0; bit < 8; bit++) {
          byte[] damaged = whole.clone();
          damaged[at] ^= (byte) (1 << bit);
          Files.write(lab.file(FILE), damaged);
          if (at < ends.get(1)) {
            assertThatThrownBy(() -> lab.streams().recover(STREAM, "c0")).as("byte %d bit %d", at, bit)
                .isInstanceOf(DamagedLogException.class).hasMessageContaining(lab.file(FILE) + " at byte ")
                .hasMessageContaining("an intact block begins at byte");
          } else {
            assertThat(lab.streams().recover(STREAM, "c0")).as("byte %d bit %d", at, bit)
                .containsExactly(ends.get(1));
          }
        }
      }
    }
  }

  @Test
  void aDamagedHeadMayClaimAnyLength() throws IOException {
    try (LogLab lab = LogLab.open(LogStreams.SEGMENT_BYTES)) {
      List<Long> ends = LogLab.blocks(lab.streams(), "c0", 3, 1, 5);
      byte[] whole = Files.readAllBytes(lab.file(FILE));
      int middle = (int) (ends.get(0) + 8);
      int last = (int) (ends.get(1) + 8);
      for (int length : new int[] {0, 1, whole.length - middle - 12, 1 << 20, Integer.MAX_VALUE, -1}) {
        byte[] damaged = whole.clone();
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(middle, length);
        Files.write(lab.file(FILE), damaged);
        assertThatThrownBy(() -> lab.streams().recover(STREAM, "c0")).as("length %d", length)
            .isInstanceOf(DamagedLogException.class).hasMessageContaining("at byte " + ends.get(0));
        damaged = whole.clone();
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(last, length);
        Files.write(lab.file(FILE), damaged);
        assertThat(lab.streams().recover(STREAM, "c0")).as("length %d", length).containsExactly(ends.get(1));
      }
    }
  }

  @Test
  void zerosAndOtherRubbishBehindTheLastBlockDoNotCount() throws IOException {
    try (LogLab lab = LogLab.open(LogStreams.SEGMENT_BYTES)) {
      List<Long> ends = LogLab.blocks(lab.streams(), "c0", 3, 1);
      byte[] magic = Arrays.copyOfRange(Files.readAllBytes(lab.file(FILE)), (int) (long) ends.get(0), whole(ends));
      byte[] torn = Arrays.copyOf(magic, magic.length - 1);
      for (byte[] tail : List.of(new byte[1], new byte[4096], new byte[300_000], torn)) {
        Files.write(lab.file(FILE), tail, StandardOpenOption.APPEND);
        assertThat(lab.streams().recover(STREAM, "c0")).containsExactly(ends.get(1));
        lab.streams().cut(STREAM, "c0", new long[] {ends.get(1)});
        assertThat(Files.size(lab.file(FILE))).isEqualTo(ends.get(1));
      }
      Files.write(lab.file(FILE), new byte[200_000]);
      assertThat(lab.streams().recover(STREAM, "c0")).as("nothing but zeros").containsExactly(0);
    }
  }

  private static int whole(List<Long> ends) {
    return (int) (long) ends.get(ends.size() - 1);
  }

  @Test
  void anIntactBlockFarBehindTheDamageIsFoundAlsoInALaterSegment() throws IOException {
    try (LogLab lab = LogLab.open(LogStreams.SEGMENT_BYTES)) {
      LogLab.blocks(lab.streams(), "c0", 3);
      byte[] block = Arrays.copyOfRange(Files.readAllBytes(lab.file(FILE)),
          LogFileHeader.of(STREAM, 0, "c0", 0).length(), (int) Files.size(lab.file(FILE)));
      for (int gap = 65_500; gap < 65_560; gap++) {
        Path file = lab.file(FILE);
        Files.write(file, LogFileHeader.of(STREAM, 0, "c0", 0).bytes());
        Files.write(file, new byte[gap], StandardOpenOption.APPEND);
        Files.write(file, block, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> lab.streams().recover(STREAM, "c0")).as("gap %d", gap)
            .isInstanceOf(DamagedLogException.class);
      }
    }
    try (LogLab lab = LogLab.open(1)) {
      List<Long> ends = LogLab.blocks(lab.streams(), "c0", 3, 1, 2);
      byte[] first = Files.readAllBytes(lab.file(FILE));
      first[first.length - 1] ^= 1;
      Files.write(lab.file(FILE), first);
      assertThatThrownBy(() -> lab.streams().recover(STREAM, "c0")).isInstanceOf(DamagedLogException.class)
          .hasMessageContaining("of p0-c0." + ends.get(0) + ".log");
      Files.delete(lab.file(FILE));
      assertThatThrownBy(() -> lab.streams().recover(STREAM, "c0")).isInstanceOf(DamagedLogException.class)
          .hasMessageContaining("the bytes of the lane from 0 to " + ends.get(0) + " are missing");
    }
  }

  @Property(tries = 300)
  void damageIsRefusedExactlyWhenABlockLiesBehindIt(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int blocks, @ForAll @IntRange(max = 2) int size)
      throws IOException {
    Random random = new Random(seed);
    long[] segmentBytes = {1, 300, LogStreams.SEGMENT_BYTES};
    try (LogLab lab = LogLab.open(segmentBytes[size])) {
      int[] rows = random.ints(blocks, 1, 200).toArray();
      List<Long> ends = LogLab.blocks(lab.streams(), "c0", rows);
      List<StreamDirectory.Segment> segments = new StreamDirectory(lab.directory, "s").segments();
      StreamDirectory.Segment segment = segments.get(random.nextInt(segments.size()));
      byte[] bytes = Files.readAllBytes(segment.path());
      byte[] damaged = damage(bytes, random);
      Files.write(segment.path(), damaged);
      LogStreams streams = lab.streams();
      boolean last = segment.equals(segments.get(segments.size() - 1));
      if (isBlockBehind(ends, segment.start(), bytes, damaged) || !last && damaged.length != bytes.length) {
        assertThatThrownBy(() -> streams.recover(STREAM, "c0")).isInstanceOf(DamagedLogException.class);
        return;
      }
      int first = Arrays.mismatch(bytes, damaged);
      long intact = first < 0 ? ends.get(blocks - 1) : segment.start() + first;
      int kept = (int) ends.stream().filter(end -> end <= intact).count();
      long[] lengths = streams.recover(STREAM, "c0");
      assertThat(lengths).containsExactly(kept == 0 ? 0 : ends.get(kept - 1));
      streams.cut(STREAM, "c0", lengths);
      streams.publish(STREAM, "c0", lengths);
      assertThat(LogLab.all(streams, STREAM, 0)).isEqualTo(range(0, Arrays.stream(rows).limit(kept).sum()));
    }
  }

  /** Whether a whole block of the lane begins behind the last byte that differs. */
  private static boolean isBlockBehind(List<Long> ends, long start, byte[] bytes, byte[] damaged) {
    if (damaged.length != bytes.length || Arrays.equals(bytes, damaged)) {
      return false;
    }
    int at = bytes.length - 1;
    while (bytes[at] == damaged[at]) {
      at--;
    }
    long lastDamaged = start + at;
    long header = LogFileHeader.of(STREAM, 0, "c0", start).length();
    return start + header > lastDamaged || ends.subList(0, ends.size() - 1).stream().anyMatch(e -> e > lastDamaged);
  }

  /** Overwrites some bytes, cuts some off, or appends some. */
  private static byte[] damage(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    byte[] damaged = switch (random.nextInt(3)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(100));
      default -> bytes.clone();
    };
    if (damaged.length == bytes.length) {
      byte[] rubbish = new byte[1 + random.nextInt(50)];
      random.nextBytes(rubbish);
      System.arraycopy(rubbish, 0, damaged, at, Math.min(rubbish.length, bytes.length - at));
    }
    return damaged;
  }

  @Test
  void aLaneThatWasCutCanBeWrittenOn() throws IOException {
    try (LogLab lab = LogLab.open(200)) {
      List<Long> ends = LogLab.blocks(lab.streams(), "c0", 30, 10, 50);
      LogStreams streams = lab.streams();
      long[] committed = {ends.get(1)};
      streams.cut(STREAM, "c0", committed);
      try (StreamWriter writer = streams.openWriter(STREAM, "c0", committed)) {
        LogLab.append(writer, 0, 40, 45);
        streams.publish(STREAM, "c0", writer.flush());
      }
      assertThat(LogLab.all(streams, STREAM, 0)).isEqualTo(range(0, 45));
    }
  }
}
