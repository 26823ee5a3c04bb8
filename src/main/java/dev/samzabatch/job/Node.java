package dev.samzabatch.job;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value of the merged job with its name, its place and its problems. Every scalar is a text until a reader says which
 * type it has to be: what HOCON makes of {@code 010} or {@code yes} does not count.
 */
final class Node {

  private final Reading reading;
  private final String path;
  private final ConfigValue value;

  Node(Reading reading, String path, ConfigValue value) {
    this.reading = reading;
    this.path = path;
    this.value = value;
  }

  Reading reading() {
    return reading;
  }

  String path() {
    return path;
  }

  private Scanned scanned() {
    return reading.positions().find(path, value);
  }

  /** Where the key stands. */
  Place place() {
    Scanned at = scanned();
    return at.source().place(at.keyStart());
  }

  /** Whether the value came from the command line or the environment. */
  boolean isArgument() {
    return scanned().source().path().isEmpty();
  }

  boolean isObject() {
    return value.valueType() == ConfigValueType.OBJECT;
  }

  boolean isList() {
    return value.valueType() == ConfigValueType.LIST;
  }

  /** Whether the value came from the user's own configuration. */
  boolean isOfUser() {
    return reading.positions().layer(path).filter(layer -> layer.kind() == Layer.Kind.USER).isPresent();
  }

  /** Notes an error about the key; at the root about the job file as a whole. */
  void keyError(String code, String message, String hint) {
    if (path.isEmpty()) {
      reading.problems().add(Problem.error(code, reading.positions().jobFile(), message, hint));
      return;
    }
    Scanned at = scanned();
    reading.problems().add(at.source().error(code, at.keyStart(), at.keyEnd(), message, hint));
  }

  /** Notes an error about the value. */
  void error(String code, String message, String hint) {
    Scanned at = scanned();
    reading.problems().add(at.source().error(code, at.start(), at.end(), message, hint));
  }

  /** The scalar as it was written, without its placeholders filled in; empty after a problem was noted. */
  Optional<MappedText> written(String expected) {
    if (isObject() || isList()) {
      wrongType(expected);
      return Optional.empty();
    }
    String text = value.atKey("v").getString("v");
    return Optional.of(reading.positions().text(path, value, text));
  }

  /** The scalar with its placeholders filled in as text; empty after a problem was noted. */
  Optional<MappedText> text(String expected) {
    return written(expected).map(reading.placeholders()::fillText);
  }

  /** The scalar with its placeholders filled in as SQL; empty after a problem was noted. */
  Optional<SqlText> sql() {
    return written("a text").map(reading.placeholders()::fillSql).filter(this::isNotBlank).map(SqlText::new);
  }

  private boolean isNotBlank(MappedText text) {
    if (text.text().isBlank()) {
      error("SB-1024", path + " is empty", "");
    }
    return !text.text().isBlank();
  }

  /** The elements of a list; none after a problem was noted. */
  List<Node> elements(String example) {
    if (!(value instanceof ConfigList list)) {
      error("SB-1021", path + ": expected a list, found " + found(), "write for example " + example);
      return List.of();
    }
    List<Node> elements = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      elements.add(new Node(reading, KeyPath.element(path, i), list.get(i)));
    }
    if (elements.isEmpty()) {
      error("SB-1024", path + " is an empty list", "write for example " + example);
    }
    return elements;
  }

  /** A list of SQL expressions. */
  List<SqlText> expressions(String example) {
    List<SqlText> expressions = new ArrayList<>();
    for (Node element : elements(example)) {
      element.sql().ifPresent(expressions::add);
    }
    return expressions;
  }

  /** The object; empty after a problem was noted. */
  Optional<ConfigObject> object() {
    if (value instanceof ConfigObject object) {
      return Optional.of(object);
    }
    wrongType("an object { ... }");
    return Optional.empty();
  }

  private void wrongType(String expected) {
    error("SB-1021", path + ": expected " + expected + ", found " + found(), "");
  }

  private String found() {
    return switch (value.valueType()) {
      case OBJECT -> "an object { ... }";
      case LIST -> "a list [ ... ]";
      case STRING, NUMBER, BOOLEAN -> "\"" + shortened(value.atKey("v").getString("v")) + "\"";
      case NULL -> "null";
    };
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
