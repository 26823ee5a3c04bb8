package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.RandomBatches;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a file is cut, and however large the window and the batches are, each record is given once. */
class JsonSplitTest {

  private static final Schema SCHEMA = SchemaText.parse("id long, text string null");
  private static final int MAX_RECORD = 1 << 20;

  private static final String LINES =
      "{\"id\":1,\"text\":\"one\"}\n\n  \n{\"id\":2}\r\n{\"text\":\"\u00e4\\u00e4\",\"id\":3}\n"
          + "{\"id\":4,\"text\":\"a longer line, longer than the others, so that a split may lie within it\"}\n"
          + "{\"id\":5}";
  private static final String ARRAY =
      " [ {\"id\":1,\"text\":\"[{,\"},\n{\"id\":2}\n,\n {\"id\":3,\n\"text\":\"}]\\\"\"} , {\"id\":4}]\n ";

  @ParameterizedTest
  @ValueSource(strings = {LINES, "\uFEFF" + LINES, LINES + "\n", LINES + "\n\n", "\n" + LINES, "", "\n", "{\"id\":1}"})
  void everyTwoCutsGiveEachRecordOnce(String text) {
    MemoryFile file = MemoryFile.of("in.json", text);
    List<List<Object>> all = JsonFiles.read(file, SCHEMA, 1 << 12, 100);
    int length = (int) file.length();
    for (int first = 0; first <= length; first++) {
      for (int second = first; second <= length; second++) {
        List<List<Object>> rows = new ArrayList<>();
        rows.addAll(JsonFiles.read(new FileSplit(file, 0, first), JsonFiles.spec(SCHEMA, 3), 40));
        rows.addAll(JsonFiles.read(new FileSplit(file, first, second), JsonFiles.spec(SCHEMA, 3), 40));
        rows.addAll(JsonFiles.read(new FileSplit(file, second, length), JsonFiles.spec(SCHEMA, 3), 40));
        assertThat(rows).as("cut at %d and %d", first, second).isEqualTo(all);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LINES, ARRAY})
  void everyWindowAndBatchSizeGivesTheSame(String text) {
    MemoryFile file = MemoryFile.of("in.json", text);
    List<List<Object>> all = JsonFiles.read(file, SCHEMA, 1 << 12, 100);
    for (int window = 1; window < text.length() + 2; window++) {
      for (int batchRows = 1; batchRows < 4; batchRows++) {
        assertThat(JsonFiles.read(file, SCHEMA, window, batchRows)).as("window %d", window).isEqualTo(all);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LINES, ARRAY, "\uFEFF" + LINES, "\uFEFF" + ARRAY, "[]", "[{\"id\":1}]"})
  void aReaderOpenedAtAnyPositionGivesTheRest(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (Compression compression : Compression.values()) {
      MemoryFile file = new MemoryFile("in.json" + Packing.extension(compression), packed(bytes, compression));
      List<List<Object>> all = JsonFiles.read(file, SCHEMA, 1 << 12, 100);
      try (JsonReader reader = JsonReader.open(file.whole(), JsonFiles.spec(SCHEMA, 1), 32, MAX_RECORD)) {
        int given = 0;
        RecordBatch batch;
        do {
          FileSplit rest = new FileSplit(file, reader.position(), Long.MAX_VALUE);
          assertThat(JsonFiles.read(rest, JsonFiles.spec(SCHEMA, 2), 32)).isEqualTo(all.subList(given, all.size()));
          batch = reader.next();
          given += batch == null ? 0 : batch.rowCount();
        } while (batch != null);
        assertThat(given).isEqualTo(all.size());
        FileSplit end = new FileSplit(file, reader.position(), Long.MAX_VALUE);
        assertThat(JsonFiles.read(end, JsonFiles.spec(SCHEMA, 2), 32)).isEmpty();
        assertThat(reader.bytesRead()).isEqualTo(file.length());
      }
    }
  }

  private static byte[] packed(byte[] bytes, Compression compression) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packing = Packing.pack(out, compression)) {
      packing.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void theLastPositionOfASplitIsWhereTheNextOneStarts() throws IOException {
    MemoryFile file = MemoryFile.of("in.json", LINES);
    for (int cut = 0; cut <= file.length(); cut++) {
      try (JsonReader first = JsonReader.open(new FileSplit(file, 0, cut), JsonFiles.spec(SCHEMA, 2), 32, MAX_RECORD);
          JsonReader second =
              JsonReader.open(new FileSplit(file, cut, file.length()), JsonFiles.spec(SCHEMA, 2), 32, MAX_RECORD)) {
        while (first.next() != null) {
          assertThat(first.position()).isLessThanOrEqualTo(file.length());
        }
        assertThat(first.position()).isEqualTo(second.position());
      }
    }
  }

  @Property(tries = 300)
  void whatIsWrittenIsReadBack(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2000) int window)
      throws IOException {
    RandomBatches random = new RandomBatches(seed);
    Schema schema = random.schema();
    List<List<Object>> rows = random.rows(schema, 20);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BatchWriter writer = new JsonWriter(out, schema)) {
      writer.write(Values.batch(schema, rows));
      writer.write(Values.batch(schema, rows.subList(0, 5)));
    }
    List<List<Object>> written = new ArrayList<>(rows);
    written.addAll(rows.subList(0, 5));
    MemoryFile file = new MemoryFile("in.json", out.toByteArray());
    assertThat(JsonFiles.read(file, schema, window, 7)).isEqualTo(written);
    assertThat(JsonFiles.copied(file, schema, window)).isEqualTo(written);
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
      assertThat(JsonOracle.read(line.getBytes(StandardCharsets.UTF_8))).isPresent();
    }
  }

  @Property(tries = 100)
  void aProjectionGivesTheSameColumns(@ForAll long seed) throws IOException {
    RandomBatches random = new RandomBatches(seed);
    Schema schema = random.schema();
    List<List<Object>> rows = random.rows(schema, 10);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BatchWriter writer = new JsonFormat().openWriter(out, schema)) {
      writer.write(Values.batch(schema, rows));
    }
    MemoryFile file = new MemoryFile("in.json", out.toByteArray());
    for (int column = 0; column < schema.size(); column++) {
      List<List<Object>> expected = new ArrayList<>();
      for (List<Object> row : rows) {
        List<Object> cell = new ArrayList<>();
        cell.add(row.get(column));
        expected.add(cell);
      }
      assertThat(JsonFiles.read(file.whole(), new ReadSpec(schema, List.of(column), 4), 100)).isEqualTo(expected);
    }
  }
}
