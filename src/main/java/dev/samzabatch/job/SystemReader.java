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
  private static final List<String> FILE_KEYS = List.of("uri");
  private static final List<String> KEYS = Names.keys(Names.keys(List.of("type"), FILE_KEYS), KafkaReader.KEYS);
  private static final Set<String> TAKEN = Set.of("file");

  private final LocationReader locations;
  private final KafkaReader kafka;

  SystemReader(JobRequest request, Set<String> givenParams) {
    this.locations = new LocationReader(request, Map.of(), givenParams);
    this.kafka = new KafkaReader(new SecretReader(locations));
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
    if (type.isEmpty()) {
      return Optional.of(unknown(name, section.get()));
    }
    return Optional.of(switch (type.get()) {
      case FILE -> {
        section.get().refuse(KafkaReader.KEYS, "it belongs to systems of type kafka");
        Optional<String> root = section.get().find("uri").flatMap(locations::readRoot);
        yield new SystemSpec(name, node.place(), SystemSpec.Type.FILE, root, Optional.empty());
      }
      case KAFKA -> {
        section.get().refuse(FILE_KEYS, "a system of type kafka is reached at its bootstrap.servers");
        refuseLocal(name, node);
        Optional<KafkaSpec> spec = kafka.read(section.get());
        yield new SystemSpec(name, node.place(), SystemSpec.Type.KAFKA, Optional.empty(), spec);
      }
    });
  }

  private static void refuseLocal(String name, Node node) {
    if (name.equals(StreamsReader.LOCAL)) {
      node.keyError("SB-1026", "\"" + name + "\" cannot be the name of a system of type kafka",
          "run { streams-on = " + name + " } means the state directory");
    }
  }

  /** A system of an unknown type is kept, as what it looks like, so that what names it is not reported as well. */
  private static SystemSpec unknown(String name, Section section) {
    boolean kafka = KafkaReader.KEYS.stream().anyMatch(section::has);
    return new SystemSpec(name, section.node().place(), kafka ? SystemSpec.Type.KAFKA : SystemSpec.Type.FILE,
        Optional.empty(), Optional.empty());
  }

  private static Optional<SystemSpec.Type> type(Node node) {
    Optional<String> word = node.text("a type of system").map(text -> text.text().strip());
    for (SystemSpec.Type type : SystemSpec.Type.values()) {
      if (word.filter(Scalars.word(type)::equals).isPresent()) {
        return Optional.of(type);
      }
    }
    word.ifPresent(found -> node.error("SB-1040",
        "\"" + found + "\" is no type of system that this build knows", "known types: file, kafka"));
    return Optional.empty();
  }
}
