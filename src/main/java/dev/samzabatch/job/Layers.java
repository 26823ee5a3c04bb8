package dev.samzabatch.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.job.Layer.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads all sources of a job's keys into layers, the strongest first. */
final class Layers {

  private static final String VARIABLE_PREFIX = "SAMZA_BATCH_";

  /** Variables that speak to the launcher and the command line, not to the job. */
  private static final Set<String> RESERVED_VARIABLES = Set.of("STATE", "HEAP", "JAVA_HOME", "JAVA_OPTS", "CDS");

  private final Problems problems;
  private final SourceFiles files;
  private final List<Layer> layers = new ArrayList<>();
  private boolean complete = true;

  private Layers(Problems problems, SourceFiles files) {
    this.problems = problems;
    this.files = files;
  }

  /** The layers of this request; empty, with problems noted, when one of them cannot be read. */
  static Optional<List<Layer>> read(JobRequest request, SourceFiles files, Problems problems) {
    Layers reader = new Layers(problems, files);
    Overrides overrides = request.overrides();
    overrides.sets().forEach(reader::set);
    overrides.overlays().forEach(overlay -> reader.file(overlay, Kind.OVERLAY));
    overrides.environment().entrySet().stream().sorted(Map.Entry.comparingByKey())
        .forEach(variable -> reader.variable(variable.getKey(), variable.getValue()));
    reader.file(request.file(), Kind.JOB);
    overrides.userConfig().filter(Files::exists).ifPresent(file -> reader.file(file, Kind.USER));
    return reader.complete ? Optional.of(reader.strongestFirst()) : Optional.empty();
  }

  private List<Layer> strongestFirst() {
    List<Layer> sorted = new ArrayList<>();
    for (int i = layers.size() - 1; i >= 0; i--) {
      sorted.add(layers.get(i));
    }
    sorted.sort(Comparator.comparing(Layer::kind));
    return sorted;
  }

  private void file(Path path, Kind kind) {
    Optional<SourceFile> source = files.read(path);
    if (source.isEmpty()) {
      complete = false;
      return;
    }
    if (kind == Kind.JOB && source.get().text().isBlank()) {
      problems.add(Problem.error("SB-1003", Place.of(source.get().name()), "the job file is empty",
          "a job needs at least: job = a-name, inputs { ... }, outputs { ... }"));
      complete = false;
      return;
    }
    Scan scan = new Scan();
    new HoconScanner(source.get(), files, problems, scan).scanFile();
    Optional<Config> config = scan.isBroken() ? Optional.empty() : parse(source.get());
    config.ifPresentOrElse(parsed -> layers.add(new Layer(parsed, scan, kind)), () -> complete = false);
  }

  private void set(String pathAndValue) {
    int equals = pathAndValue.indexOf('=');
    if (equals < 1) {
      problems.add(Problem.error("SB-1027", Place.of("--set " + pathAndValue), "this is no path=value",
          "write for example --set run.containers=2"));
      return;
    }
    String path = pathAndValue.substring(0, equals).strip();
    try {
      argument("--set " + path, HoconStrings.split(path), pathAndValue.substring(equals + 1).strip(), Kind.SET);
    } catch (ConfigException e) {
      problems.add(Problem.error("SB-1027", Place.of("--set " + path), "\"" + path + "\" is no path to a key",
          "write for example --set run.containers=2"));
    }
  }

  private void variable(String name, String value) {
    if (!name.startsWith(VARIABLE_PREFIX) || RESERVED_VARIABLES.contains(name.substring(VARIABLE_PREFIX.length()))) {
      return;
    }
    String rest = name.substring(VARIABLE_PREFIX.length()).toLowerCase(Locale.ROOT);
    List<String> keys = List.of(rest.replace("__", ".").replace('_', '-').split("\\.", -1));
    if (keys.contains("") || keys.size() > HoconStrings.MAX_KEY_PARTS) {
      problems.add(Problem.error("SB-1027", Place.of("environment " + name), "this names no key of a job",
          "SAMZA_BATCH_RUN__KEEP_RUNS sets run.keep-runs: two underscores are a dot, one is a dash"));
      return;
    }
    argument("environment " + name, keys, value, Kind.ENVIRONMENT);
  }

  private void argument(String name, List<String> keys, String value, Kind kind) {
    SourceFile source = SourceFile.argument(name, value);
    Scan scan = new Scan();
    String path = KeyPath.child("", keys);
    scan.addPrefixes("", keys, source, 0, value.length());
    boolean hocon = value.startsWith("[") || value.startsWith("{") || value.startsWith("\"") || value.equals("null");
    if (!hocon) {
      Scanned whole = new Scanned(source, 0, 0, 0, value.length(),
          List.of(new Scanned.Piece(Scanned.Kind.UNQUOTED, 0, value.length(), "")));
      scan.values().put(path, whole);
      ConfigValue text = ConfigValueFactory.fromAnyRef(value, name);
      layers.add(new Layer(text.atPath(ConfigUtil.joinPath(keys)), scan, kind));
      return;
    }
    new HoconScanner(source, files, problems, scan).scanValue(path);
    Optional<Config> config =
        scan.isBroken() ? Optional.empty() : parse(SourceFile.argument(name, "v = " + value));
    config.map(parsed -> parsed.root().get("v").atPath(ConfigUtil.joinPath(keys)))
        .ifPresentOrElse(parsed -> layers.add(new Layer(parsed, scan, kind)), () -> complete = false);
  }

  /** Parses what the scanner has found no fault with. */
  private Optional<Config> parse(SourceFile source) {
    try {
      return Optional.of(LibraryIncludes.parse(source, files));
    } catch (ConfigException e) {
      int line = e.origin() == null ? 0 : e.origin().lineNumber();
      SourceFile at = e.origin() == null ? source : files.named(e.origin().description()).orElse(source);
      String message = firstSentence(e.getMessage());
      problems.add(line > 0
          ? at.error("SB-1005", at.startOfText(line), at.startOfText(line) + 1, message, "")
          : Problem.error("SB-1005", Place.of(source.name()), message, ""));
    } catch (StackOverflowError e) {
      problems.add(Problem.error("SB-1006", Place.of(source.name()), "this is nested too deep", ""));
    }
    return Optional.empty();
  }

  /** The library's message without its place in front, and without the advice behind it. */
  static String firstSentence(String message) {
    String text = message.replaceFirst("^.*?: [0-9]+: ", "");
    int end = text.indexOf(" (if ");
    return end < 0 ? text : text.substring(0, end);
  }
}
