package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ByteChunksTest {

  private static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Property(tries = 300)
  void theWindowHoldsTheBytesAtTheirOffsetsAndLineEndsBehindThem(
      @ForAll long seed, @ForAll @IntRange(max = 500) int length, @ForAll @IntRange(min = 1, max = 64) int window)
      throws IOException {
    Random random = new Random(seed);
    byte[] file = bytes(length, seed);
    int start = random.nextInt(length + 1);
    FileSplit split = new FileSplit(new MemoryFile("in", file), start, start + random.nextInt(length - start + 1));
    try (ByteChunks chunks = ByteChunks.open(split, start, window, 1 << 20)) {
      while (!chunks.atEnd()) {
        int keepFrom = random.nextInt(chunks.limit() + 1);
        long kept = chunks.offset(keepFrom);
        long end = chunks.offset(chunks.limit());
        chunks.fill(keepFrom);
        assertThat(chunks.offset(0)).isEqualTo(kept);
        assertThat(chunks.atEnd() || chunks.offset(chunks.limit()) > end).isTrue();
        byte[] expected = Arrays.copyOfRange(file, (int) kept, (int) chunks.offset(chunks.limit()));
        assertThat(Arrays.copyOf(chunks.array(), chunks.limit())).isEqualTo(expected);
        assertThat(Arrays.copyOfRange(chunks.array(), chunks.limit(), chunks.limit() + ByteChunks.SLACK))
            .containsOnly('\n');
      }
      assertThat(chunks.offset(chunks.limit())).isEqualTo(length);
      assertThat(chunks.bytesRead()).isEqualTo(length - start);
    }
  }

  @Test
  void notMuchIsReadBehindTheEndOfASplit() throws IOException {
    FileSplit split = new FileSplit(new MemoryFile("in", bytes(10 << 20, 1)), 1 << 20, 3 << 20);
    try (ByteChunks chunks = ByteChunks.open(split, split.start())) {
      while (chunks.offset(chunks.limit()) <= split.end()) {
        chunks.fill(chunks.limit());
      }
      assertThat(chunks.bytesRead()).isLessThan((2 << 20) + (64 << 10));
    }
  }

  @Test
  void theWindowGrowsForALongRecordAndShrinksBehindIt() throws IOException {
    MemoryFile file = new MemoryFile("in", bytes(100_000, 2));
    try (ByteChunks chunks = ByteChunks.open(file.whole(), 0, 100, 1 << 20)) {
      while (!chunks.atEnd()) {
        chunks.fill(0);
      }
      assertThat(chunks.limit()).isEqualTo(100_000);
      chunks.fill(chunks.limit() - 10);
      assertThat(chunks.array()).hasSize(100 + ByteChunks.SLACK);
      assertThat(chunks.offset(0)).isEqualTo(99_990);
    }
  }

  @Test
  void aRecordLongerThanTheBoundIsRefusedWithItsPlace() throws IOException {
    MemoryFile file = MemoryFile.of("in", "a\n" + "b".repeat(5000));
    try (ByteChunks chunks = ByteChunks.open(file.whole(), 0, 100, 2000)) {
      chunks.fill(0);
      assertThatThrownBy(() -> {
        int keepFrom = 2;
        while (!chunks.atEnd()) {
          chunks.fill(keepFrom);
          keepFrom = 0;
        }
      }).isInstanceOf(UserException.class)
          .hasMessageStartingWith("in:2:1  error SB-3006: a record is longer than 2000 bytes");
    }
  }
}
