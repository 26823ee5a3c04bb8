package dev.samzabatch.system.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.format.FileSplit;
import dev.samzabatch.format.SourceFile;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SplitsTest {

  private record Sized(String name, long length) implements SourceFile {
    @Override
    public InputStream open(long offset) {
      return InputStream.nullInputStream();
    }
  }

  @Property
  void theSplitsOfAFileGiveEveryByteOnce(
      @ForAll @Size(max = 6) List<@LongRange(max = 1L << 40) Long> lengths,
      @ForAll @IntRange(min = 1, max = 64) int containers) {
    List<SourceFile> files = new ArrayList<>();
    lengths.forEach(length -> files.add(new Sized("f" + files.size(), length)));
    List<FileSplit> splits = Splits.cut(files, file -> true, containers);
    int next = 0;
    for (SourceFile file : files) {
      long at = 0;
      do {
        FileSplit split = splits.get(next++);
        assertThat(split.file()).isSameAs(file);
        assertThat(split.start()).isEqualTo(at);
        assertThat(split.end()).isGreaterThan(at);
        at = split.end();
      } while (at < file.length());
      assertThat(at).isIn(file.length(), Long.MAX_VALUE);
    }
    assertThat(next).isEqualTo(splits.size());
  }

  @Property
  void aLargeFileOccupiesAllContainersWithPiecesOfLikeSize(
      @ForAll @LongRange(min = 64L * Splits.MIN_BYTES, max = 1L << 42) long length,
      @ForAll @IntRange(min = 1, max = 16) int n) {
    List<FileSplit> splits = Splits.cut(List.of(new Sized("f", length)), file -> true, n);
    assertThat(splits).hasSizeBetween(4 * n - 1, 4 * n + 1);
    for (FileSplit split : splits) {
      assertThat(split.end() - split.start()).isCloseTo(length / splits.size(), Offset.offset(2L));
    }
  }

  @Test
  void smallFilesAndThoseThatCannotBeCutStayWhole() {
    SourceFile small = new Sized("small", Splits.MIN_BYTES);
    SourceFile packed = new Sized("packed.gz", 1L << 30);
    SourceFile empty = new Sized("empty", 0);
    assertThat(Splits.cut(List.of(small, packed, empty), file -> !file.name().endsWith(".gz"), 1)).containsExactly(
        new FileSplit(small, 0, Splits.MIN_BYTES), new FileSplit(packed, 0, Long.MAX_VALUE),
        new FileSplit(empty, 0, Long.MAX_VALUE));
  }
}
