package dev.samzabatch.job;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.samzabatch.data.NearestName;
import dev.samzabatch.data.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object with known keys; every other key is an error. A key whose value is {@code null} counts as not there. */
final class Section {

  private final Node node;
  private final String what;
  private final Map<String, ConfigValue> values;
  private final List<String> keys;

  private Section(Node node, String what, ConfigObject object, List<String> keys) {
    this.node = node;
    this.what = what;
    this.values = object;
    this.keys = keys;
  }

  /** The object of {@code node}, its unknown keys noted; empty after a problem was noted. */
  static Optional<Section> of(Node node, String what, List<String> keys) {
    Optional<Section> section = node.object().map(object -> new Section(node, what, object, keys));
    section.ifPresent(Section::noteUnknownKeys);
    return section;
  }

  /** The children of an object whose keys are names that the job's writer chose, in the order of their places. */
  static List<Named> named(Node node) {
    List<Named> children = new ArrayList<>();
    node.object().ifPresent(object -> object.forEach((name, value) -> {
      if (value.valueType() != ConfigValueType.NULL) {
        Node child = new Node(node.reading(), KeyPath.child(node.path(), name), value);
        children.add(new Named(name, child, child.place()));
      }
    }));
    children.sort(Comparator.comparing(Named::place).thenComparing(Named::name));
    return children;
  }

  /** A child under a name of the writer's choice. */
  record Named(String name, Node node, Place place) {}

  private void noteUnknownKeys() {
    if (keys.containsAll(values.keySet())) {
      return;
    }
    for (Named child : named(node)) {
      if (!keys.contains(child.name())) {
        String near = NearestName.hint(child.name(), keys);
        child.node().keyError("SB-1020", "\"" + child.name() + "\" is no key of " + what,
            (near.isEmpty() ? "" : near + "  ") + "keys: " + String.join(", ", keys));
      }
    }
  }

  Node node() {
    return node;
  }

  Problems problems() {
    return node.reading().problems();
  }

  /** Whether the key is there. */
  boolean has(String key) {
    return find(key).isPresent();
  }

  /** The value of a known key. */
  Optional<Node> find(String key) {
    if (!keys.contains(key)) {
      throw new IllegalArgumentException(key + " is no key of " + what);
    }
    ConfigValue value = values.get(key);
    boolean absent = value == null || value.valueType() == ConfigValueType.NULL;
    return absent ? Optional.empty() : Optional.of(new Node(node.reading(), KeyPath.child(node.path(), key), value));
  }

  /** The value of a key that has to be there; empty after a problem was noted. */
  Optional<Node> require(String key, String example) {
    Optional<Node> found = find(key);
    if (found.isEmpty()) {
      node.keyError("SB-1022", what + " needs the key \"" + key + "\"", "add for example " + example);
    }
    return found;
  }

  /** Notes every one of these keys that is there: they mean nothing, and why. */
  void refuse(List<String> meaningless, String why) {
    for (String key : meaningless) {
      find(key)
          .ifPresent(value -> value.keyError("SB-1025", "\"" + key + "\" means nothing here: " + why, "remove it"));
    }
  }
}
