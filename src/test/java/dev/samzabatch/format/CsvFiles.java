package dev.samzabatch.format;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What the tests of CSV have in common. */
final class CsvFiles {

  static final CsvOptions NO_HEADER = CsvOptions.DEFAULT.withHeader(false);

  private CsvFiles() {}

  /** A schema of strings that may be null. */
  static Schema strings(int columns) {
    return new Schema(
        IntStream.rangeClosed(1, columns).mapToObj(i -> Field.optional("c" + i, ScalarType.STRING)).toList());
  }

  /** Strings named as the header of these bytes says. */
  static List<Field> stringFields(byte[] bytes) {
    String line = new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    return Arrays.stream(line.split(",")).map(name -> Field.optional(name, ScalarType.STRING)).toList();
  }

  /** The bytes of a test resource. */
  static byte[] resource(String name) throws IOException {
    try (InputStream in = CsvFiles.class.getResourceAsStream("/format/" + name)) {
      return in.readAllBytes();
    }
  }

  /** All columns of a schema. */
  static ReadSpec all(Schema schema, int batchRows) {
    return new ReadSpec(schema, IntStream.range(0, schema.size()).boxed().toList(), batchRows);
  }

  /** The rows of a text with a header. */
  static List<List<Object>> read(String text, String schema) throws IOException {
    return read(MemoryFile.of("t.csv", text), CsvOptions.DEFAULT, SchemaText.parse(schema));
  }

  /** The rows of a file. */
  static List<List<Object>> read(MemoryFile file, CsvOptions options, Schema schema) throws IOException {
    try (BatchReader reader = CsvReader.open(file.whole(), all(schema, 100), options)) {
      return drain(reader);
    }
  }

  /** The rows of a file, through a window of this size. */
  static List<List<Object>> read(MemoryFile file, CsvOptions options, Schema schema, int windowBytes)
      throws IOException {
    ReadSpec spec = all(schema, 3);
    CsvColumns columns = CsvColumns.of(file, spec, options);
    ByteChunks chunks =
        ByteChunks.open(file.whole(), CsvReader.firstLine(file.whole(), options, columns), windowBytes, 1 << 20);
    try (BatchReader reader = CsvReader.open(file.whole(), spec, options, columns, chunks)) {
      return drain(reader);
    }
  }

  /** All rows that are left. */
  static List<List<Object>> drain(BatchReader reader) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
      rows.addAll(Values.rows(batch));
    }
    return rows;
  }

  /** The records of a text as FastCSV reads them, null for an empty field. */
  static List<List<Object>> fastCsv(byte[] bytes, char delimiter) {
    List<List<Object>> rows = new ArrayList<>();
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (CsvRecord record : de.siegmar.fastcsv.reader.CsvReader.builder().fieldSeparator(delimiter).ofCsvRecord(text)) {
      rows.add(new ArrayList<>(record.getFields()));
    }
    return rows;
  }

  /** With empty texts for nulls, which FastCSV does not tell apart. */
  static List<List<Object>> withoutNulls(List<List<Object>> rows) {
    List<List<Object>> result = new ArrayList<>();
    for (List<Object> row : rows) {
      List<Object> copy = new ArrayList<>(row);
      copy.replaceAll(value -> value == null ? "" : value);
      result.add(copy);
    }
    return result;
  }
}
