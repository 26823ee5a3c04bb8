package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads JSON that lies in memory. */
final class JsonFiles {

  private static final int MAX_RECORD = 1 << 20;

  private JsonFiles() {}

  /** All columns of the records of a text. */
  static List<List<Object>> read(String text, String schema) {
    return read(MemoryFile.of("in.json", text), SchemaText.parse(schema), ByteChunks.CHUNK_BYTES,
        RecordBatch.DEFAULT_ROWS);
  }

  /** The same with a window of this size, and so many rows a batch. */
  static List<List<Object>> read(MemoryFile file, Schema schema, int windowBytes, int batchRows) {
    return read(file.whole(), spec(schema, batchRows), windowBytes);
  }

  /** The rows of a split. */
  static List<List<Object>> read(FileSplit split, ReadSpec spec, int windowBytes) {
    List<List<Object>> rows = new ArrayList<>();
    try (JsonReader reader = JsonReader.open(split, spec, windowBytes, MAX_RECORD)) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        rows.addAll(Values.rows(batch));
      }
      return rows;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** All rows as copies that outlive their batches. */
  static List<List<Object>> copied(MemoryFile file, Schema schema, int windowBytes) throws IOException {
    List<RecordBatch> batches = new ArrayList<>();
    try (JsonReader reader = JsonReader.open(file.whole(), spec(schema, 5), windowBytes, MAX_RECORD)) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        batches.add(batch.copy());
      }
    }
    return batches.stream().flatMap(batch -> Values.rows(batch).stream()).toList();
  }

  /** All columns of a schema. */
  static ReadSpec spec(Schema schema, int batchRows) {
    return new ReadSpec(schema, IntStream.range(0, schema.size()).boxed().toList(), batchRows);
  }

  /** What is said about a text that is bad. */
  static UserException failure(String text, String schema) {
    return catchThrowableOfType(UserException.class, () -> read(text, schema));
  }

  /** What is said first about it: its place, its code, and its message. */
  static String problem(String text, String schema) {
    return failure(text, schema).problems().get(0).render().lines().findFirst().orElseThrow();
  }
}
