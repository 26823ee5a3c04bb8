package dev.samzabatch.job;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values of an object whose keys are the names of another program's settings: {@code a.b = 1}, {@code a { b = 1 }}
 * and {@code "a.b" = 1} are all the setting {@code a.b}.
 */
final class DottedKeys {

  private final Map<String, Node> values = new LinkedHashMap<>();

  private DottedKeys() {}

  /** The texts and lists in an object, by name, in the order of their places; names set twice are noted. */
  static Map<String, Node> of(Node object) {
    DottedKeys keys = new DottedKeys();
    keys.add("", object);
    return keys.values;
  }

  private void add(String prefix, Node object) {
    for (Section.Named child : Section.named(object)) {
      String name = prefix + child.name();
      if (child.node().isObject()) {
        add(name + ".", child.node());
      } else if (values.containsKey(name)) {
        child.node().keyError("SB-1012", name + " is set twice: here and at " + values.get(name).place(),
            "remove one of the two");
      } else {
        values.put(name, child.node());
      }
    }
  }
}
