package dev.samzabatch.job;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Remembers which keys a file sets, and notes those that are set again where nobody can have meant it. */
final class KeyRegister {

  private final SourceFile source;
  private final Problems problems;
  private final Optional<KeyRegister> includer;

  /** Offsets of the keys of all texts and lists of this file, by path. */
  private final Map<String, Integer> leaves = new HashMap<>();

  private final Set<String> duplicates = new HashSet<>();

  KeyRegister(SourceFile source, Problems problems, Optional<KeyRegister> includer) {
    this.source = source;
    this.problems = problems;
    this.includer = includer;
  }

  /**
   * Notes a text or list.
   *
   * @param told whether it was reported already as set twice in one object
   */
  void note(String path, int keyStart, int keyEnd, boolean told) {
    Integer earlier = leaves.putIfAbsent(path, keyStart);
    if (earlier != null && !told) {
      duplicate(path, keyStart, keyEnd, earlier);
    }
    for (Optional<KeyRegister> above = includer; above.isPresent(); above = above.get().includer) {
      Integer lost = above.get().leaves.get(path);
      if (lost != null) {
        problems.add(source.warning("SB-1015", keyStart, keyEnd,
            path + " is set here, so its value at " + above.get().source.place(lost) + " is lost",
            "move the include before it if that value is meant to win"));
      }
    }
  }

  /** Reports a key that is set twice, unless it is so only because an object around it is there twice. */
  void duplicate(String path, int keyStart, int keyEnd, int earlier) {
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      if (duplicates.contains(path.substring(0, dot))) {
        return;
      }
    }
    duplicates.add(path);
    problems.add(source.error("SB-1012", keyStart, keyEnd,
        path + " is set twice: here and at " + source.place(earlier), "remove one of the two"));
  }
}
