package dev.samzabatch.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads names of columns where no expression may stand; a name is written as it is, without quotes of SQL. */
final class ColumnNames {

  private ColumnNames() {}

  /** One name; empty after a problem was noted. */
  static Optional<String> one(Node node) {
    Optional<String> name = node.text("the name of a column").map(text -> text.text().strip());
    if (name.filter(String::isEmpty).isPresent()) {
      node.error("SB-1024", node.path() + " is empty", "write the name of a column");
      return Optional.empty();
    }
    return name;
  }

  /** A list of names, or one; none after a problem was noted. */
  static List<String> list(Node node, String example) {
    List<String> names = new ArrayList<>();
    for (Node element : node.isList() ? node.elements(example) : List.of(node)) {
      Optional<String> name = one(element);
      if (name.filter(names::contains).isPresent()) {
        element.error("SB-1024", node.path() + " names \"" + name.get() + "\" twice", "remove one of the two");
      }
      name.ifPresent(names::add);
    }
    return List.copyOf(names);
  }
}
