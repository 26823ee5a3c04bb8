package dev.samzabatch.format;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.Compression;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.OutputSpec;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes formats from what a job file says, or from what files look like. */
public final class Formats {

  private Formats() {}

  /** The format of an input. */
  public static Format of(InputSpec input) {
    return of(input.format(), input.delimited(), input.compression());
  }

  /** The format of an output. It writes to a stream that packs already. */
  public static Format of(OutputSpec.Encoding encoding) {
    return plain(encoding.format(), encoding.delimited());
  }

  /**
   * A format.
   *
   * @param options how lines are written; of no meaning for json
   * @param compression of all files; empty when each file's name tells
   */
  public static Format of(DataFormat format, DelimitedOptions options, Optional<Compression> compression) {
    Format plain = plain(format, options);
    return compression.isPresent() ? new PackedFormat(plain, compression.get()) : plain;
  }

  private static Format plain(DataFormat format, DelimitedOptions options) {
    return switch (format) {
      case JSON -> new JsonFormat();
      case CSV, TSV -> new CsvFormat(nameOf(format), CsvOptions.of(options));
      case TEXT, BYTES, AVRO -> throw new UserException(Problem.error("SB-3024", Place.none(),
          "the format " + nameOf(format) + " is for topics, not for files", "name the format: json, csv or tsv"));
    };
  }

  /**
   * The format that the end of a path tells.
   *
   * @throws UserException when it tells none
   */
  public static DataFormat ofPath(String path) {
    return DataFormat.ofPath(path).orElseThrow(() -> new UserException(Problem.error("SB-3021", Place.of(path),
        "the name does not tell its format; known are .json, .jsonl, .ndjson, .csv, .tsv and .tab,"
            + " also with .gz or .zst",
        "name the format: json, csv or tsv")));
  }

  /**
   * Looks what the files are like: for lines of fields, also the delimiter and whether there is a header, as far as
   * they are not given. The delimiter counts as given unless the first record has only one field with it.
   *
   * @throws UserException when there is nothing to infer from, or the files contradict each other
   */
  public static InferredFormat infer(
      DataFormat format, DelimitedOptions given, Optional<Compression> compression, List<SourceFile> files)
      throws IOException {
    DelimitedOptions options = given;
    if (format.isDelimited()) {
      List<SourceFile> read = files.stream().map(file -> PackedFormat.packed(file, compression)).toList();
      options = CsvInference.options(read, given);
    }
    return new InferredFormat(options, of(format, options, compression).infer(files));
  }

  private static String nameOf(DataFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
