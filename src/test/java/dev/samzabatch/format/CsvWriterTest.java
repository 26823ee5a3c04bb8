package dev.samzabatch.format;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CsvWriterTest {

  private static final Schema SCALARS =
      SchemaText.parse("b boolean null, i int null, l long null, f float null, d double null, "
          + "m decimal(12,3) null, w decimal(38,10) null, "
          + "s string null, y bytes null, da date null, ti time null, ts timestamp null");

  /** A table of one column with its options. */
  private record Table(CsvOptions options, DataType type, List<Object> values) {}

  @Test
  void writesEveryScalarType() throws IOException {
    List<Object> row = List.of(true, -7, Long.MIN_VALUE, 1.5f, -0.25, new BigDecimal("-0.050"),
        new BigDecimal("123456789012345678901234567.0000000001"), "é", ByteBuffer.wrap(new byte[] {1, 2}),
        LocalDate.of(2024, 2, 29), LocalTime.of(1, 2, 3), LocalDateTime.of(1969, 12, 31, 23, 59, 59, 123_456_000));
    assertThat(written(CsvFiles.NO_HEADER, SCALARS, List.of(row)))
        .isEqualTo("true,-7,-9223372036854775808,1.5,-0.25,-0.050,"
            + "123456789012345678901234567.0000000001,é,AQI=,2024-02-29,01:02:03,1969-12-31T23:59:59.123456\n");
  }

  @Test
  void quotesOnlyWhereOtherwiseSomethingElseWouldBeRead() throws IOException {
    List<List<Object>> rows =
        List.of(asList("plain", "a \"word\""), asList(null, ""), asList("a,b", "c\nd"), asList(" ", "\r"));
    assertThat(written(CsvOptions.DEFAULT, SchemaText.parse("`x,y` string null, z string null"), rows))
        .isEqualTo("\"x,y\",z\nplain,\"a \"\"word\"\"\"\n,\"\"\n\"a,b\",\"c\nd\"\n ,\"\r\"\n");
    CsvOptions other = new CsvOptions(false, ';', '\'', '\\', "NULL");
    assertThat(
        written(other, CsvFiles.strings(2), List.of(asList(null, "NULL"), asList("it's", "a\\b;"), asList("", "\\"))))
        .isEqualTo("NULL;'NULL'\n'it\\'s';'a\\\\b;'\n;\\\n");
    assertThat(written(other, CsvFiles.strings(1), List.of(asList(""), asList((Object) null)))).isEqualTo("''\nNULL\n");
  }

  @Test
  void writesOnlySelectedRowsAndTheHeaderOfAnEmptyFile() throws IOException {
    RecordBatch batch = Values.batch(CsvFiles.strings(1), List.of(List.of("a"), List.of("b"), List.of("c")));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BatchWriter writer = new CsvWriter(out, batch.schema(), CsvOptions.DEFAULT)) {
      writer.write(batch.withSelection(new int[] {0, 2}, 2));
    }
    assertThat(out).hasToString("c1\na\nc\n");
    assertThat(written(CsvOptions.DEFAULT, CsvFiles.strings(2), List.of())).isEqualTo("c1,c2\n");
  }

  @Test
  void refusesNestedColumnsAndValuesThatNeedAQuoteThereIsNot() {
    assertThatThrownBy(() -> written(CsvOptions.DEFAULT, SchemaText.parse("a map<string,long>"), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("SB-3034: column \"a\" is map<string,long>: CSV has no form for it");
    CsvOptions none = new CsvOptions(true, ',', CsvOptions.NONE, CsvOptions.NONE, "");
    assertThatThrownBy(() -> written(none, CsvFiles.strings(1), List.of(List.of("a,b"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("SB-3035: the value a,b needs quotes");
  }

  @Property(tries = 1500)
  void whatIsWrittenIsReadBack(@ForAll @From("tables") Table table) throws IOException {
    Schema schema = Schema.of(Field.optional("v", table.type()), Field.required("n", ScalarType.INT));
    List<List<Object>> rows = new ArrayList<>();
    for (Object value : table.values()) {
      rows.add(asList(value, rows.size()));
    }
    String text = written(table.options(), schema, rows);
    assertThat(CsvFiles.read(MemoryFile.of("t.csv", text), table.options(), schema)).as(text).isEqualTo(rows);
    Schema single = Schema.of(Field.optional("v", table.type()));
    List<List<Object>> singles = new ArrayList<>();
    table.values().forEach(value -> singles.add(asList(value)));
    String alone = written(table.options(), single, singles);
    assertThat(CsvFiles.read(MemoryFile.of("t.csv", alone), table.options(), single)).as(alone).isEqualTo(singles);
  }

  @Property(tries = 300)
  void fastCsvReadsTheSame(@ForAll @From("texts") List<String> row) throws IOException {
    List<Object> values = new ArrayList<>(row);
    byte[] bytes =
        written(CsvFiles.NO_HEADER, CsvFiles.strings(row.size()), List.of(values)).getBytes(StandardCharsets.UTF_8);
    assertThat(CsvFiles.fastCsv(bytes, ',')).containsExactly(values);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.strings().withChars("a,\"\n\r é").ofMinLength(1).ofMaxLength(10).list().ofMinSize(1)
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<Table> tables() {
    Arbitrary<CsvOptions> options = Arbitraries.of(CsvOptions.DEFAULT, CsvFiles.NO_HEADER,
        new CsvOptions(true, '\t', '"', '"', ""), new CsvOptions(true, ';', '\'', '\\', "NULL"),
        new CsvOptions(false, '-', '"', '"', "0"), new CsvOptions(false, ':', '"', '\\', "true"));
    return options.flatMap(
        o -> Arbitraries.integers().between(0, SCALARS.size() - 1).flatMap(column -> values(SCALARS.type(column))
            .injectNull(0.2).list().ofMaxSize(5).map(v -> new Table(o, SCALARS.type(column), v))));
  }

  private static Arbitrary<Object> values(DataType type) {
    if (type instanceof DecimalType decimal) {
      BigInteger bound = BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
      return Arbitraries.bigIntegers().between(bound.negate(), bound).map(v -> new BigDecimal(v, decimal.scale()));
    }
    return switch ((ScalarType) type) {
      case BOOLEAN -> Arbitraries.of(true, false).map(v -> (Object) v);
      case INT -> Arbitraries.integers().map(v -> (Object) v);
      case LONG -> Arbitraries.longs().map(v -> (Object) v);
      case FLOAT -> Arbitraries.floats().map(v -> (Object) v);
      case DOUBLE -> Arbitraries.doubles().map(v -> (Object) v);
      case STRING ->
          Arbitraries.strings().withChars("a,;'\"\\\n\r é\tNUL0-:true\ufeff").ofMaxLength(6).map(v -> (Object) v);
      case BYTES -> Arbitraries.bytes().array(byte[].class).ofMaxSize(9).map(v -> (Object) ByteBuffer.wrap(v));
      case DATE -> Arbitraries.integers().between(-700_000, 2_900_000).map(v -> (Object) LocalDate.ofEpochDay(v));
      case TIME -> Arbitraries.longs().between(0, 86_399_999_999L).map(v -> (Object) LocalTime.ofNanoOfDay(v * 1000));
      case TIMESTAMP -> Arbitraries.longs().between(-6_000_000_000_000_000L, 6_000_000_000_000_000L)
          .map(v -> (Object) LocalDateTime.of(1970, 1, 1, 0, 0).plusNanos(v % 1_000_000 * 1000)
              .plusSeconds(v / 1_000_000));
    };
  }

  private static String written(CsvOptions options, Schema schema, List<List<Object>> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BatchWriter writer = new CsvWriter(out, schema, options)) {
      writer.write(Values.batch(schema, rows));
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
