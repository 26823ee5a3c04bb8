package dev.samzabatch.format;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.DelimitedOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Guesses the schema of CSV files from the first records of each.
 *
 * <p>
 * Names come from the header, or are {@code c1, c2, ...} without one. All files must have the same columns; empty files
 * have no say. Types are as {@link CsvTypeGuess} says. A column may be null if a null was seen, or if not all records
 * were.
 */
final class CsvInference {

  /** How many records are looked at altogether, if that leaves at least {@link #MIN_ROWS} for each file. */
  private static final int SAMPLE_ROWS = 20_000;

  private static final int MIN_ROWS = 100;

  /**
   * More columns than these are not made a schema of: it would be a file of another kind, or one to choose columns
   * from.
   */
  private static final int MAX_COLUMNS = 10_000;

  private static final int WINDOW_BYTES = 64 << 10;
  private static final int SNIFF_ROWS = 1000;
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  private final CsvOptions options;

  CsvInference(CsvOptions options) {
    this.options = options;
  }

  /** The options with what the first file that has a record looks like, as far as they are not given. */
  static DelimitedOptions options(List<SourceFile> files, DelimitedOptions given) throws IOException {
    for (SourceFile file : files) {
      CsvOptions options = CsvOptions.of(given);
      int columns = CsvHeader.read(file, options).fields().size();
      if (columns > 0) {
        char delimiter = columns > 1 ? given.delimiter() : delimiter(file, options);
        boolean header =
            given.header().isPresent() ? given.header().get() : looksLikeHeader(file, options.withDelimiter(delimiter));
        return new DelimitedOptions(Optional.of(header), delimiter, given.quote(), given.escape(), given.nullText());
      }
    }
    return given;
  }

  /** The delimiter under which most of the file's first records have as many fields as the first, at least two. */
  private static char delimiter(SourceFile file, CsvOptions options) throws IOException {
    char best = options.delimiter();
    double bestScore = 0;
    for (char delimiter : DELIMITERS) {
      double score = score(file, options.withDelimiter(delimiter));
      if (score > bestScore) {
        bestScore = score;
        best = delimiter;
      }
    }
    return best;
  }

  /** The share of records that have as many fields as the first; 0 if that has only one. */
  private static double score(SourceFile file, CsvOptions options) throws IOException {
    CsvHeader first = CsvHeader.read(file, options);
    if (first.fields().size() < 2) {
      return 0;
    }
    int[] slots = IntStream.range(0, first.fields().size()).map(i -> CsvScanner.UNWANTED).toArray();
    CsvScanner scanner = new CsvScanner(options, slots, 0, SNIFF_ROWS, false);
    int wrong = 0;
    FileSplit whole = new FileSplit(file, 0, Long.MAX_VALUE);
    try (ByteChunks chunks = ByteChunks.open(whole, first.end(), WINDOW_BYTES, ByteChunks.maxRecordBytes())) {
      chunks.fill(0);
      scanner.index(chunks.array(), 0, chunks.limit(), chunks.atEnd());
      while (scanner.scan(SNIFF_ROWS, Integer.MAX_VALUE) == CsvScanner.Stop.WRONG) {
        wrong++;
      }
    }
    return (scanner.rows() + 1.0) / (scanner.rows() + wrong + 1.0);
  }

  /**
   * Whether the file's first record looks like names: all are there, distinct, and neither numbers, dates nor booleans.
   */
  private static boolean looksLikeHeader(SourceFile file, CsvOptions options) throws IOException {
    List<String> fields = CsvHeader.read(file, options).fields();
    boolean distinct = new HashSet<>(fields).size() == fields.size();
    return distinct && fields.stream().allMatch(text -> !text.isEmpty() && CsvTypeGuess.isText(text));
  }

