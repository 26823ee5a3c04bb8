package dev.samzabatch.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the verb of a step. */
final class VerbReader {

  /** All keys of all verbs. */
  static final List<String> KEYS =
      Stream.concat(Arrays.stream(VerbKey.values()).flatMap(verb -> verb.keys().stream()), Stream.of("on")).toList();

  private static final String NAME = "([^\\s=\"`.,()<>]+|\"[^\"]+\"|`[^`]+`)";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]+}");
  private static final Pattern ONE_COLUMN = Pattern.compile(NAME);
  private static final Pattern TWO_COLUMNS = Pattern.compile(NAME + "\\s*=\\s*" + NAME);

  private final Relations relations;

  VerbReader(Relations relations) {
    this.relations = relations;
  }

  /** Whether the verb is only there as {@code distinct = false}. */
  static boolean isSwitchedOff(Section section, VerbKey verb) {
    return verb == VerbKey.DISTINCT
        && section.find("distinct").flatMap(node -> node.written("true or false"))
            .filter(text -> List.of("false", "no", "off").contains(text.text())).isPresent();
  }

  /** Notes parts of a verb whose verb is missing. */
  void refuseStrayParts(Section section, Optional<VerbKey> verb) {
    if (verb.isEmpty() || !verb.get().isJoin()) {
      section.refuse(List.of("on"), "it belongs to a join");
    }
  }

  /** The verb; empty after a problem was noted. */
  Optional<Verb> read(Section section, VerbKey verb) {
    return switch (verb) {
      case AGGREGATE -> aggregate(section);
      case JOIN -> join(section, verb, Verb.Join.Kind.INNER);
      case LEFT_JOIN -> join(section, verb, Verb.Join.Kind.LEFT);
      case RIGHT_JOIN -> join(section, verb, Verb.Join.Kind.RIGHT);
      case FULL_JOIN -> join(section, verb, Verb.Join.Kind.FULL);
      case SEMI_JOIN -> join(section, verb, Verb.Join.Kind.SEMI);
      case ANTI_JOIN -> join(section, verb, Verb.Join.Kind.ANTI);
      case UNION -> union(section);
      case DISTINCT -> section.find("distinct").flatMap(Scalars::bool).map(on -> new Verb.Distinct());
      case SORT -> sort(section);
      case REPARTITION -> section.find("partition-by").map(node -> columns(node, "partition-by = [member_id]"))
          .filter(keys -> !keys.isEmpty()).map(Verb.Repartition::new);
      case SQL -> section.find("sql").flatMap(Node::sql).map(Verb.Sql::new);
    };
  }

  private static Optional<Verb> aggregate(Section section) {
    List<SqlText> by = section.find("by").map(node -> columns(node, "by = [country]")).orElse(List.of());
    if (!section.has("aggregate")) {
      section.find("by").orElseThrow().keyError("SB-1051", "\"by\" needs the key \"aggregate\"",
          "add for example aggregate = [\"count(*) as n\"]; for the different values alone write distinct = true");
      return Optional.empty();
    }
    List<SqlText> aggregates = section.find("aggregate").orElseThrow().expressions("aggregate = [\"count(*) as n\"]");
    return aggregates.isEmpty() ? Optional.empty() : Optional.of(new Verb.Aggregate(by, aggregates));
  }

  private Optional<Verb> join(Section section, VerbKey verb, Verb.Join.Kind kind) {
    Optional<Node> node = section.find(verb.keys().get(0));
    Optional<Reference> right = node.flatMap(relations::read);
    if (!section.has("on")) {
      node.orElseThrow().keyError("SB-1051", "\"" + verb.keys().get(0) + "\" needs the key \"on\"",
          "add the columns that are equal: on = [member_id], or on = [\"member_id = id\"]");
      return Optional.empty();
    }
    List<Verb.JoinKey> keys = new ArrayList<>();
    for (Node element : section.find("on").orElseThrow().elements("on = [member_id]")) {
      element.text("a column").flatMap(text -> joinKey(element, text.strip())).ifPresent(keys::add);
    }
    return keys.isEmpty() ? Optional.empty() : right.map(relation -> new Verb.Join(kind, relation, keys));
  }

  private static Optional<Verb.JoinKey> joinKey(Node node, MappedText text) {
    Matcher one = ONE_COLUMN.matcher(text.text());
    Matcher two = TWO_COLUMNS.matcher(text.text());
    if (one.matches()) {
      String column = unquoted(one.group(1));
      return Optional.of(new Verb.JoinKey(column, column, new SqlText(text)));
    }
    if (two.matches()) {
      return Optional.of(new Verb.JoinKey(unquoted(two.group(1)), unquoted(two.group(2)), new SqlText(text)));
    }
    node.error("SB-1056", "\"" + text.text() + "\" is no column and no pair of columns",
        "write a column that both sides have, or \"a = b\": a of the relation in from, b of the joined one");
    return Optional.empty();
  }

  private static String unquoted(String name) {
    boolean quoted = name.startsWith("\"") || name.startsWith("`");
    return quoted ? name.substring(1, name.length() - 1) : name;
  }

  private Optional<Verb> union(Section section) {
    Node node = section.find("union").orElseThrow();
    List<Reference> all = relations.readList(node, "union = [a, b]");
    if (all.size() == 1 && node.elements("union = [a, b]").size() == 1) {
      node.error("SB-1051", "union needs at least two relations", "write for example union = [a, b]");
    }
    return all.size() < 2 ? Optional.empty() : Optional.of(new Verb.Union(all));
  }

  private static Optional<Verb> sort(Section section) {
    List<SqlText> by =
        section.find("order-by").map(node -> node.expressions("order-by = [\"delay desc\"]")).orElse(List.of());
    Optional<Long> limit = section.find("limit").flatMap(node -> Scalars.longInteger(node, 0, Long.MAX_VALUE));
    Optional<Long> offset = section.find("offset").flatMap(node -> Scalars.longInteger(node, 0, Long.MAX_VALUE));
    OptionalLong rows = limit.isPresent() ? OptionalLong.of(limit.get()) : OptionalLong.empty();
    return Optional.of(new Verb.Sort(by, rows, offset.orElse(0L)));
  }

  /** A list of columns or expressions; an element that is one placeholder and nothing else names a column. */
  static List<SqlText> columns(Node node, String example) {
    List<SqlText> columns = new ArrayList<>();
    for (Node element : node.elements(example)) {
      boolean name = element.written("a column").filter(text -> PLACEHOLDER.matcher(text.text()).matches()).isPresent();
      Optional<SqlText> column = name ? element.text("a column").map(SqlText::new) : element.sql();
      column.ifPresent(columns::add);
    }
    return columns;
  }
}
