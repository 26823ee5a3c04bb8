package dev.samzabatch.job;

import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaSyntaxException;
import dev.samzabatch.data.SchemaText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code inputs}. */
final class InputReader {

  private static final List<String> FILE_KEYS = List.of("split", "grows", "look-every");
  private static final List<String> TOPIC_KEYS = Names.keys(TopicInputReader.KEYS, List.of("avro-schema"));
  private static final List<String> KEYS = Names.keys(Names.keys(List.of("uri", "schema", "event-time"), FILE_KEYS),
      Names.keys(FormatReader.KEYS, TOPIC_KEYS));
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private final LocationReader locations;
  private final Mode mode;

  InputReader(LocationReader locations, Mode mode) {
    this.locations = locations;
    this.mode = mode;
  }

  Map<String, InputSpec> read(Node inputs) {
    Map<String, InputSpec> specs = new LinkedHashMap<>();
    for (Section.Named child : Section.named(inputs)) {
      Names.checkRelation(child);
      Section.of(child.node(), "an input", KEYS)
          .flatMap(section -> input(child.name(), section))
          .ifPresent(spec -> specs.put(child.name(), spec));
    }
    return specs;
  }

  private Optional<InputSpec> input(String name, Section section) {
    Optional<Node> uri = section.require("uri", "uri = \"data/" + name + ".csv\"");
    List<Location> found = uri.map(this::locations).orElse(List.of());
    Optional<Schema> schema = section.find("schema").flatMap(InputReader::schema);
    Optional<EventTime> eventTime = section.find("event-time").flatMap(TimeReader::eventTime);
    if (found.stream().anyMatch(locations::isTopic)) {
      checkTopics(uri.orElseThrow(), found);
      return topics(name, section, found, schema, eventTime);
    }
    return files(name, section, found, schema, eventTime);
  }

  private Optional<InputSpec> files(
      String name, Section section, List<Location> found, Optional<Schema> schema, Optional<EventTime> eventTime) {
    Optional<Compression> compression =
        section.find("compress").flatMap(node -> Scalars.oneOf(node, Compression.class));
    boolean split = section.find("split").flatMap(Scalars::bool).orElse(true);
    Optional<Duration> lookEvery = lookEvery(section);
    if (found.isEmpty() && !section.has("format")) {
      return Optional.empty();
    }
    if (!found.isEmpty()) {
      section.refuse(TOPIC_KEYS, "it belongs to topics, and this input is of files");
    }
    Optional<DataFormat> format = FormatReader.format(section, found);
    Optional<DelimitedOptions> delimited = format.map(known -> FormatReader.delimited(section, known));
    if (format.isEmpty() || found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new InputSpec(name, section.node().place(), found, format.get(), delimited.get(), schema,
        compression, split, Optional.empty(), eventTime, lookEvery, Optional.empty()));
  }

  /** How often to look for new files: nothing in batch mode, where the files are those that are there. */
  private Optional<Duration> lookEvery(Section section) {
    boolean grows = section.find("grows").flatMap(Scalars::bool).orElse(false);
    Optional<Duration> every = section.find("look-every").flatMap(Scalars::duration);
    if (!grows) {
      section.refuse(List.of("look-every"), "it belongs to grows = true");
    }
    return grows && mode == Mode.STREAMING ? every.or(() -> Optional.of(LOOK_EVERY)) : Optional.empty();
  }

  private Optional<InputSpec> topics(
      String name, Section section, List<Location> found, Optional<Schema> schema, Optional<EventTime> eventTime) {
    section.refuse(FILE_KEYS, "it belongs to files, and this input is of topics");
    Optional<OutputSpec.Encoding> encoding = FormatReader.ofRecords(section);
    TopicInput topic = new TopicInputReader(mode).read(section, found);
    checkNames(section, schema, topic);
    Optional<String> avroSchema = section.find("avro-schema").flatMap(locations::readRoot);
    if (encoding.isPresent() && encoding.get().format() != DataFormat.AVRO) {
      section.refuse(List.of("avro-schema"), "it belongs to the format avro, and the format is "
          + Scalars.word(encoding.get().format()));
    }
    if (encoding.isPresent() && encoding.get().format() == DataFormat.AVRO && !section.has("avro-schema")
        && !locations.hasRegistry(found.get(0))) {
      section.find("format").orElseThrow().error("SB-1077",
          "nothing tells the schema that the records were written with",
          "add schema-registry { url = ... } to the system \"" + found.get(0).system()
              + "\", or avro-schema = \"schema.avsc\" here");
    }
    return encoding.map(known -> new InputSpec(name, section.node().place(), found, known.format(), known.delimited(),
        schema, Optional.empty(), false, Optional.of(topic), eventTime, Optional.empty(), avroSchema));
  }

  private static void checkNames(Section section, Optional<Schema> schema, TopicInput topic) {
    for (String column : topic.metadata().keySet()) {
      if (schema.isPresent() && schema.get().indexOf(column) >= 0) {
        section.find("metadata").orElseThrow().keyError("SB-1024",
            "\"" + column + "\" is the name of two columns: one of schema, one of metadata", "give one another name");
      }
    }
  }

  /** The topics of one input are of one system, and no other input's files. */
  private void checkTopics(Node uri, List<Location> found) {
    if (!found.stream().allMatch(locations::isTopic)) {
      uri.error("SB-1048", "the uris of one input are all topics or all files", "make an input of each, and a union");
    } else if (found.stream().map(Location::system).distinct().count() > 1) {
      uri.error("SB-1048", "the topics of one input are of one system", "make an input of each, and a union");
    } else if (found.stream().map(Location::path).distinct().count() < found.size()) {
      uri.error("SB-1048", "one topic is named twice, and would be read once", "remove one of the two");
    }
  }

  private List<Location> locations(Node uri) {
    List<Node> nodes = uri.isList() ? uri.elements("uri = [\"data/a.csv\", \"data/b.csv\"]") : List.of(uri);
    List<Location> found = new ArrayList<>();
    for (Node node : nodes) {
      Optional<Location> location = locations.read(node);
      if (location.filter(Location::isStdout).isPresent()) {
        node.error("SB-1044", "an input cannot be read from \"-\"", "write a path");
      } else {
        location.ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Schema> schema(Node node) {
    Optional<MappedText> text = node.text("a text like \"id long, name string null\"");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SchemaText.parse(text.get().text()));
    } catch (SchemaSyntaxException e) {
      node.reading().problems()
          .add(text.get().error("SB-1045", e.offset(), e.offset() + e.length(), e.getMessage(), e.hint()));
      return Optional.empty();
    }
  }
}
