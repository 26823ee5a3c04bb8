package dev.samzabatch.format;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.Compression;
import java.io.IOException;
import java.util.List;

/**
 * Guesses the schema of JSON files from samples of all of them: the first bytes of each, and of a plain file with lines
 * also some of its middle and its end.
 *
 * <p>
 * Columns are all keys there were, in the order in which they first came. Whole numbers are long, and double together
 * with others; strings are dates, times or timestamps only if all of them are; objects are rows, and strings (their
 * JSON text) if they have more than {@link JsonGuess#MAX_KEYS} different keys. What does not go together is a string,
 * which any JSON value can be read as. A column may be null if a null was seen, if a record does not have it, or if not
 * all records were seen.
 */
final class JsonInference {

  private static final int SAMPLE_BYTES = 24 << 20;
  private static final int MIN_SAMPLE_BYTES = 64 << 10;
  private static final int MAX_SAMPLE_BYTES = 1 << 20;
  private static final int WINDOW_BYTES = 64 << 10;

  private final JsonGuess guess = new JsonGuess();
  private boolean complete = true;

  private JsonInference() {}

  /**
   * The schema of these files.
   *
   * @throws UserException when there are no records, when a record is not JSON, or when there are too many columns
   */
  static Schema schema(List<SourceFile> files) throws IOException {
    JsonInference inference = new JsonInference();
    long sample = Math.max(MIN_SAMPLE_BYTES, Math.min(MAX_SAMPLE_BYTES, SAMPLE_BYTES / Math.max(1, files.size())));
    for (SourceFile file : files) {
      inference.sample(file, sample);
    }
    Place place = files.size() == 1 ? Place.of(files.get(0).name()) : Place.none();
    String nothing = files.size() == 1 ? "the file has no record" : "no file has a record";
    return schema(inference.guess, inference.complete, place, nothing);
  }

  /**
   * The schema that a guess of records comes to.
   *
   * @param nothing what to say if there was no record
   * @throws UserException when there were no records or too many keys
   */
  static Schema schema(JsonGuess guess, boolean complete, Place place, String nothing) {
    Schema schema = guess.schema(complete);
    if (guess.keys() > JsonGuess.MAX_KEYS) {
      throw new UserException(Problem.error("SB-3011", place,
          "the records have more than " + JsonGuess.MAX_KEYS + " different keys, which cannot all be columns",
          "declare the columns that you need, for example schema = \"id long, name string null\""));
    }
    if (schema.size() == 0) {
      String what = guess.values() > 0 ? "no record has a key" : nothing;
      throw new UserException(Problem.error("SB-3010", place, what + ": there is nothing to infer a schema from",
          "declare the schema, for example schema = \"id long, name string null\""));
    }
    return schema;
  }

  private void sample(SourceFile file, long bytes) throws IOException {
    long length = file.length();
    if (Packing.of(file) != Compression.NONE || JsonElements.isArray(file)) {
      look(new FileSplit(file, 0, Long.MAX_VALUE), bytes);
    } else if (length <= 3 * bytes) {
      look(new FileSplit(file, 0, length), Long.MAX_VALUE);
    } else {
      complete = false;
      look(new FileSplit(file, 0, bytes), Long.MAX_VALUE);
      look(new FileSplit(file, length / 2, length / 2 + bytes), Long.MAX_VALUE);
      look(new FileSplit(file, length - bytes, length), Long.MAX_VALUE);
    }
  }

  /** Looks at the records of a split until this many bytes have been passed. */
  private void look(FileSplit split, long bytes) throws IOException {
    try (JsonLines lines = JsonLines.open(split, WINDOW_BYTES, ByteChunks.maxRecordBytes())) {
      boolean more = lines.hasLine();
      while (more && lines.position() < bytes) {
        lines.read((from, row) -> guess.readObject(lines.scanner(), from, 1), Integer.MAX_VALUE);
        lines.check();
        more = lines.hasLine();
      }
      complete &= !more;
      lines.check();
    }
  }
}
