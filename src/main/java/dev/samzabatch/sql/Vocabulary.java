package dev.samzabatch.sql;

import dev.samzabatch.data.Schema;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Names that a step may use, for messages. */
final class Vocabulary {

  private static final int MOST_SHOWN = 12;

  private final Map<String, Schema> relations = new LinkedHashMap<>();
  private final Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  void add(String name, Schema schema) {
    relations.put(name, schema);
    columns.addAll(schema.names());
  }

  Map<String, Schema> relations() {
    return relations;
  }

  /** The schema of a relation; the name in any case. */
  Optional<Schema> schema(String relation) {
    Schema exact = relations.get(relation);
    if (exact != null) {
      return Optional.of(exact);
    }
    return relations.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(relation))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Whether this is the name of a relation or of a column, in any case. */
  boolean isName(String name) {
    return isColumn(name) || schema(name).isPresent();
  }

  /** Whether some relation has a column of this name, in any case. */
  boolean isColumn(String name) {
    return columns.contains(name);
  }

  /** The columns of these relations. */
  Set<String> columns(Collection<String> names) {
    Set<String> found = new TreeSet<>();
    names.forEach(name -> schema(name).ifPresent(schema -> found.addAll(schema.names())));
    return found;
  }

  /** Names as a list for a message, cut when there are many. */
  static String list(Collection<String> names) {
    String shown = String.join(", ", names.stream().limit(MOST_SHOWN).toList());
    int more = names.size() - MOST_SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
