package dev.samzabatch.job;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code outputs}. */
final class OutputReader {

  private static final int MAX_FILES = 10_000;
  private static final List<String> FILE_KEYS = List.of("mode", "files");
  private static final List<String> KEYS = Names.keys(Names.keys(List.of("from", "uri", "if-empty"), FILE_KEYS),
      Names.keys(FormatReader.KEYS, TopicOutputReader.KEYS));

  private final LocationReader locations;
  private final Relations relations;
  private final TopicOutputReader topics;

  /** The outputs so far by path, or by system and topic. */
  private final Map<String, OutputSpec> byPath = new HashMap<>();

  OutputReader(LocationReader locations, Relations relations, Mode mode) {
    this.locations = locations;
    this.relations = relations;
    this.topics = new TopicOutputReader(mode);
  }

  Map<String, OutputSpec> read(Node outputs) {
    Map<String, OutputSpec> specs = new LinkedHashMap<>();
    for (Section.Named child : Section.named(outputs)) {
      Names.checkRelation(child);
      Section.of(child.node(), "an output", KEYS)
          .flatMap(section -> output(child.name(), section))
          .ifPresent(spec -> specs.put(child.name(), spec));
    }
    return specs;
  }

  private Optional<OutputSpec> output(String name, Section section) {
    Optional<Reference> from = section.require("from", "from = the-name-of-a-step").flatMap(relations::read);
    Optional<Node> uri = section.require("uri", "uri = \"out/" + name + ".csv\"");
    Optional<Location> location = uri.flatMap(locations::read);
    boolean isTopic = location.filter(locations::isTopic).isPresent();
    if (isTopic) {
      section.refuse(FILE_KEYS, "it belongs to files, and this output is a topic");
    } else if (location.isPresent()) {
      section.refuse(TopicOutputReader.KEYS, "it belongs to topics, and this output is of files");
    }
    Optional<Integer> files = section.find("files").flatMap(node -> Scalars.integer(node, 1, MAX_FILES));
    OutputSpec.Mode mode = section.find("mode").flatMap(node -> Scalars.oneOf(node, OutputSpec.Mode.class))
        .orElse(OutputSpec.Mode.FAIL);
    OutputSpec.IfEmpty ifEmpty = section.find("if-empty").flatMap(node -> Scalars.oneOf(node, OutputSpec.IfEmpty.class))
        .orElse(OutputSpec.IfEmpty.PUBLISH);
    Optional<OutputSpec.Encoding> encoding =
        isTopic ? FormatReader.ofRecords(section) : location.flatMap(found -> encoding(section, found));
    Optional<TopicOutput> topic =
        isTopic ? encoding.map(known -> topics.read(section, known.format())) : Optional.empty();
    if (from.isEmpty() || encoding.isEmpty()) {
      return Optional.empty();
    }
    OutputSpec spec = new OutputSpec(name, section.node().place(), from.get(), location.get(), encoding.get(),
        files.isPresent() ? OptionalInt.of(files.get()) : OptionalInt.empty(), mode, ifEmpty, topic);
    checkPath(uri.get(), spec);
    return Optional.of(spec);
  }

  private static Optional<OutputSpec.Encoding> encoding(Section section, Location location) {
    Optional<DataFormat> format = FormatReader.format(section, List.of(location));
    Compression compression = section.find("compress").flatMap(node -> Scalars.oneOf(node, Compression.class))
        .or(() -> Compression.ofPath(location.path())).orElse(Compression.NONE);
    return format.map(known -> new OutputSpec.Encoding(known, FormatReader.delimited(section, known), compression));
  }

  /** An output's path is its own: no other output is there, above it or under it. */
  private void checkPath(Node uri, OutputSpec spec) {
    Location location = spec.location();
    boolean isTopic = spec.topic().isPresent();
    String path = isTopic ? location.system() + ":" + location.path() : location.path();
    if (isTopic && location.topicPattern().isPresent()) {
      uri.error("SB-1044", "an output is written to one topic, and this is a regular expression", "");
    } else if (!isTopic && !location.isStdout() && (path.contains("*") || path.contains("?"))) {
      uri.error("SB-1044", "an output is written to one path, and this is a pattern", "");
    }
    for (Map.Entry<String, OutputSpec> other : byPath.entrySet()) {
      String relation = path.equals(other.getKey()) ? "the same as"
          : path.startsWith(other.getKey() + "/") ? "inside that"
              : other.getKey().startsWith(path + "/") ? "above that" : "";
      if (!relation.isEmpty()) {
        String what = isTopic ? "topic" : "path";
        uri.error("SB-1043", "the " + what + " of output \"" + spec.name() + "\" is " + relation + " of output \""
            + other.getValue().name() + "\" at " + other.getValue().location().place(),
            "give each output a " + what + " of its own");
      }
    }
    byPath.putIfAbsent(path, spec);
  }
}
