package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.ByteSink;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class AvroRecordFormatTest {

  private static final String V1 = record("{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"old\",\"type\":\"string\"}");
  private static final String V2 = record("{\"name\":\"fresh\",\"type\":[\"null\",\"long\"]},"
      + "{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"name\",\"type\":\"string\",\"aliases\":[\"label\"]}");

  private static String record(String fields) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
  }

  /** Schemas by their numbers, and how often they were asked for. */
  private static final class Known implements WriterSchemas {

    private final Map<Integer, String> byId = new HashMap<>(Map.of(1, V1, 258, V2));
    private final List<String> asked = new ArrayList<>();
    private ErrorKind failure = ErrorKind.USER;

    @Override
    public String byId(int id) {
      asked.add("" + id);
      if (!byId.containsKey(id)) {
        throw new UserException(failure, Problem.error("SB-4362", Place.none(), "no schema " + id, "look"));
      }
      return byId.get(id);
    }

    @Override
    public int idOf(String subject, String schemaText) {
      asked.add(subject);
      byId.put(77, schemaText);
      return 77;
    }
  }

  private static RecordFormat plain(String schema) {
    return RecordFormats.of(DataFormat.AVRO, DelimitedOptions.of(DataFormat.AVRO), Optional.empty(),
        Optional.of(schema));
  }

  private static RecordFormat registered(WriterSchemas schemas, Optional<String> reader) {
    return RecordFormats.of(DataFormat.AVRO, DelimitedOptions.of(DataFormat.AVRO), Optional.of(schemas), reader);
  }

  private static byte[] encoded(String schema, Object... fields) {
    Schema parsed = new Schema.Parser().parse(schema);
    GenericData.Record record = new GenericData.Record(parsed);
    for (int i = 0; i < fields.length; i++) {
      record.put(i, fields[i]);
    }
    return new RandomAvro(new Random(0)).encoded(parsed, record);
  }

  private static byte[] framed(int id, byte[] record) {
    return ByteBuffer.allocate(5 + record.length).put((byte) 0).putInt(id).put(record).array();
  }

  private static final byte[] FIRST = framed(1, encoded(V1, 7, "x"));
  private static final byte[] SECOND = framed(258, encoded(V2, 5L, 8L, "y"));

  @Test
  void recordsOfDifferentSchemasBecomeRowsOfOneBatch() throws IOException {
    Known known = new Known();
    RecordDecoder decoder = registered(known, Optional.empty())
        .decoder(Records.all(SchemaText.parse("id long, label string null, fresh double null, old string null")));
    decoder.begin();
    for (byte[] value : List.of(FIRST, FIRST, SECOND, FIRST, SECOND)) {
      assertThat(Records.add(decoder, value)).isNull();
    }
    List<Object> first = Arrays.asList(7L, null, null, "x");
    List<Object> second = Arrays.asList(8L, "y", 5.0, null);
    assertThat(Values.rows(decoder.batch())).containsExactly(first, first, second, first, second);
    assertThat(known.asked).containsExactly("1", "258");
  }

  @Test
  void aReadersSchemaGivesDefaultsAndAliases() throws IOException {
    String reader = record("{\"name\":\"id\",\"type\":\"long\"},"
        + "{\"name\":\"title\",\"type\":\"string\",\"aliases\":[\"old\",\"name\"]},"
        + "{\"name\":\"fresh\",\"type\":[\"long\",\"null\"],\"default\":-1},"
        + "{\"name\":\"tags\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"default\":[\"a\",\"b\"]}");
    RecordFormat format = registered(new Known(), Optional.of(reader));
    dev.samzabatch.data.Schema schema = format.infer(List.of(), Place.none());
    assertThat(schema).hasToString("id long, title string, fresh long null, tags array<string>");
    List<String> tags = List.of("a", "b");
    assertThat(Records.decoded(format, schema, List.of(FIRST, SECOND)))
        .containsExactly(List.of(7L, "x", -1L, tags), List.of(8L, "y", 5L, tags));
  }

  @Test
  void whatIsWrongWithASchemaIsWrongWithItsRecordsOnly() throws IOException {
    Known known = new Known();
    known.byId.put(3, "{\"type\":");
    RecordDecoder decoder = registered(known, Optional.empty())
        .decoder(Records.all(SchemaText.parse("id int, name string null")));
    decoder.begin();
    for (int i = 0; i < 2; i++) {
      assertThat(Records.add(decoder, SECOND)).isEqualTo(new RecordProblem("SB-3001",
          "column id is int, but the schema of the records has long",
          "declare the column as a type that this can become"));
      assertThat(Records.add(decoder, FIRST)).isNull();
      assertThat(Records.add(decoder, framed(9, new byte[3]))).isEqualTo(new RecordProblem("SB-3004", "no schema 9",
          "look"));
      assertThat(Records.add(decoder, framed(3, new byte[0])).message()).startsWith("the schema of number 3 cannot");
      assertThat(Records.add(decoder, new byte[] {0, 0, 0, 1}).message()).startsWith("expected a 0 and the four bytes");
      assertThat(Records.add(decoder, new byte[] {1, 0, 0, 0, 1, 0}).code()).isEqualTo("SB-3004");
    }
    assertThat(decoder.rows()).isEqualTo(2);
    assertThat(known.asked).containsExactly("258", "1", "9", "3");
    known.failure = ErrorKind.EXTERNAL;
    assertThatThrownBy(() -> Records.add(decoder, framed(10, new byte[3]))).isInstanceOf(UserException.class);
  }

  @Test
  void aColumnThatNoRecordHasIsMissing() {
    RecordFormat format = plain(V1);
    assertThatThrownBy(() -> format.decoder(Records.all(SchemaText.parse("id int, nmae string"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("SB-3043: column nmae is string and never null, but the schema of the records does not "
            + "have it; it has id, old");
    assertThatThrownBy(() -> format.decoder(Records.all(SchemaText.parse("old date"))))
        .hasMessageContaining("SB-3043: column old is date, but the schema of the records has string");
  }

  @Test
  void withoutASchemaNothingCanBeRead() {
    RecordFormat format = Records.of(DataFormat.AVRO);
    assertThatThrownBy(() -> format.decoder(Records.all(SchemaText.parse("a long")))).hasMessageContaining("SB-3041");
    assertThatThrownBy(() -> format.infer(List.of(), Place.of("job.conf"))).hasMessageContaining("SB-3041");
    assertThatThrownBy(() -> plain("long, int")).isInstanceOf(UserException.class).hasMessageContaining("SB-3042");
  }

  @Test
  void theSchemaOfASampleIsTheNewestWithWhatOnlyOlderOnesHave() throws IOException {
    RecordFormat format = registered(new Known(), Optional.empty());
    assertThat(format.infer(List.of(FIRST, new byte[2], framed(4, new byte[1]), SECOND), Place.none()))
        .hasToString("fresh long null, id long, name string null, old string null");
    assertThatThrownBy(() -> format.infer(List.of(new byte[9]), Place.of("job.conf")))
        .hasMessageContaining("job.conf  error SB-3046");
  }

  @Test
  void whatNoColumnCanHoldIsRefused() {
    String self = "{\"type\":\"record\",\"name\":\"Tree\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Tree\"]},"
        + "{\"name\":\"id\",\"type\":\"int\"}]}";
    assertThatThrownBy(() -> plain(self).infer(List.of(), Place.none()))
        .hasMessageContaining("SB-3043: field next. can be no column: records of the type Tree hold themselves");
    assertThatThrownBy(() -> plain(record("{\"name\":\"u\",\"type\":[\"string\",\"long\"]}"))
        .infer(List.of(), Place.none())).hasMessageContaining("field u can be no column: it is one of string, long");
  }

  @Test
  void recordsThatHoldThemselvesArePassedOver() throws IOException {
    String self = "{\"type\":\"record\",\"name\":\"Tree\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Tree\"]},"
        + "{\"name\":\"id\",\"type\":\"int\"}]}";
    assertThat(Records.decoded(plain(self), SchemaText.parse("id int"), List.of(new byte[] {2, 2, 0, 4, 6, 8})))
        .containsExactly(List.of(4));
    byte[] deep = new byte[1 << 20];
    Arrays.fill(deep, (byte) 2);
    assertThat(Records.problem(plain(self), "id int", deep))
        .startsWith("SB-3004: expected values nested up to 1000 deep");
  }

  @Test
  void aSchemaThatIsNoRecordIsAColumn() throws IOException {
    RecordFormat format = plain("\"string\"");
    assertThat(format.infer(List.of(), Place.none())).hasToString("value string");
    assertThat(Records.decoded(format, SchemaText.parse("value string"), List.of(new byte[] {2, 'x'})))
        .containsExactly(List.of("x"));
  }

  @Test
  void valuesThatDoNotFitAreBad() throws IOException {
    String schema = record("{\"name\":\"t\",\"type\":{\"type\":\"int\",\"logicalType\":\"time-millis\"}}");
    assertThat(Records.problem(plain(schema), "t time", new byte[] {1}))
        .isEqualTo("SB-3001: column t is time, but here it is -1000 microseconds: no time of a day");
    String decimal =
        record(
            "{\"name\":\"d\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}}");
    assertThat(Records.problem(plain(decimal), "d decimal(3,1)", encoded(decimal, ByteBuffer.wrap(new byte[] {105}))))
        .isEqualTo("SB-3001: column d is decimal(3,1), but here it is 1.05: too many digits behind the point");
    assertThat(Records.problem(plain(decimal), "d decimal(2,2)", encoded(decimal, ByteBuffer.wrap(new byte[] {100}))))
        .isEqualTo("SB-3001: column d is decimal(2,2), but here it is 1.00: out of range");
    assertThat(Records.decoded(plain(decimal), SchemaText.parse("d decimal(30,4)"),
        List.of(encoded(decimal, ByteBuffer.wrap(new byte[] {-105}))))).containsExactly(
            List.of(new BigDecimal("-1.0500")));
    assertThat(Records.problem(plain(record("{\"name\":\"s\",\"type\":\"string\"}")), "s string", new byte[] {2, -1}))
        .startsWith("SB-3005: the text of column s is not UTF-8");
    assertThat(Records.problem(plain(record("{\"name\":\"s\",\"type\":[\"null\",\"string\"]}")), "s string",
        new byte[] {0})).startsWith("SB-3002: column s is string and never null");
    assertThat(Records.problem(plain(record("{\"name\":\"s\",\"type\":[\"long\",\"string\"]}")), "s string",
        new byte[] {0, 2})).isEqualTo("SB-3001: column s is string, but here it is long");
  }

  @Test
  void ofAKeyThatComesTwiceTheLastValueCounts() throws IOException {
    String schema = record("{\"name\":\"m\",\"type\":{\"type\":\"map\",\"values\":[\"null\",\"int\"]}}");
    byte[] value = {6, 2, 'a', 0, 2, 'b', 2, 4, 2, 'a', 2, 6, 0};
    assertThat(Records.decoded(plain(schema), SchemaText.parse("m map<string,int null>"), List.of(value)))
        .containsExactly(List.of(Map.of("a", 3, "b", 2)));
  }

  @Test
  void floatsOfWholeNumbersAreFloats() throws IOException {
    String schema = record("{\"name\":\"f\",\"type\":\"int\"}");
    RecordDecoder decoder = plain(schema).decoder(Records.all(SchemaText.parse("f float")));
    decoder.begin();
    Records.add(decoder, encoded(schema, 16_777_217));
    assertThat(((DoubleVector) decoder.batch().column(0)).get(0)).isEqualTo(16_777_216.0);
  }

  @Test
  void blocksThatCannotBeAreRefusedAtOnce() throws IOException {
    String schema = record("{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}");
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes(new byte[] {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1, 0});
    assertThat(Records.problem(plain(schema), "x long null", value.toByteArray()))
        .startsWith("SB-3004: expected the number of items of a block");
  }

  @Test
  void theSchemaOfTheRowsIsRegisteredAndItsNumberStandsBeforeEachRecord() throws IOException {
    Known known = new Known();
    RecordFormat format = registered(known, Optional.empty());
    dev.samzabatch.data.Schema schema = SchemaText.parse("id long, r row<x date null> null");
    List<List<Object>> rows = List.of(List.of(3L, List.of(LocalDate.of(1970, 1, 2))), Arrays.asList(4L, null));
    List<byte[]> values = Records.encoded(format, schema, rows);
    assertThat(known.asked).containsExactly("t-value");
    assertThat(values.get(0)).containsExactly(0, 0, 0, 0, 77, 6, 2, 2, 2);
    assertThat(new Schema.Parser().parse(known.byId.get(77))).isEqualTo(new Schema.Parser().parse(
        "{\"type\":\"record\",\"name\":\"t\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"r\",\"type\":"
            + "[\"null\",{\"type\":\"record\",\"name\":\"t_r\",\"fields\":[{\"name\":\"x\",\"type\":[\"null\","
            + "{\"type\":\"int\",\"logicalType\":\"date\"}],\"default\":null}]}],\"default\":null}]}"));
    assertThat(Records.decoded(format, schema, values)).isEqualTo(rows);
  }

  @Test
  void columnsWithoutAFormAreRefused() throws IOException {
    assertThatThrownBy(() -> plain(V1).encoder(SchemaText.parse("`a b` long"), "t-value"))
        .hasMessageContaining("SB-3044: column a b is no name in Avro");
    assertThatThrownBy(() -> plain(V1).encoder(SchemaText.parse("m map<long,long>"), "t-value"))
        .hasMessageContaining("SB-3044: column m is map<long,long>");
    dev.samzabatch.data.Schema dates = SchemaText.parse("d date");
    RecordBatch batch = Values.batch(dates, List.of(List.of(LocalDate.ofEpochDay(1L << 33))));
    RecordEncoder encoder = plain(V1).encoder(dates, "t-value");
    assertThatThrownBy(() -> encoder.encode(batch, 0, new ByteSink()))
        .hasMessageContaining("SB-3045");
    assertThat(AvroColumns.schema(SchemaText.parse("a long"), "2024.page-views-key").getName())
        .isEqualTo("_2024_page_views");
  }

  @Test
  void aBatchIsFullByItsBytes() throws IOException {
    String schema = record("{\"name\":\"s\",\"type\":\"string\"}");
    RecordDecoder decoder = plain(schema).decoder(new ReadSpec(
        SchemaText.parse("s string"), List.of(0), 10));
    decoder.begin();
    Records.add(decoder, encoded(schema, "x".repeat(9 << 20)));
    assertThat(decoder.isFull()).isTrue();
    decoder.begin();
    assertThat(decoder.isFull()).isFalse();
  }
}
