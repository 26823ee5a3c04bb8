package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.RandomBatches;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonInferenceTest {

  private static String inferred(String... files) throws IOException {
    List<SourceFile> sources = IntStream.range(0, files.length)
        .<SourceFile>mapToObj(i -> MemoryFile.of(i + ".json", files[i]))
        .toList();
    return new JsonFormat().infer(sources).toString();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "1                 | -9223372036854775808  | long",
      "1                 | 2.5                   | double",
      "1                 | 9223372036854775808   | string",
      "1.5               | 1e400                 | string",
      "true              | false                 | boolean",
      "true              | 1                     | string",
      "\"2024-01-31\"    | \"1999-12-31\"        | date",
      "\"2024-01-31\"    | \"2024-02-30\"        | string",
      "\"2024-01-31\"    | \"2024-01-31T10:00\"  | string",
      "\"10:11\"         | \"23:59:59.5\"        | time",
      "\"2024-01-31T10:00:00Z\" | \"2024-01-31 10:00+01:00\" | timestamp",
      "\"2024-01-31T10:00:00Z\" | \"2024-01-31T10:00:00\"    | string",
      "\"2024-01-31 10:00\" | \"2024-01-31T10:00:00.123\" | timestamp",
      "\"12345\"         | \"\"                  | string",
      "[1]               | [2, 3]                | array<long>",
      "[1]               | [null]                | array<long null>",
      "[]                | []                    | array<string null>",
      "[1]               | [\"x\"]               | array<string>",
      "{\"x\":1}         | {\"x\":2,\"y\":\"z\"} | row<x long, y string null>",
      "{}                | {}                    | string",
      "{\"x\":1}         | 5                     | string",
      "1                 | null                  | long null",
      "null              | null                  | string null"})
  void theTypeSuitsAllValues(String first, String second, String type) throws IOException {
    String lines = "{\"c\":" + first + "}\n{\"c\":" + second + "}\n";
    assertThat(inferred(lines)).isEqualTo("c " + type);
    assertThat(inferred("{\"c\":" + second + "}", "[{\"c\":" + first + "}]")).isEqualTo("c " + type);
  }

  @Test
  void aColumnThatARecordLacksMayBeNull() throws IOException {
    assertThat(inferred("{\"a\":1}\n{\"a\":2,\"b\":3}\n{\"b\":1,\"b\":1,\"a\":0}")).isEqualTo("a long, b long null");
    assertThat(inferred("{\"a\":1,\"a\":2}\n{}")).isEqualTo("a long null");
    assertThat(inferred("{\"a\":1}", "{\"b\":1}")).isEqualTo("a long null, b long null");
  }

  @Test
  void aFileThatIsTooLongIsLookedAtInThreePlacesAndItsColumnsMayBeNull() throws IOException {
    String start = "{\"a\":1,\"t\":\"%s\"}\n".formatted("x".repeat(1000)).repeat(5000);
    String end = "{\"a\":2.5,\"z\":true}\n";
    assertThat(inferred(start + end)).isEqualTo("a double null, t string null, z boolean null");
  }

  @Test
  void withoutRecordsThereIsNothingToInfer() {
    assertThatThrownBy(() -> inferred("")).hasMessageStartingWith("0.json  error SB-3010: the file has no record");
    assertThatThrownBy(() -> inferred("", "\n", "[]")).hasMessageStartingWith("error SB-3010: no file has a record");
    assertThatThrownBy(() -> inferred("{}")).hasMessageContaining("no record has a key");
  }

  @Test
  void badJsonIsToldAsWhenItIsRead() {
    assertThatThrownBy(() -> inferred("{\"a\":1}\n{\"a\":}")).hasMessageStartingWith("0.json:2:6  error SB-3004");
    assertThatThrownBy(() -> inferred("[{\"a\":1},")).hasMessageContaining("the end of the file");
  }

  @Test
  void keysThatAreDataMakeNoColumns() throws IOException {
    String many = IntStream.range(0, 5000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    assertThatThrownBy(() -> inferred(many))
        .hasMessageContaining("SB-3011: the records have more than 1000 different keys");
    assertThat(inferred("{\"m\":" + many + "}")).isEqualTo("m string");
    assertThat(inferred("{\"x\":" + "{\"x\":".repeat(50) + "1" + "}".repeat(51))).contains("x string")
        .hasSizeLessThan(200);
  }

  @Property(tries = 200)
  void whatIsInferredCanBeRead(@ForAll long seed) throws IOException {
    RandomBatches random = new RandomBatches(seed);
    Schema schema = random.schema();
    List<List<Object>> rows = random.rows(schema, 20);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BatchWriter writer = new JsonWriter(out, schema)) {
      writer.write(Values.batch(schema, rows));
    }
    MemoryFile file = new MemoryFile("in.json", out.toByteArray());
    Schema inferred = new JsonFormat().infer(List.of(file));
    assertThat(inferred.names()).isEqualTo(schema.names());
    assertThat(JsonFiles.read(file, inferred, 1 << 12, RecordBatch.DEFAULT_ROWS)).hasSameSizeAs(rows);
  }
}
