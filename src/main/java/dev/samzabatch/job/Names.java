package dev.samzabatch.job;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Checks the names that a job's writer chooses. */
final class Names {

  private static final int MAX_LENGTH = 100;
  private static final Pattern RELATION = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  private Names() {}

  /** Notes an error if this is no name for an input, a step, an output or a check. */
  static void checkRelation(Section.Named child) {
    if (!RELATION.matcher(child.name()).matches() || child.name().length() > MAX_LENGTH) {
      child.node().keyError("SB-1026", "\"" + child.name() + "\" cannot be a name here",
          "names are made of letters, digits, _ and -, start with a letter or _, and have at most " + MAX_LENGTH
              + " characters");
    }
  }

  /** Two lists of keys behind each other. */
  static List<String> keys(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
