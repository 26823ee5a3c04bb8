package dev.samzabatch.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the scanner found in one layer: where everything stands, and which substitutions there are. */
final class Scan {

  /**
   * A {@code ${path}}.
   *
   * @param prefix path of the object in which its file was included; empty at the root
   */
  record Substitution(SourceFile source, int start, int end, String prefix, String path, boolean optional) {}

  private final Map<String, Scanned> values = new HashMap<>();
  private final Map<String, Scanned> prefixes = new HashMap<>();
  private final List<Substitution> substitutions = new ArrayList<>();
  private boolean broken;

  /** Where the value at each {@link KeyPath} stands; of several the last. */
  Map<String, Scanned> values() {
    return values;
  }

  /** Notes the objects around a key with dots, which nothing else tells the place of. */
  void addPrefixes(String path, List<String> key, SourceFile source, int keyStart, int keyEnd) {
    String prefix = path;
    for (String part : key.subList(0, key.size() - 1)) {
      prefix = KeyPath.child(prefix, part);
      prefixes.putIfAbsent(prefix, new Scanned(source, keyStart, keyEnd, keyStart, keyEnd, List.of()));
    }
  }

  /** Where an object that exists only in keys with dots comes from. */
  Map<String, Scanned> prefixes() {
    return prefixes;
  }

  List<Substitution> substitutions() {
    return substitutions;
  }

  /** Whether the text cannot be parsed, or not all of it could be found. */
  boolean isBroken() {
    return broken;
  }

  void setBroken() {
    broken = true;
  }
}