  /**
   * The schema of these files.
   *
   * @throws UserException when all are empty, when two have different columns, when there are too many columns, or when
   * a record has the wrong number of fields
   */
  Schema schema(List<SourceFile> files) throws IOException {
    List<String> names = null;
    SourceFile namesFrom = null;
    CsvTypeGuess[] guesses = {};
    int rows = Math.max(MIN_ROWS, SAMPLE_ROWS / Math.max(1, files.size()));
    for (SourceFile file : files) {
      List<String> found = names(file);
      if (found.isEmpty()) {
        continue;
      }
      if (names == null) {
        names = found;
        namesFrom = file;
        guesses = found.stream().map(name -> new CsvTypeGuess()).toArray(CsvTypeGuess[]::new);
      } else if (!new HashSet<>(names).equals(new HashSet<>(found))) {
        throw differentColumns(namesFrom, names, file, found);
      }
      sample(file, names, guesses, rows);
    }
    if (names == null) {
      throw nothing(files);
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < guesses.length; i++) {
      fields.add(new Field(names.get(i), guesses[i].type(), guesses[i].nullable()));
    }
    return new Schema(fields);
  }

  private List<String> names(SourceFile file) throws IOException {
    CsvHeader first = CsvHeader.read(file, options);
    if (first.fields().size() > MAX_COLUMNS) {
      throw tooMany(file, first.fields().size());
    }
    if (!options.header()) {
      return IntStream.rangeClosed(1, first.fields().size()).mapToObj(i -> "c" + i).toList();
    }
    CsvColumns.requireNames(file, first);
    return first.fields();
  }

  private void sample(SourceFile file, List<String> names, CsvTypeGuess[] guesses, int maxRows) throws IOException {
    Schema strings = new Schema(names.stream().map(name -> Field.optional(name, ScalarType.STRING)).toList());
    ReadSpec spec = new ReadSpec(strings, IntStream.range(0, names.size()).boxed().toList(), RecordBatch.DEFAULT_ROWS);
    int rows = 0;
    try (BatchReader reader = CsvReader.open(new FileSplit(file, 0, Long.MAX_VALUE), spec, options)) {
      RecordBatch batch = reader.next();
      for (; batch != null && rows < maxRows; batch = reader.next()) {
        look(batch, Math.min(batch.rowCount(), maxRows - rows), guesses);
        rows += batch.rowCount();
      }
      if (batch != null || rows > maxRows) {
        for (CsvTypeGuess guess : guesses) {
          guess.incomplete();
        }
      }
    }
  }

  /** Takes note of the first rows of a batch of strings. */
  static void look(RecordBatch batch, int rows, CsvTypeGuess[] guesses) {
    for (int c = 0; c < guesses.length; c++) {
      BytesVector vector = (BytesVector) batch.column(c);
      for (int row = 0; row < rows; row++) {
        if (vector.isNull(row)) {
          guesses[c].addNull();
        } else {
          guesses[c].add(vector.text(row));
        }
      }
    }
  }

  private static UserException nothing(List<SourceFile> files) {
    Place place = files.size() == 1 ? Place.of(files.get(0).name()) : Place.none();
    String what = files.size() == 1 ? "the file is empty" : "all " + files.size() + " files are empty";
    return new UserException(Problem.error("SB-3036", place, what + ": there is nothing to infer a schema from",
        "declare the schema, for example schema = \"id long, name string null\""));
  }

  private static UserException tooMany(SourceFile file, int columns) {
    return new UserException(Problem.error("SB-3038", new Place(file.name(), 1, 0),
        String.format(Locale.ROOT, "there are %,d columns; a schema is inferred of up to %,d", columns, MAX_COLUMNS),
        "check the delimiter; or declare those that you need, for example schema = \"id long, name string null\""));
  }

  private static UserException differentColumns(SourceFile one, List<String> names, SourceFile other,
      List<String> found) {
    return new UserException(Problem.error("SB-3037", Place.of(other.name()),
        "its columns are " + CsvColumns.shown(found) + ", but those of " + one.name() + " are "
            + CsvColumns.shown(names),
        "read them as two inputs, or declare a schema of the columns that all files have"));
  }
}
