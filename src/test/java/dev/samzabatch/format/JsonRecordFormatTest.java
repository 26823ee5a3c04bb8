package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.RandomBatches;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Values;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonRecordFormatTest {

  private static final Schema NESTED = SchemaText.parse(
      "a array<string null> null, b row<a long null, c string null> null, "
          + "c map<string, array<row<a string null>> null> null, `ü` array<array<long null>> null, "
          + "`quo\"te` string null");

  @Property(tries = 300)
  void rowsAreReadBackAsTheyWereWritten(@ForAll long seed) throws IOException {
    RandomBatches random = new RandomBatches(seed);
    Schema schema = random.schema();
    List<List<Object>> rows = random.rows(schema, 20);
    List<byte[]> values = Records.encoded(Records.JSON, schema, rows);
    assertThat(values).noneMatch(value -> new String(value, StandardCharsets.UTF_8).contains("\n"));
    assertThat(Records.decoded(Records.JSON, schema, values)).isEqualTo(rows);
  }

  /** The judge is a decoder that has seen nothing before. */
  @Property(tries = 1000)
  void badRecordsLeaveNothingBehind(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    RandomJson json = new RandomJson(random);
    RecordDecoder decoder = Records.JSON.decoder(Records.all(NESTED));
    decoder.begin();
    List<List<Object>> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      byte[] object = json.object();
      byte[] value = random.nextInt(3) == 0 ? json.damaged(object) : object;
      RecordDecoder alone = Records.JSON.decoder(Records.all(NESTED));
      alone.begin();
      RecordProblem problem = alone.add(value, 0, value.length);
      assertThat(Records.add(decoder, value)).isEqualTo(problem);
      expected.addAll(Values.rows(alone.batch()));
    }
    assertThat(Values.rows(decoder.batch())).isEqualTo(expected);
  }

  @Property(tries = 1000)
  void lineEndsAreBlanksButNotWithinStrings(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] value = new RandomJson(random).object();
    for (int i = 0; i < 3; i++) {
      int at = random.nextInt(value.length + 1);
      byte[] longer = Arrays.copyOf(value, value.length + 1);
      longer[at] = '\n';
      System.arraycopy(value, at, longer, at + 1, value.length - at);
      value = longer;
    }
    RecordDecoder decoder = Records.JSON.decoder(Records.all(SchemaText.parse("a string null, c string null")));
    decoder.begin();
    assertThat(Records.add(decoder, value) == null).isEqualTo(JsonOracle.read(value).isPresent());
  }

  @Test
  void anObjectMayGoOverLinesAndHaveBlanksAround() throws IOException {
    assertThat(Records.decoded(Records.JSON, "a long, o string", " \n{\n \"a\":\n1,\r\n\"o\":{\"x\":\n[2]}}\n"))
        .containsExactly(List.of(1L, "{\"x\": [2]}"));
  }

  @Test
  void whatIsWrongIsToldOfTheRecord() throws IOException {
    assertThat(Records.problem(Records.JSON, "a long", "{\"a\":\"x\"}"))
        .isEqualTo("SB-3001: column a is long, but here it is \"x\"");
    assertThat(Records.problem(Records.JSON, "a long", "{\"a\":null}"))
        .startsWith("SB-3002: column a is long and never");
    assertThat(Records.problem(Records.JSON, "a long", "{}")).startsWith("SB-3003: column a");
    assertThat(Records.problem(Records.JSON, "a long", "{\"a\":1"))
        .isEqualTo("SB-3004: expected a comma or }, found the end of the record");
    assertThat(Records.problem(Records.JSON, "a long", "")).isEqualTo(
        "SB-3004: expected an object, {, found the end of the record");
    assertThat(Records.problem(Records.JSON, "a long", "{\"a\":1} {\"a\":2}"))
        .isEqualTo("SB-3004: expected the end of the record, found {");
    assertThat(Records.problem(Records.JSON, "a string", new byte[] {'{', '"', 'a', '"', ':', '"', -1, '"', '}'}))
        .startsWith("SB-3005: ");
  }

  @Test
  void aBatchGrowsBeyondItsFirstWindow() throws IOException {
    Schema schema = SchemaText.parse("s string, l array<string>");
    RecordDecoder decoder = Records.JSON.decoder(Records.all(schema));
    for (int round = 0; round < 2; round++) {
      decoder.begin();
      List<List<Object>> expected = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        String text = (char) ('a' + i % 26) + "x".repeat(i) + round;
        expected.add(List.of(text, List.of(text, "\n")));
        assertThat(Records.add(decoder,
            Records.utf8("{\"l\":[\"" + text + "\",\"\\n\"],\"s\":\"" + text + "\"}"))).isNull();
      }
      assertThat(Values.rows(decoder.batch())).isEqualTo(expected);
    }
  }

  @Test
  void aBatchIsFullByRowsAndByBytes() throws IOException {
    RecordDecoder decoder = Records.JSON.decoder(new ReadSpec(SchemaText.parse("a string"), List.of(0), 2));
    decoder.begin();
    Records.add(decoder, Records.utf8("{\"a\":\"1\"}"));
    assertThat(decoder.isFull()).isFalse();
    decoder.addNull();
    assertThat(decoder.isFull()).isTrue();
    assertThatThrownBy(decoder::addNull).isInstanceOf(IllegalStateException.class);
    decoder.begin();
    assertThat(decoder.rows()).isZero();
    Records.add(decoder, Records.utf8("{\"a\":\"" + "x".repeat(9 << 20) + "\"}"));
    assertThat(decoder.isFull()).isTrue();
    assertThat(decoder.rows()).isOne();
  }

  @Test
  void aRowCanBeNullAsAWhole() throws IOException {
    Schema schema = SchemaText.parse("a string, b array<long>, c row<x map<string,long>>, d decimal(30,2), e string");
    RecordDecoder decoder = Records.JSON.decoder(new ReadSpec(schema, List.of(0, 1, 2, 3), 10));
    decoder.begin();
    String good = "{\"a\":\"x\",\"b\":[1],\"c\":{\"x\":{\"k\":2}},\"d\":1,\"e\":5}";
    Records.add(decoder, Records.utf8(good));
    decoder.addNull();
    Records.add(decoder, Records.utf8(good));
    List<Object> row = List.of("x", List.of(1L), List.of(Map.of("k", 2L)), new BigDecimal("1.00"));
    assertThat(Values.rows(decoder.batch()))
        .containsExactly(row, Arrays.asList(null, null, null, null), row);
  }

  @Test
  void theSchemaIsThatOfTheGoodRecords() throws IOException {
    assertThat(Records.JSON.infer(Records.utf8("{\"a\":1,\n\"b\":\"x\"}", "{\"z\":1,\"a\":tru}", "[]", "{\"a\":2.5}"),
        Place.none())).hasToString("a double null, b string null");
    assertThatThrownBy(() -> Records.JSON.infer(Records.utf8("oh", "no"), Place.of("job.conf")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("job.conf  error SB-3004: expected an object, {, found o");
    assertThatThrownBy(() -> Records.JSON.infer(List.of(), Place.none())).isInstanceOf(UserException.class)
        .hasMessageContaining("SB-3010: the sample has no record");
  }
}
