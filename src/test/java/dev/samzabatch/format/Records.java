package dev.samzabatch.format;

import dev.samzabatch.data.ByteSink;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the tests of single records have in common. */
final class Records {

  static final RecordFormat JSON = of(DataFormat.JSON);
  static final RecordFormat CSV = of(DataFormat.CSV);

  private Records() {}

  static RecordFormat of(DataFormat format) {
    return RecordFormats.of(format, DelimitedOptions.of(format), Optional.empty(), Optional.empty());
  }

  static ReadSpec all(Schema schema) {
    return new ReadSpec(schema, IntStream.range(0, schema.size()).boxed().toList(), RecordBatch.DEFAULT_ROWS);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static List<byte[]> utf8(String... texts) {
    return List.of(texts).stream().map(Records::utf8).toList();
  }

  /** The bytes of each row. */
  static List<byte[]> encoded(RecordFormat format, Schema schema, List<? extends List<?>> rows) throws IOException {
    RecordEncoder encoder = format.encoder(schema, "t-value");
    RecordBatch batch = Values.batch(schema, rows);
    ByteSink out = new ByteSink();
    List<byte[]> values = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      int from = out.size();
      encoder.encode(batch, row, out);
      values.add(Arrays.copyOfRange(out.bytes(), from, out.size()));
    }
    return values;
  }

  /** The rows of records that are all good. */
  static List<List<Object>> decoded(RecordFormat format, Schema schema, List<byte[]> values) throws IOException {
    RecordDecoder decoder = format.decoder(all(schema));
    decoder.begin();
    for (byte[] value : values) {
      RecordProblem problem = add(decoder, value);
      if (problem != null) {
        throw new AssertionError(problem + " in " + new String(value, StandardCharsets.UTF_8));
      }
    }
    return Values.rows(decoder.batch());
  }

  static List<List<Object>> decoded(RecordFormat format, String schema, String... values) throws IOException {
    return decoded(format, SchemaText.parse(schema), utf8(values));
  }

  /** Adds a value from the midst of an array that changes afterwards. */
  static RecordProblem add(RecordDecoder decoder, byte[] value) throws IOException {
    byte[] lent = new byte[value.length + 20];
    Arrays.fill(lent, (byte) '"');
    System.arraycopy(value, 0, lent, 10, value.length);
    RecordProblem problem = decoder.add(lent, 10, 10 + value.length);
    Arrays.fill(lent, (byte) 'x');
    return problem;
  }

  /** What is wrong with a record: its code and message. */
  static String problem(RecordFormat format, String schema, byte[] value) throws IOException {
    RecordDecoder decoder = format.decoder(all(SchemaText.parse(schema)));
    decoder.begin();
    RecordProblem problem = add(decoder, value);
    if (problem == null) {
      throw new AssertionError("the record is good: " + Values.rows(decoder.batch()));
    }
    return problem.code() + ": " + problem.message();
  }

  static String problem(RecordFormat format, String schema, String value) throws IOException {
    return problem(format, schema, utf8(value));
  }
}
