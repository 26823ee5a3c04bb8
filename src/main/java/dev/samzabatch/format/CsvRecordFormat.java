package dev.samzabatch.format;

import dev.samzabatch.data.ByteSink;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Each record is one line of delimited fields, read and written as those of {@link CsvFormat}, perhaps with its line
 * end. There is no header: the schema's columns are the fields.
 */
final class CsvRecordFormat implements RecordFormat {

  private final String name;
  private final CsvOptions options;

  CsvRecordFormat(String name, CsvOptions options) {
    this.name = name;
    this.options = options;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RecordDecoder decoder(ReadSpec spec) {
    CsvDecoder.requireFlat(spec.schema());
    return new CsvRecordDecoder(spec, options);
  }

  @Override
  public RecordEncoder encoder(Schema schema, String subject) {
    CsvLines lines = new CsvLines(schema, options);
    return (RecordBatch batch, int row, ByteSink out) -> {
      lines.text().cutTo(0);
      lines.add(batch, row);
      lines.text().drainTo(out);
    };
  }

  /** Columns {@code c1, c2, ...}, as many as the first record has, with types as {@link CsvTypeGuess} says. */
  @Override
  public Schema infer(List<byte[]> sample, Place place) throws IOException {
    int columns = sample.isEmpty() ? 1 : fields(sample.get(0));
    CsvTypeGuess[] guesses = guesses(columns);
    RecordDecoder decoder = new CsvRecordDecoder(strings(columns), options);
    RecordProblem last = new RecordProblem("SB-3036",
        "the sample has no record: there is nothing to infer a schema from",
        "declare the schema, for example schema = \"id long, name string null\"");
    int good = 0;
    for (byte[] value : sample) {
      decoder.begin();
      RecordProblem problem = decoder.add(value, 0, value.length);
      if (problem == null) {
        good++;
        CsvInference.look(decoder.batch(), 1, guesses);
      } else {
        last = problem;
      }
    }
    if (good == 0) {
      throw new UserException(last.at(place));
    }
    return schema(guesses);
  }

  private int fields(byte[] value) {
    CsvScanner counter = new CsvScanner(options, new int[0], 0, 1, false);
    RecordWindow window = new RecordWindow();
    window.add(value, 0, value.length);
    counter.index(window.array(), 0, window.limit(), true);
    counter.scan(1, Integer.MAX_VALUE);
    return Math.max(1, counter.fields());
  }

  private static ReadSpec strings(int columns) {
    List<Field> fields = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      fields.add(Field.optional("c" + i, ScalarType.STRING));
    }
    return new ReadSpec(new Schema(fields), IntStream.range(0, columns).boxed().toList(), 1);
  }

  private static CsvTypeGuess[] guesses(int columns) {
    CsvTypeGuess[] guesses = new CsvTypeGuess[columns];
    for (int i = 0; i < columns; i++) {
      guesses[i] = new CsvTypeGuess();
      guesses[i].incomplete();
    }
    return guesses;
  }

  private static Schema schema(CsvTypeGuess[] guesses) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < guesses.length; i++) {
      fields.add(new Field("c" + (i + 1), guesses[i].type(), guesses[i].nullable()));
    }
    return new Schema(fields);
  }
}
