package dev.samzabatch.job;

import dev.samzabatch.data.NearestName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads uris.
 *
 * <pre>
 * data/x.csv  /data/x.csv  file:data/x.csv  file:///data/x.csv     a file
 * lake:/x.csv                                                     a path in the system "lake"
 * bus:page-views  bus:/views-.+/                                  a topic of the system "bus"; all that match
 * -                                                               standard output
 * </pre>
 *
 * <p>
 * A relative path starts at the folder of the job file. One that was typed in a shell - by {@code --set}, as an
 * environment variable, or as the {@code --param} with which the uri begins - starts at the current directory, and one
 * in the user's own configuration at that file's folder.
 */
final class LocationReader {

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+._-]*):(.*)", Pattern.DOTALL);

  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private final JobRequest request;
  private final Map<String, SystemSpec> systems;
  private final Set<String> givenParams;

  /**
   * Takes what uris can name.
   *
   * @param givenParams names of the params whose values came from the command line
   */
  LocationReader(JobRequest request, Map<String, SystemSpec> systems, Set<String> givenParams) {
    this.request = request;
    this.systems = systems;
    this.givenParams = givenParams;
  }

  /** The location of a uri; empty after a problem was noted. */
  Optional<Location> read(Node node) {
    Optional<MappedText> uri = node.text("a uri");
    if (uri.isEmpty()) {
      return Optional.empty();
    }
    String written = uri.get().text().strip();
    if (written.isEmpty()) {
      node.error("SB-1044", node.path() + " is empty", "write a path, or " + Location.STDOUT + " for standard output");
      return Optional.empty();
    }
    if (written.equals(Location.STDOUT)) {
      return Optional.of(new Location(written, "", Location.STDOUT, uri.get().place(0)));
    }
    Matcher scheme = SCHEME.matcher(written);
    if (!scheme.matches()) {
      return file(node, written, written, uri.get());
    }
    if (scheme.group(1).equals("file")) {
      return fileUri(node, written, scheme.group(2), uri.get());
    }
    SystemSpec system = systems.get(scheme.group(1));
    if (system == null) {
      unknownSystem(node, scheme.group(1));
      return Optional.empty();
    }
    if (system.type() == SystemSpec.Type.KAFKA) {
      return topic(node, new Location(written, system.name(), scheme.group(2), uri.get().place(0)));
    }
    String rest = scheme.group(2).replaceFirst("^/+", "");
    return file(node, written, system.root().orElse("/") + "/" + rest, uri.get())
        .map(plain -> new Location(written, system.name(), plain.path(), plain.place()));
  }

  /** Whether a location is a topic, or several. */
  boolean isTopic(Location location) {
    SystemSpec system = systems.get(location.system());
    return system != null && system.type() == SystemSpec.Type.KAFKA;
  }

  /** Whether schemas of a topic's records are in a registry; also where that could not be read. */
  boolean hasRegistry(Location topic) {
    return systems.get(topic.system()).kafka().map(kafka -> kafka.registry().isPresent()).orElse(true);
  }

  private static Optional<Location> topic(Node node, Location location) {
    String topic = location.path();
    try {
      if (location.topicPattern().isPresent() || TOPIC.matcher(topic).matches() && !topic.matches("\\.\\.?")) {
        return Optional.of(location);
      }
      node.error("SB-1049", "\"" + topic + "\" is no name of a topic",
          "names are made of letters, digits, ., _ and -, at most 249; a regular expression stands between slashes: "
              + location.system() + ":/views-.+/");
    } catch (PatternSyntaxException e) {
      node.error("SB-1049", topic + " is no regular expression: " + e.getDescription(),
          "a backslash is written twice inside quotes, and a brace too");
    }
    return Optional.empty();
  }

  /** A path made absolute as that of a uri would be; empty after a problem was noted. */
  Optional<String> absolute(Node node, String path) {
    return node.text("a path").flatMap(text -> file(node, path, path, text)).map(Location::path);
  }

  /** The absolute path of a folder of files; empty after a problem was noted. */
  Optional<String> readRoot(Node node) {
    Optional<MappedText> uri = node.text("a path");
    return uri
        .flatMap(text -> file(node, text.text(), text.text().strip().replaceFirst("^file:(?=[^/]|/(?!/))", ""), text))
        .map(Location::path);
  }

  private Optional<Location> fileUri(Node node, String written, String rest, MappedText uri) {
    if (rest.startsWith("//") && !rest.startsWith("///")) {
      node.error("SB-1044", "a file: uri names no host", "write file:/path, or file:path for a relative path");
      return Optional.empty();
    }
    return file(node, written, rest.replaceFirst("^///+", "/"), uri);
  }

  private Optional<Location> file(Node node, String written, String path, MappedText uri) {
    try {
      String absolute = start(node).toAbsolutePath().resolve(path).normalize().toString();
      return Optional.of(new Location(written, "", absolute, uri.place(0)));
    } catch (InvalidPathException e) {
      node.error("SB-1044", node.path() + ": this is no path: " + e.getReason(), "");
      return Optional.empty();
    }
  }

  private Path start(Node node) {
    boolean typed = node.isArgument()
        || node.written("a uri").flatMap(text -> Placeholders.leadingName(text.text())).filter(givenParams::contains)
            .isPresent();
    if (typed) {
      return request.directory();
    }
    Path file = node.isOfUser() ? request.overrides().userConfig().orElse(request.file()) : request.file();
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? Path.of("") : folder;
  }

  private void unknownSystem(Node node, String scheme) {
    List<String> known = new ArrayList<>(systems.keySet());
    known.add("file");
    String near = NearestName.hint(scheme, known);
    node.error("SB-1041", "\"" + scheme + "\" is no system of this job",
        (near.isEmpty() ? "" : near + "  ") + "known: " + String.join(", ", known)
            + "; a file whose name has a colon is written file:" + scheme + ":...");
  }
}
