package dev.samzabatch.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code systems}. */
final class SystemReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final List<String> KEYS = List.of("type", "uri");
  private static final Set<String> TAKEN = Set.of("file");

  private final LocationReader locations;

  SystemReader(JobRequest request, Set<String> givenParams) {
    this.locations = new LocationReader(request, Map.of(), givenParams);
  }

  Map<String, SystemSpec> read(Optional<Node> systems) {
    Map<String, SystemSpec> specs = new LinkedHashMap<>();
    systems.ifPresent(node -> Section.named(node)
        .forEach(child -> system(child.name(), child.node()).ifPresent(spec -> specs.put(child.name(), spec))));
    return specs;
  }

  private Optional<SystemSpec> system(String name, Node node) {
    if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
      node.keyError("SB-1026", "\"" + name + "\" cannot be the name of a system",
          TAKEN.contains(name) ? "plain files need no system" : "names are made of letters, digits, _ and -");
    }
    Optional<Section> section = Section.of(node, "a system", KEYS);
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<SystemSpec.Type> type = section.get().require("type", "type = file").flatMap(SystemReader::type);
    Optional<String> root = section.get().find("uri").flatMap(locations::readRoot);
    // A system of an unknown type is kept, so that uris which name it are not reported as well.
    return Optional.of(new SystemSpec(name, node.place(), type.orElse(SystemSpec.Type.FILE), root));
  }

  private static Optional<SystemSpec.Type> type(Node node) {
    Optional<String> word = node.text("a type of system").map(text -> text.text().strip());
    if (word.isPresent() && !word.get().equals(Scalars.word(SystemSpec.Type.FILE))) {
      node.error("SB-1040", "\"" + word.get() + "\" is no type of system that this build knows", "known types: file");
      return Optional.empty();
    }
    return word.map(found -> SystemSpec.Type.FILE);
  }
}
