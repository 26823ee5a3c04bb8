package dev.samzabatch.format;

import dev.samzabatch.data.ByteSink;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import java.util.List;

/** Each record is a JSON object, read and written as those of {@link JsonFormat}; it may go over several lines. */
final class JsonRecordFormat implements RecordFormat {

  @Override
  public String name() {
    return "json";
  }

  @Override
  public RecordDecoder decoder(ReadSpec spec) {
    return new JsonRecordDecoder(spec);
  }

  @Override
  public RecordEncoder encoder(Schema schema, String subject) {
    JsonObjects objects = new JsonObjects(schema);
    return (RecordBatch batch, int row, ByteSink out) -> {
      objects.add(batch, row);
      objects.text().drainTo(out);
    };
  }

  /**
   * As {@link JsonInference} does. An object is first passed over as a whole, so that a bad one leaves nothing behind.
   */
  @Override
  public Schema infer(List<byte[]> sample, Place place) {
    JsonGuess guess = new JsonGuess();
    JsonValues values = new JsonValues();
    JsonScanner in = values.scanner();
    RecordProblem first = null;
    for (byte[] value : sample) {
      values.clear();
      values.add(value, 0, value.length);
      RecordProblem problem = values.read((from, row) -> in.skipValue(from - 1, 0), 0);
      if (problem == null) {
        values.read((from, row) -> guess.readObject(in, from, 1), 0);
      } else if (first == null) {
        first = problem;
      }
    }
    if (guess.values() == 0 && first != null) {
      throw new UserException(first.at(place));
    }
    return JsonInference.schema(guess, false, place, "the sample has no record");
  }
}
