package dev.samzabatch.cli;

import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import dev.samzabatch.job.InputSpec;
import dev.samzabatch.job.Location;
import dev.samzabatch.run.FoundInput;
import dev.samzabatch.run.InputFinder;
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
      Arrays.stream(DataFormat.values()).map(f -> f.name().toLowerCase(Locale.ROOT)).toList();

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
    InputSpec input = new InputSpec(
        name, Place.of(uri), List.of(location), format, delimited, Optional.empty(), Optional.empty(), false);
    FoundInput found = InputFinder.find(input, 1);
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("uri", uri);
      document.put("format", format.name().toLowerCase(Locale.ROOT));
      document.put("files", found.files().size());
      document.put("schema", found.schema().toString());
      console.json(document);
    } else {
      console.answer(List.of(line(uri, formatName, header, delimiter, found)));
    }
    return ExitCode.DONE;
  }

  /** The input as it stands in a job file. */
  private String line(
      String uri, Optional<String> format, Optional<Boolean> header, Optional<String> delimiter, FoundInput found) {
    StringBuilder out = new StringBuilder(name).append(" {\n  uri = ").append(quoted(uri)).append('\n');
    format.ifPresent(f -> out.append("  format = ").append(f).append('\n'));
    header.ifPresent(h -> out.append("  header = ").append(h).append('\n'));
    delimiter.ifPresent(d -> out.append("  delimiter = ").append(quoted(d)).append('\n'));
    return out.append("  schema = ").append(quoted(found.schema().toString())).append("\n}").toString();
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
