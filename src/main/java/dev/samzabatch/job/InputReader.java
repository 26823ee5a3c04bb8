package dev.samzabatch.job;

import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaSyntaxException;
import dev.samzabatch.data.SchemaText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code inputs}. */
final class InputReader {

  private static final List<String> KEYS = Names.keys(List.of("uri", "schema", "split"), FormatReader.KEYS);

  private final LocationReader locations;

  InputReader(LocationReader locations) {
    this.locations = locations;
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
    Optional<Compression> compression =
        section.find("compress").flatMap(node -> Scalars.oneOf(node, Compression.class));
    boolean split = section.find("split").flatMap(Scalars::bool).orElse(true);
    if (found.isEmpty() && !section.has("format")) {
      return Optional.empty();
    }
    Optional<DataFormat> format = FormatReader.format(section, found);
    Optional<DelimitedOptions> delimited = format.map(known -> FormatReader.delimited(section, known));
    if (format.isEmpty() || found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new InputSpec(
        name, section.node().place(), found, format.get(), delimited.get(), schema, compression, split));
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
