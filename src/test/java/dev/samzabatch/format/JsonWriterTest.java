package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  private static String written(Schema schema, RecordBatch... batches) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BatchWriter writer = new JsonFormat().openWriter(out, schema)) {
      for (RecordBatch batch : batches) {
        writer.write(batch);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String written(String schema, Object... row) throws IOException {
    Schema parsed = SchemaText.parse(schema);
    return written(parsed, Values.batch(parsed, List.of(Arrays.asList(row))));
  }

  @Test
  void everyTypeHasItsForm() throws IOException {
    assertThat(written("b boolean, i int, l long, d double, m decimal(10,2), w decimal(30,3)",
        true, -5, Long.MIN_VALUE, 1e10, new BigDecimal("-0.05"), new BigDecimal("-12345678901234567890.125")))
        .isEqualTo("{\"b\":true,\"i\":-5,\"l\":-9223372036854775808,\"d\":1.0E10,\"m\":-0.05,"
            + "\"w\":-12345678901234567890.125}\n");
    assertThat(
        written("s string null, y bytes, da date, t time, ts timestamp", null, ByteBuffer.wrap(new byte[] {1, 2}),
            LocalDate.of(2024, 2, 29), LocalTime.of(10, 11), LocalDateTime.of(1969, 12, 31, 23, 59, 59, 500_000_000)))
        .isEqualTo(
            "{\"s\":null,\"y\":\"AQI=\",\"da\":\"2024-02-29\",\"t\":\"10:11:00\","
                + "\"ts\":\"1969-12-31T23:59:59.500\"}\n");
    assertThat(
        written("a array<long null>, m map<long,string>, e map<date,boolean>, r row<x long, y array<row<z long>>>",
            Arrays.asList(1L, null), Map.of(7L, "x"), Map.of(LocalDate.of(2024, 1, 1), true),
            List.of(3L, List.of(List.of(4L)))))
        .isEqualTo(
            "{\"a\":[1,null],\"m\":{\"7\":\"x\"},\"e\":{\"2024-01-01\":true},\"r\":{\"x\":3,\"y\":[{\"z\":4}]}}\n");
  }

  @Test
  void whatIsNoNumberIsAWord() throws IOException {
    assertThat(written("d double, f float", Double.NaN, Float.NEGATIVE_INFINITY))
        .isEqualTo("{\"d\":\"NaN\",\"f\":\"-Infinity\"}\n");
  }

  @Test
  void namesAreEscapedToo() throws IOException {
    assertThat(written("`a\"b\\` long", 1L)).isEqualTo("{\"a\\\"b\\\\\":1}\n");
  }

  @Test
  void onlySelectedRowsAreWrittenAndRowsMayHaveNoColumns() throws IOException {
    Schema schema = SchemaText.parse("a long");
    RecordBatch batch = Values.batch(schema, List.of(List.of(1L), List.of(2L), List.of(3L)));
    assertThat(written(schema, batch.withSelection(new int[] {0, 2}, 2))).isEqualTo("{\"a\":1}\n{\"a\":3}\n");
    assertThat(written(Schema.EMPTY, Values.batch(Schema.EMPTY, List.of(List.of(), List.of())))).isEqualTo("{}\n{}\n");
  }

  @Property
  void everyTextIsReadBackByUsAndByJackson(
      @ForAll String any, @ForAll @CharRange(from = '\0', to = '\u007f') String ascii, @ForAll boolean first)
      throws IOException {
    String text =
        new String((first ? any + ascii : ascii + any).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String line = written("s string, t string", text, ascii);
    assertThat(line.chars().filter(c -> c < ' ')).containsExactly((int) '\n');
    assertThat(JsonFiles.read(line, "s string, t string")).containsExactly(List.of(text, ascii));
    assertThat(JsonOracle.read(line.getBytes(StandardCharsets.UTF_8))).contains(Map.of("s", text, "t", ascii));
  }

  @Test
  void flushedBytesAreWholeRecords() throws IOException {
    Schema schema = SchemaText.parse("s string");
    RecordBatch batch = Values.batch(schema, List.of(List.of("x".repeat(40_000)), List.of("y".repeat(40_000))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BatchWriter writer = new JsonWriter(out, schema)) {
      writer.write(batch);
      writer.write(batch);
      writer.flush();
      assertThat(JsonFiles.read(new MemoryFile("out.json", out.toByteArray()), schema, 1 << 12, 10)).hasSize(4);
    }
  }
}
