package dev.samzabatch.job;

import dev.samzabatch.data.Problem;
import java.util.Optional;

/** Reads values that may be references to secrets. No message holds a value. */
final class SecretReader {

  private static final String HINT = "write \"secret:env:NAME\" or \"secret:file:PATH\"";
  private static final String FILE = "secret:file:";

  private final LocationReader locations;

  SecretReader(LocationReader locations) {
    this.locations = locations;
  }

  /** The text, or the reference with the path of its file made absolute; empty after a problem was noted. */
  Optional<String> read(String key, Node node) {
    Optional<String> text = node.text("a text").map(MappedText::text);
    if (text.isEmpty()) {
      return text;
    }
    String value = text.get();
    if (value.startsWith(FILE) && value.length() > FILE.length()) {
      return locations.absolute(node, value.substring(FILE.length())).map(path -> FILE + path);
    }
    if (value.startsWith("secret:") && !(Secrets.isReference(value) && value.indexOf(':', 7) < value.length() - 1)) {
      node.keyError("SB-1071", node.path() + ": this is no reference to a secret", HINT);
      return Optional.empty();
    }
    if (Secrets.isPlainSecret(key, value)) {
      return plain(node, value);
    }
    return text;
  }

  /** A secret itself: what was typed goes into the manifest of the run, so it is refused. */
  private static Optional<String> plain(Node node, String value) {
    boolean filledIn = node.written("a text").map(MappedText::text)
        .filter(written -> !written.replace("{{", "{").replace("}}", "}").equals(value)).isPresent();
    Problem problem = Problem.warning("SB-1070", node.place(), node.path() + " holds a secret itself",
        HINT + ": references are never printed and never recorded");
    if (node.isArgument() || filledIn) {
      problem = Problem.error("SB-1071", node.place(),
          node.path() + " holds a secret itself, and what is typed is recorded with the run", HINT);
    }
    node.reading().problems().add(problem);
    return Optional.of(value);
  }
}
