package dev.samzabatch.job;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code include} of a file, whatever its form: {@code "x"}, {@code file("x")}, {@code required("x")}, {@code
 * required(file("x"))}. All mean the same here: the file {@code x}, beside the one that includes it, which must exist.
 *
 * @param name what stands between the quotes
 * @param start offset of the name's quote
 * @param end offset behind the name's other quote
 */
record HoconInclude(String name, int start, int end) {

  private static final Pattern START = Pattern.compile("include[ \t]*(\"|[a-z]+\\()");
  private static final Pattern WHOLE = Pattern.compile(
      "include[ \t]+(?:\"([^\"\\\\\n]+)\""
          + "|(?:required|file)\\([ \t]*\"([^\"\\\\\n]+)\"[ \t]*\\)"
          + "|required\\([ \t]*file\\([ \t]*\"([^\"\\\\\n]+)\"[ \t]*\\)[ \t]*\\))");

  static boolean startsAt(HoconCursor cursor) {
    String text = cursor.source().text();
    return cursor.startsWith("include") && START.matcher(text).region(cursor.at(), text.length()).lookingAt();
  }

  /** Over the include at the cursor; empty, and nothing read, when its form is not known. */
  static Optional<HoconInclude> read(HoconCursor cursor) {
    String text = cursor.source().text();
    Matcher matcher = WHOLE.matcher(text).region(cursor.at(), text.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    cursor.moveTo(matcher.end());
    for (int group = 1; group <= 3; group++) {
      if (matcher.group(group) != null) {
        String name = matcher.group(group);
        return Optional.of(new HoconInclude(name, matcher.start(group) - 1, matcher.end(group) + 1));
      }
    }
    return Optional.empty();
  }

  /** The file that is meant, seen from the file that includes it. */
  Path target(Path includer) {
    return target(includer, name);
  }

  /** The file of this name, seen from the file that includes it. */
  static Path target(Path includer, String name) {
    try {
      return includer.resolveSibling(name);
    } catch (InvalidPathException e) {
      return includer.resolveSibling("invalid-name");
    }
  }

  static boolean exists(Path target) {
    return Files.isRegularFile(target) || Files.isDirectory(target);
  }
}
