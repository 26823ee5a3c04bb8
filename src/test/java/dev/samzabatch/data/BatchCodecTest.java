package dev.samzabatch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchCodecTest {

  private static final int HEADROOM = 13;
  private static final int MAX_ROWS_READ = 70_000;

  @Property
  void anyRowsOfAnySchemaComeBackInPiecesOfAnySize(
      @ForAll long seed, @ForAll @IntRange(max = 300) int count, @ForAll @IntRange(min = 1, max = 70) int pieces)
      throws BatchFormatException {
    RandomBatches random = new RandomBatches(seed);
    Schema schema = random.schema();
    List<List<Object>> rows = random.rows(schema, count);

    byte[] encoded = encode(Values.batch(schema, rows));

    assertThat(decode(schema, encoded, pieces)).isEqualTo(rows);
  }

  @Property
  void onlySelectedRowsAreEncoded(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int count)
      throws BatchFormatException {
    RandomBatches random = new RandomBatches(seed);
    Schema schema = random.schema();
    List<List<Object>> rows = random.rows(schema, count);
    Random choice = new Random(seed);
    int[] selection = new int[count];
    int selected = 0;
    List<List<Object>> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (choice.nextInt(3) > 0) {
        selection[selected++] = i;
        expected.add(rows.get(i));
      }
    }

    byte[] encoded = encode(Values.batch(schema, rows).withSelection(selection, selected));

    assertThat(decode(schema, encoded, 64)).isEqualTo(expected);
  }

  @Property(tries = 200)
  void oneEncoderAndOneDecoderServeManyBatches(@ForAll long seed) throws BatchFormatException {
    RandomBatches random = new RandomBatches(seed);
    Schema schema = random.schema();
    BatchEncoder encoder = BatchCodec.encoder(schema);
    BatchDecoder decoder = BatchCodec.decoder(schema);
    for (int count : new int[] {5, 300, 0, 17, 1}) {
      List<List<Object>> rows = random.rows(schema, count);
      int end = encoder.encode(Values.batch(schema, rows), HEADROOM);
      decoder.open(encoder.bytes(), HEADROOM, end - HEADROOM);
      assertThat(drain(decoder, 100)).isEqualTo(rows);
    }
  }

  @Property
  void damagedBytesAreRefusedOrGiveSomeRowsButNothingElse(@ForAll long seed, @ForAll @IntRange(max = 80) int count) {
    RandomBatches random = new RandomBatches(seed);
    Schema schema = random.schema();
    byte[] encoded = encode(Values.batch(schema, random.rows(schema, count)));
    Random damage = new Random(seed);
    for (int i = 0; i < 20; i++) {
      byte[] bytes = damaged(encoded, damage);
      try {
        BatchDecoder decoder = BatchCodec.decoder(schema);
        decoder.open(bytes, 0, bytes.length);
        for (int rows = 0; decoder.remaining() > 0 && rows < MAX_ROWS_READ; rows += 1024) {
          decoder.next(1024).copy();
        }
      } catch (BatchFormatException expected) {
        assertThat(expected).hasMessageMatching("(?s).+");
      }
    }
  }

  private static byte[] damaged(byte[] encoded, Random damage) {
    byte[] bytes = encoded.clone();
    for (int flips = 1 + damage.nextInt(3); flips > 0; flips--) {
      int at = damage.nextInt(bytes.length);
      bytes[at] = damage.nextBoolean() ? (byte) damage.nextInt(256) : (byte) (damage.nextBoolean() ? 0x7F : 0xFF);
    }
    return damage.nextInt(4) == 0 ? Arrays.copyOf(bytes, damage.nextInt(bytes.length)) : bytes;
  }

  @Test
  void everyTruncationIsRefused() {
    RandomBatches random = new RandomBatches(7);
    Schema schema = SchemaText.parse(
        "a long null, s string, d double, l array<row<x int null, y string>>, m map<string,long null>");
    byte[] encoded = encode(Values.batch(schema, random.rows(schema, 40)));
    for (int length = 0; length < encoded.length; length++) {
      byte[] bytes = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> decode(schema, bytes, 1024)).isInstanceOf(BatchFormatException.class);
    }
    assertThatThrownBy(() -> decode(schema, Arrays.copyOf(encoded, encoded.length + 1), 1024))
        .isInstanceOf(BatchFormatException.class).hasMessage("1 bytes too many");
  }

  @Test
  void anUnknownVersionIsRefused() {
    Schema schema = SchemaText.parse("a long");
    byte[] encoded = encode(Values.batch(schema, List.of(List.of(1L))));
    encoded[0] = 2;
    assertThatThrownBy(() -> decode(schema, encoded, 10))
        .isInstanceOf(BatchFormatException.class).hasMessage("version 2 of the batch format; this program knows 1");
  }

  @Test
  void fewBytesNeverStandForVeryManyElements() throws BatchFormatException {
    Schema schema = SchemaText.parse("l array<long>");
    byte[] encoded = encode(Values.batch(schema, List.of(List.of(List.of(3L, 3L)))));
    byte[] two = {2, 0, 0, 0};
    int at = Collections.lastIndexOfSubList(boxed(encoded), boxed(two));
    encoded[at + 3] = 0x7F;
    assertThatThrownBy(() -> decode(schema, encoded, 10))
        .isInstanceOf(BatchFormatException.class).hasMessageContaining("width 0 for");
  }

  @Test
  void manyRowsOfTheSameValueOrNullComeBack() throws BatchFormatException {
    Schema schema = SchemaText.parse("a long, b string null, e string, l array<int>");
    List<List<Object>> rows = Collections.nCopies(70_000, Arrays.asList(5L, null, "", List.of()));
    assertThat(decode(schema, encode(Values.batch(schema, rows)), 1024)).isEqualTo(rows);
  }

  @Test
  void theWholeRangeOfLongsComesBackAtEveryWidth() throws BatchFormatException {
    Schema schema = SchemaText.parse("a long");
    for (int bits = 0; bits < 64; bits++) {
      long range = -1L >>> bits;
      for (long least : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE - range}) {
        List<List<Object>> rows =
            List.of(List.of(least), List.of(least + range), List.of(least), List.of(least + range / 3));
        assertThat(decode(schema, encode(Values.batch(schema, rows)), 3)).isEqualTo(rows);
      }
    }
  }

  @Test
  void integersTakeOnlyTheBytesTheirRangeNeeds() {
    Schema schema = SchemaText.parse("a long, b timestamp");
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 4096; i++) {
      rows.add(List.of(1_000_000_000_000L + i % 256, LocalDateTime.of(2026, 1, 1, 0, 0)));
    }
    assertThat(encode(Values.batch(schema, rows)).length).isBetween(4096, 4096 + 32);
  }

  @Test
  void bytesAreCompressedWhereThatSavesAQuarter() throws BatchFormatException {
    Schema schema = SchemaText.parse("s string");
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 4096; i++) {
      rows.add(List.of("https://example.org/a/rather/long/path/" + i % 10));
    }
    byte[] encoded = encode(Values.batch(schema, rows));
    assertThat(encoded.length).isLessThan(4096 * 8);
    assertThat(decode(schema, encoded, 1000)).isEqualTo(rows);
  }

  @Test
  void bytesThatDoNotShrinkStayAsTheyAre() throws BatchFormatException {
    Schema schema = SchemaText.parse("b bytes");
    byte[] noise = new byte[10_000];
    new Random(3).nextBytes(noise);
    List<List<Object>> rows = List.of(List.of(ByteBuffer.wrap(noise)));
    byte[] encoded = encode(Values.batch(schema, rows));
    assertThat(encoded.length).isBetween(10_000, 10_040);
    assertThat(decode(schema, encoded, 1)).isEqualTo(rows);
  }

  @Test
  void nullsDoNotWidenThePacking() {
    Schema schema = SchemaText.parse("a long null");
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 4096; i++) {
      rows.add(Collections.singletonList(i % 3 == 0 ? null : (Object) (1_000_000_000_000L + i % 256)));
    }
    assertThat(encode(Values.batch(schema, rows)).length).isBetween(4096 + 512, 4096 + 512 + 32);
  }

  @Test
  void garbageUnderANullRowIsNotLookedAt() throws BatchFormatException {
    Schema schema = SchemaText.parse("r row<s string null, l array<long> null> null");
    RowVector rows = (RowVector) schema.type(0).newVector(3);
    rows.setNull(0);
    ((BytesVector) rows.child(0)).setSlice(0, 1 << 30, 1 << 30);
    ((ArrayVector) rows.child(1)).lengths()[0] = 1 << 30;
    Values.set(schema.type(0), rows, 1, List.of("x", List.of(1L)));
    Values.set(schema.type(0), rows, 2, Arrays.asList(null, null));
    byte[] encoded = encode(RecordBatch.of(schema, new ColumnVector[] {rows}, 3));
    assertThat(decode(schema, encoded, 2)).isEqualTo(List.of(
        Collections.singletonList(null), List.of(List.of("x", List.of(1L))), List.of(Arrays.asList(null, null))));
  }

  @Test
  void packedBytesOfAnotherLengthThanAnnouncedAreRefused() throws BatchFormatException {
    Schema schema = SchemaText.parse("s string");
    byte[] encoded = encode(Values.batch(schema, Collections.nCopies(500, List.of("0123456789"))));
    int length = 1 + Integer.BYTES + 1 + 1 + Long.BYTES + 1;
    assertThat((int) ByteSink.INTS.get(encoded, length)).isEqualTo(5000);
    ByteSink.INTS.set(encoded, length, 5001);
    assertThatThrownBy(() -> decode(schema, encoded, 500))
        .isInstanceOf(BatchFormatException.class).hasMessage("packed bytes of 5000 where 5001 are announced");
    ByteSink.INTS.set(encoded, length, Integer.MAX_VALUE);
    assertThatThrownBy(() -> decode(schema, encoded, 500))
        .isInstanceOf(BatchFormatException.class).hasMessageMatching("\\d+ packed bytes cannot be 2147483647");
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> list = new ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }

  private static byte[] encode(RecordBatch batch) {
    BatchEncoder encoder = BatchCodec.encoder(batch.schema());
    int end = encoder.encode(batch, HEADROOM);
    return Arrays.copyOfRange(encoder.bytes(), HEADROOM, end);
  }

  private static List<List<Object>> decode(Schema schema, byte[] encoded, int pieces) throws BatchFormatException {
    BatchDecoder decoder = BatchCodec.decoder(schema);
    decoder.open(encoded, 0, encoded.length);
    return drain(decoder, pieces);
  }

  private static List<List<Object>> drain(BatchDecoder decoder, int pieces) throws BatchFormatException {
    List<List<Object>> rows = new ArrayList<>();
    while (decoder.remaining() > 0) {
      rows.addAll(Values.rows(decoder.next(pieces)));
    }
    return rows;
  }
}
