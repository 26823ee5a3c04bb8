package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.UserException;
import dev.samzabatch.job.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackingTest {

  @Property(tries = 100)
  void whatIsPackedIsUnpackedToTheSame(@ForAll byte[] bytes, @ForAll Compression compression) throws IOException {
    assertThat(unpacked(packed(bytes, compression), compression)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void packsMegabytes(Compression compression) throws IOException {
    byte[] bytes = new byte[3 << 20];
    new Random(1).nextBytes(bytes);
    Arrays.fill(bytes, 1 << 20, 2 << 20, (byte) 'x');
    assertThat(unpacked(packed(bytes, compression), compression)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void readsPackedPartsOneAfterTheOther(Compression compression) throws IOException {
    byte[] parts =
        concat(packed(text("one,"), compression), packed(text(""), compression), packed(text("two"), compression));
    assertThat(unpacked(parts, compression)).isEqualTo(text("one,two"));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void refusesAFileThatIsCutAnywhere(Compression compression) throws IOException {
    byte[] whole = packed(text("id,name\n1,a\n2,b\n"), compression);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> unpacked(cut, compression)).as("cut to " + length).isInstanceOf(UserException.class)
          .hasMessageContaining(
              "error SB-3023: this file cannot be unpacked as " + compression.name().toLowerCase(Locale.ROOT)
                  + ": it is incomplete: the file ends too early");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void refusesASecondPartThatIsCut(Compression compression) throws IOException {
    byte[] one = packed(text("id,name\n"), compression);
    byte[] two = concat(one, packed(text("1,a\n2,b\n"), compression));
    for (int length = one.length + 1; length < two.length; length++) {
      byte[] cut = Arrays.copyOf(two, length);
      assertThatThrownBy(() -> unpacked(cut, compression)).as("cut to " + length).isInstanceOf(UserException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void refusesOtherBytes(Compression compression) {
    assertThatThrownBy(() -> unpacked(text("id,name\n1,a\n2,b\n"), compression))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not " + compression.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void refusesDamagedGzipBytes() throws IOException {
    byte[] whole = packed(text("id,name\n1,a\n2,b\n1,a\n2,b\n"), Compression.GZIP);
    for (int at = 10; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      assertThatThrownBy(() -> unpacked(damaged, Compression.GZIP)).as("damaged at " + at)
          .isInstanceOf(UserException.class);
    }
  }

  @Test
  void ignoresZerosBehindGzipButNothingElse() throws IOException {
    byte[] whole = packed(text("abc"), Compression.GZIP);
    assertThat(unpacked(concat(whole, new byte[512]), Compression.GZIP)).isEqualTo(text("abc"));
    assertThatThrownBy(() -> unpacked(concat(whole, text("x")), Compression.GZIP)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> unpacked(concat(whole, new byte[3], whole), Compression.GZIP))
        .isInstanceOf(UserException.class);
  }

  @Test
  void goesByTheNameUnlessTheCompressionIsGiven() {
    MemoryFile file = new MemoryFile("a.CSV.GZ", new byte[0]);
    assertThat(Packing.of(file)).isEqualTo(Compression.GZIP);
    assertThat(Packing.of(new PackedFile(file, Compression.ZSTD))).isEqualTo(Compression.ZSTD);
    assertThat(Packing.of(new MemoryFile("gz", new byte[0]))).isEqualTo(Compression.NONE);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] packed(byte[] bytes, Compression compression) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (OutputStream out = Packing.pack(target, compression)) {
      out.write(bytes);
    }
    return target.toByteArray();
  }

  /** Through a stream that gives few bytes at a time and does not know what is available, as one over a network. */
  private static byte[] unpacked(byte[] bytes, Compression compression) throws IOException {
    SourceFile file = new PackedFile(new Trickle(bytes), compression);
    try (SplitStream in = SplitStream.open(file, 0)) {
      byte[] unpacked = in.readAllBytes();
      assertThat(in.bytesRead()).isEqualTo(bytes.length);
      return unpacked;
    }
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A file that is read seven bytes at a time. */
  private record Trickle(byte[] bytes) implements SourceFile {

    @Override
    public String name() {
      return "trickle";
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open(long offset) {
      return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset) {
        @Override
        public int read(byte[] target, int from, int length) {
          return super.read(target, from, Math.min(length, bytes.length > 10_000 ? length : 7));
        }

        @Override
        public int available() {
          return 0;
        }
      };
    }
  }
}
