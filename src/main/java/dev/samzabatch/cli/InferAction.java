package dev.samzabatch.cli;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.format.Formats;
import dev.samzabatch.format.InferredFormat;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import dev.samzabatch.job.Location;
import dev.samzabatch.system.file.FileListing;
import dev.samzabatch.system.file.LocalFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Guesses what files hold. */
final class InferAction {

  private static final List<String> FORMATS =
      Arrays.stream(DataFormat.values())
          .filter(DataFormat::isForFiles)
          .map(f -> f.name().toLowerCase(Locale.ROOT)).toList();

  private final Console console;
  private final String name;
  private final boolean json;

  InferAction(Console console, String name, boolean json) {
    this.console = console;
    this.name = name;
    this.json = json;
  }

  int infer(String uri, Optional<String> formatName, Optional<Boolean> header, Optional<String> delimiter) {
    DataFormat format = format(uri, formatName);
    DelimitedOptions usual = DelimitedOptions.of(format);
    char between = delimiter.map(InferAction::delimiter).orElse(usual.delimiter());
    DelimitedOptions delimited =
        new DelimitedOptions(header, between, usual.quote(), usual.escape(), usual.nullText());
    String path = Path.of(uri.replaceFirst("^file:(//)?", "")).toAbsolutePath().normalize().toString();
    Location location = new Location(uri, "", path, Place.of(uri));
    List<LocalFile> files = FileListing.list(List.of(location));
    InferredFormat inferred = infer(uri, format, delimited, files);
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("uri", uri);
      document.put("format", format.name().toLowerCase(Locale.ROOT));
      document.put("files", files.size());
      if (format.isDelimited()) {
        document.put("header", inferred.options().header().orElse(true));
        document.put("delimiter", String.valueOf(inferred.options().delimiter()));
      }
      document.put("schema", inferred.schema().toString());
      console.json(document);
    } else {
      console.answer(List.of(input(uri, formatName, usual, inferred)));
    }
    return ExitCode.DONE;
  }

  private static InferredFormat infer(
      String uri, DataFormat format, DelimitedOptions options, List<LocalFile> files) {
    if (files.isEmpty()) {
      throw new UserException(
          Problem.error("SB-4005", Place.of(uri), "there are no files, so no schema can be inferred", ""));
    }
    try {
      return Formats.infer(format, options, Optional.empty(), List.copyOf(files));
    } catch (IOException e) {
      throw new UserException(
          ErrorKind.RESOURCES, Problem.error("SB-5005", Place.of(uri), String.valueOf(e.getMessage()), ""), e);
    }
  }

  /** The input as it stands in a job file, with the options that are not the usual ones of its format. */
  private String input(String uri, Optional<String> format, DelimitedOptions usual, InferredFormat inferred) {
    StringBuilder out = new StringBuilder(name).append(" {\n  uri = ").append(quoted(uri)).append('\n');
    format.ifPresent(f -> out.append("  format = ").append(f).append('\n'));
    inferred.options().header().filter(h -> !h).ifPresent(h -> out.append("  header = false\n"));
    if (inferred.options().delimiter() != usual.delimiter()) {
      out.append("  delimiter = ").append(quoted(String.valueOf(inferred.options().delimiter()))).append('\n');
    }
    return out.append("  schema = ").append(quoted(inferred.schema().toString())).append("\n}").toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + '"';
  }

  private static DataFormat format(String uri, Optional<String> given) {
    if (given.isPresent() && FORMATS.contains(given.get())) {
      return DataFormat.valueOf(given.get().toUpperCase(Locale.ROOT));
    }
    if (given.isPresent()) {
      String hint = NearestName.hint(given.get(), FORMATS) + " there are: " + String.join(", ", FORMATS);
      throw new UserException(Problem.error("SB-6003", Place.of("--format"),
          "\"" + given.get() + "\" is not a format", hint.strip()));
    }
    return DataFormat.ofPath(uri).orElseThrow(() -> new UserException(Problem.error("SB-6003", Place.of(uri),
        "the name does not tell the format of the files", "add --format, one of: " + String.join(", ", FORMATS))));
  }

  private static char delimiter(String text) {
    String plain = text.equals("\\t") ? "\t" : text;
    if (plain.length() != 1) {
      throw new UserException(Problem.error("SB-6004", Place.of("--delimiter"),
          "\"" + text + "\" is not one character", "for a tabulator write \\t"));
    }
    return plain.charAt(0);
  }
}
