package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.UserException;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @Test
  void everyTypeHasItsForm() {
    String schema = "b boolean, i int, l long, f float, d double, m decimal(10,2), w decimal(30,3), s string, y bytes, "
        + "da date, t time, ts timestamp, a array<long null>, o map<string,long>, r row<x long, y string null>";
    String json =
        "{'b':true,'i':-5,'l':1e3,'f':0.1,'d':1.5E2,'m':12.3,'w':'12345678901234567890.125','s':'x','y':'AQI=',"
            + "'da':'2024-02-29','t':'10:11','ts':'2024-01-01T00:00:00.5+01:00','a':[1,null,3],"
            + "'o':{'k':1,'j':2},'r':{'y':'z','x':7}}";
    assertThat(JsonFiles.read(json.replace('\'', '"'), schema)).containsExactly(List.of(true, -5, 1000L, 0.1f, 150.0,
        new BigDecimal("12.30"), new BigDecimal("12345678901234567890.125"), "x", ByteBuffer.wrap(new byte[] {1, 2}),
        LocalDate.of(2024, 2, 29), LocalTime.of(10, 11), LocalDateTime.of(2023, 12, 31, 23, 0, 0, 500_000_000),
        Arrays.asList(1L, null, 3L), Map.of("k", 1L, "j", 2L), List.of(7L, "z")));
  }

  @Test
  void keysMayComeInAnyOrderAndBeMissing() {
    String json =
        "{\"a\":1,\"b\":2}\n{\"b\":4,\"a\":3}\n{\"x\":[{}],\"a\":5}\n{}\n{\"a\":null,\"b\":6}\n{\"a\":7,\"b\":8}\n";
    assertThat(JsonFiles.read(json, "a long null, b long null")).containsExactly(List.of(1L, 2L), List.of(3L, 4L),
        Arrays.asList(5L, null), Arrays.asList(null, null), Arrays.asList(null, 6L), List.of(7L, 8L));
  }

  @Test
  void ofAKeyThatComesTwiceTheLastValueCounts() {
    assertThat(JsonFiles.read("{\"a\":1,\"a\":2}", "a long")).containsExactly(List.of(2L));
    assertThat(JsonFiles.read("{\"a\":null,\"\\u0061\":2}", "a long null")).containsExactly(List.of(2L));
    assertThat(JsonFiles.read("{\"a\":[1,2],\"a\":[3]}", "a array<long>")).containsExactly(List.of(List.of(3L)));
    assertThat(JsonFiles.read("{\"r\":{\"x\":null},\"r\":{\"x\":1}}", "r row<x long null>"))
        .containsExactly(List.of(List.of(1L)));
    assertThat(JsonFiles.read("{\"r\":{\"x\":1},\"r\":{}}", "r row<x long null>"))
        .containsExactly(List.of(Arrays.asList((Object) null)));
    assertThat(JsonFiles.read("{\"m\":{\"x\":null,\"y\":2,\"x\":3}}", "m map<string,long null>"))
        .containsExactly(List.of(Map.of("x", 3L, "y", 2L)));
    assertThat(JsonFiles.read("{\"m\":{\"01\":5,\"1\":6}}", "m map<long,long>"))
        .containsExactly(List.of(Map.of(1L, 6L)));
  }

  @Test
  void elementsCanBeCopiedWhenTheyHaveGrownBetweenNulls() throws IOException {
    String many = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19";
    String json = "{\"a\":[null]}\n{\"a\":[" + many + "]}\n{\"a\":[null," + many + "]}";
    Schema schema = SchemaText.parse("a array<long null>");
    MemoryFile file = MemoryFile.of("in.json", json);
    assertThat(JsonFiles.copied(file, schema, 8)).isEqualTo(JsonFiles.read(file, schema, 1000, 10));
  }

  @Test
  void aStringColumnTakesTheTextOfAnyValue() {
    String json = "{\"s\":1.50}\n{\"s\":true}\n{\"s\":{\"x\": [\"\\n\"]}}\n{\"s\":[1, 2]}\n{\"s\":\"\\n\"}\n";
    assertThat(JsonFiles.read(json, "s string")).extracting(row -> row.get(0))
        .containsExactly("1.50", "true", "{\"x\": [\"\\n\"]}", "[1, 2]", "\n");
  }

  @Test
  void wholeNumbersOfAnyLengthAreRead() {
    for (long number : new long[] {0, 7, 12345678, 123456789, 999999999999999L, 1234567890123456L, Long.MAX_VALUE}) {
      assertThat(JsonFiles.read("{\"a\":" + number + "}\n{\"a\":-" + number + " }", "a long"))
          .containsExactly(List.of(number), List.of(-number));
    }
    assertThat(JsonFiles.read("{\"a\":2147483647}\n{\"a\":-2147483648}\n{\"a\":1.0}", "a int"))
        .containsExactly(List.of(Integer.MAX_VALUE), List.of(Integer.MIN_VALUE), List.of(1));
  }

  @Test
  void numbersThatJsonCannotWriteAreWords() {
    assertThat(JsonFiles.read("{\"d\":\"NaN\",\"f\":\"-Infinity\"}", "d double, f float"))
        .containsExactly(List.of(Double.NaN, Float.NEGATIVE_INFINITY));
  }

  @Test
  void manyKeysThatAreDataAreRead() {
    String json = IntStream.range(0, 10_000).mapToObj(i -> "{\"k" + i + "\":1,\"a\":" + i + "}")
        .collect(Collectors.joining("\n"));
    assertThat(JsonFiles.read(json, "a long")).hasSize(10_000).last().isEqualTo(List.of(9999L));
    String entries =
        IntStream.range(0, 20_000).mapToObj(i -> "\"k" + i + "\":" + i).collect(Collectors.joining(",", "{", "}"));
    Map<?, ?> map = (Map<?, ?>) JsonFiles.read("{\"m\":" + entries + "}", "m map<string,long>").get(0).get(0);
    assertThat(map.size()).isEqualTo(20_000);
    assertThat(map.get("k19999")).isEqualTo(19_999L);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "long     | 1.5                       | too many digits behind the point",
      "long     | 9223372036854775808       | out of range",
      "int      | 2147483648                | out of range",
      "long     | \"5\"                     | ",
      "long     | [1, 2]                    | ",
      "boolean  | 1                         | ",
      "boolean  | \"true\"                  | ",
      "double   | 1e400                     | out of range",
      "float    | 1e39                      | out of range",
      "double   | \"1.5\"                   | ",
      "decimal(4,1) | 1000                  | out of range",
      "decimal(4,1) | 1.25                  | too many digits behind the point",
      "decimal(4,1) | \"1,5\"               | ",
      "bytes    | \"%\"                     | ",
      "date     | \"2024-02-30\"            | out of range",
      "timestamp | 1700000000000            | ",
      "array<long> | {}                     | ",
      "row<x long> | [1]                    | "})
  void aValueThatDoesNotFitIsToldWithItsPlaceAndItsType(String type, String value, String why) {
    String problem = JsonFiles.problem("{\"a\":1}\n{\"a\":2, \"c\":" + value + "}\n", "a long, c " + type + " null");
    assertThat(problem).startsWith("in.json:2:13  error SB-3001: column c is " + type + ", but here it is " + value)
        .endsWith(why == null ? value : ": " + why);
  }

  @Test
  void aNullOrMissingColumnThatMayNotBeNullIsToldApart() {
    assertThat(JsonFiles.problem("{\"a\":null}", "a long"))
        .isEqualTo("in.json:1:6  error SB-3002: column a is long and never null, but here it is null");
    assertThat(JsonFiles.problem("\n{\"b\":1}", "a long"))
        .isEqualTo("in.json:2:1  error SB-3003: column a is long and never null, but this record does not have it");
    assertThat(JsonFiles.failure("{\"r\":{}}", "r row<x long>").getMessage()).contains("column r.x is long")
        .contains("if that is right, allow it in the schema: \"x long null\"");
    assertThat(JsonFiles.problem("{\"a\":[1,null]}", "a array<long>")).contains("1:9").contains("column a[] is long");
    assertThat(JsonFiles.problem("{\"m\":{\"x\":1}}", "m map<long,long>"))
        .contains("column m.{key} is long, but here it is \"x\"");
  }

  @Test
  void theFirstFiveAreShownAndAllOfTheBatchCounted() {
    String json = "{\"a\":1}\n" + "{\"a\":\"x\"}\n".repeat(100);
    UserException failure = JsonFiles.failure(json, "a long");
    assertThat(failure.kind()).isEqualTo(ErrorKind.USER);
    assertThat(failure.problems()).hasSize(5);
    assertThat(failure.getMessage()).contains("in.json:2:6").contains("in.json:6:6").contains("found so far: 100 ")
        .contains("declare the column as string");
  }

  @Test
  void placesCountCharactersAsEditorsDo() {
    assertThat(JsonFiles.problem("{\"s\":\"\u00e4\uD83D\uDE00\",\"a\":\"x\"}", "a long")).startsWith("in.json:1:16 ");
    assertThat(JsonFiles.problem("\uFEFF{\"a\":\"x\"}", "a long")).startsWith("in.json:1:6 ");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{\"a\":1          | expected a comma or }, found the end of the file",
      "{\"a\":\"x        | expected the closing quote of a string, found the end of the file",
      "{\"a\":1}}        | expected the end of the line, found }",
      "{\"a\":1}{\"a\":2} | expected the end of the line, found {",
      "{\"a\" 1}         | expected a colon, found 1",
      "{\"a\":01}        | expected a number without leading zeros, found 0",
      "{\"a\":+1}        | expected a value, found +",
      "{\"a\":tru}       | expected a value, found t",
      "{\"a\":1,}        | expected a key in quotes, found }",
      "{a:1}             | expected a key in quotes, found a",
      "{\"a\":\"\\x\"}   | expected one of \"\\/bfnrtu behind a backslash, found x",
      "{\"a\":\"\\u12g4\"} | expected four hexadecimal digits, found g",
      "7                 | expected an object, {, found 7",
      "id,name           | expected an object, {, found i",
      "\u00e4            | expected an object, {, found \u00e4"})
  void whatIsNoJsonIsTold(String json, String message) {
    assertThat(JsonFiles.problem(json.strip(), "a string null")).contains("SB-3004: " + message);
  }

  @Test
  void aRecordOverSeveralLinesIsToldWhatToDo() {
    assertThat(JsonFiles.failure("{\n\"a\":1\n}\n", "a long").getMessage())
        .contains("in.json:1:2  error SB-3004: expected a key in quotes, found the end of the line")
        .contains("must be the elements of one array");
  }

  @Test
  void textThatIsNotUtf8IsTold() {
    byte[] latin = "{\"a\":\"M\u00fcller\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> JsonFiles.read(new MemoryFile("in.json", latin), SchemaText.parse("a string"), 100, 10))
        .hasMessageContaining("in.json:1:8  error SB-3005: the text is not valid UTF-8").hasMessageContaining("iconv");
    assertThat(JsonFiles.problem("{\"a\":\"\\ud83d!\"}", "a string"))
        .contains("SB-3005: the escape is half of a surrogate pair");
    assertThat(JsonFiles.problem("{\"a\":\"\\ude00\"}", "b string null")).contains("SB-3005");
  }

  @Test
  void aControlCharacterInAStringIsTold() {
    assertThat(JsonFiles.problem("{\"a\":\"\t\"}", "a string")).contains("found a byte 0x9");
    assertThat(JsonFiles.problem("\0\0\0", "a string")).contains("found a byte 0x0");
  }

  @Test
  void deepNestingEndsWithAnError() {
    String deep = "[".repeat(999) + "]".repeat(999);
    assertThat(JsonFiles.read("{\"x\":" + deep + "}", "a long null, x string null").get(0).get(1)).isEqualTo(deep);
    assertThat(JsonFiles.problem("{\"x\":[" + deep + "]}", "a long null")).contains("nested more than 1000 deep");
    assertThat(JsonFiles.problem("{\"x\":" + "{\"y\":".repeat(100_000), "x string null"))
        .contains("nested more than 1000 deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[{\"a\":1}", "[{\"a\":1},", "[{\"a\":1},{\"a\"", "[{\"a\":1}}", "[,]", "[{\"a\":1},]",
      "[{\"a\":1},,{\"a\":2}]",
      "[{\"a\":1}] x", "[{\"a\":1}][]", "[1]", "[[{\"a\":1}]]", "[{\"a\":1} {\"a\":2}]", "[{\"a\":1}\n{\"a\":2}]",
      "[\"a\"]", "[{\"a\":\"\n\"}]"})
  void anArrayThatIsNotOneOfObjectsIsRefused(String json) {
    assertThat(JsonFiles.failure(json, "a long")).isNotNull();
  }

  @Test
  void anArrayIsRecognisedAndMayHaveALayout() {
    String json = "\n [\r\n  {\n \"a\" : 1\n },\n {\"a\":2}\n]\n\n";
    assertThat(JsonFiles.read(json, "a long")).containsExactly(List.of(1L), List.of(2L));
    assertThat(JsonFiles.read("[]", "a long")).isEmpty();
    assertThat(new JsonFormat().splittable(MemoryFile.of("x.json", json))).isFalse();
    assertThat(new JsonFormat().splittable(MemoryFile.of("x.json", "{}"))).isTrue();
    assertThat(new JsonFormat().splittable(MemoryFile.of("x.json.gz", "{}"))).isFalse();
  }

  @Test
  void anIncompleteArrayIsToldAtItsEnd() {
    assertThat(JsonFiles.problem("[{\"a\":1},\n", "a long"))
        .isEqualTo("in.json:2:1  error SB-3004: expected ] at the end of the array, found the end of the file");
  }

  @Test
  void aLongLineIsReadUpToTheBoundAndRefusedBeyond() {
    Schema schema = SchemaText.parse("a string");
    String text = "x".repeat(900_000);
    MemoryFile file = MemoryFile.of("in.json", "{\"a\":\"1\"}\n{\"a\":\"" + text + "\"}\n{\"a\":\"2\"}\n");
    assertThat(JsonFiles.read(file, schema, 100, 10)).containsExactly(List.of("1"), List.of(text), List.of("2"));
    MemoryFile longer = MemoryFile.of("in.json", "{\"a\":\"1\"}\n{\"a\":\"" + text + text + "\"}\n{\"a\":\"2\"}\n");
    assertThatThrownBy(() -> JsonFiles.read(longer, schema, 100, 10))
        .hasMessageStartingWith("in.json:2:1  error SB-3006: a record is longer than 1 MB");
  }

  @Test
  void junkEndsWithAnErrorHoweverLongItIs() {
    ByteArrayOutputStream junk = new ByteArrayOutputStream();
    for (int i = 0; i < 100_000; i++) {
      junk.write(i * 31 ^ i >> 3);
    }
    MemoryFile file = new MemoryFile("in.json", junk.toByteArray());
    assertThatThrownBy(() -> JsonFiles.read(file, SchemaText.parse("a string null"), 1 << 12, 10))
        .isInstanceOf(UserException.class);
  }

  @Test
  void aFileWithoutRecordsGivesNone() {
    for (String text : List.of("", "\n", " \r\n\t\n", "\uFEFF", "\uFEFF\n")) {
      assertThat(JsonFiles.read(text, "a long")).isEmpty();
    }
  }

  @Test
  void withoutColumnsRecordsAreCountedAndChecked() {
    ReadSpec none = new ReadSpec(SchemaText.parse("a long"), List.of(), 2);
    assertThat(JsonFiles.read(MemoryFile.of("in.json", "{\"a\":1}\n{}\n\n{\"a\":\"x\"}").whole(), none, 100))
        .hasSize(3);
    assertThatThrownBy(() -> JsonFiles.read(MemoryFile.of("in.json", "{\"a\":1}\n{").whole(), none, 100))
        .isInstanceOf(UserException.class);
  }
}
