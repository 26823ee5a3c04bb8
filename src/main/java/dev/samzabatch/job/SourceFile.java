package dev.samzabatch.job;

import dev.samzabatch.data.Excerpt;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A text with a name: the job file, an overlay, an included file, or the value of one {@code --set}. Immutable. */
final class SourceFile {

  private final String name;
  private final Optional<Path> path;
  private final String text;
  private final int[] lineStarts;

  private SourceFile(String name, Optional<Path> path, String text) {
    this.name = name;
    this.path = path;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  /** A file; {@code path} is as a person would name it, relative to the current directory or absolute. */
  static SourceFile of(Path path, String text) {
    return new SourceFile(path.toString(), Optional.of(path), text);
  }

  /** A text that is in no file: its places are the name alone. */
  static SourceFile argument(String name, String text) {
    return new SourceFile(name, Optional.empty(), text);
  }

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  /** Where it was read from; empty for the value of an argument. */
  Optional<Path> path() {
    return path;
  }

  /** The place of the character at this offset; of the end for offsets behind it. */
  Place place(int offset) {
    if (path.isEmpty()) {
      return Place.of(name);
    }
    int at = Math.max(0, Math.min(offset, text.length()));
    int line = line(at);
    return new Place(name, line + 1, at - lineStarts[line] + 1);
  }

  /** An error about the characters from {@code start} up to {@code end}. */
  Problem error(String code, int start, int end, String message, String hint) {
    return withExcerpt(Problem.error(code, place(start), message, hint), start, end);
  }

  /** A warning about the characters from {@code start} up to {@code end}. */
  Problem warning(String code, int start, int end, String message, String hint) {
    return withExcerpt(Problem.warning(code, place(start), message, hint), start, end);
  }

  private Problem withExcerpt(Problem problem, int start, int end) {
    if (path.isEmpty()) {
      return problem;
    }
    int line = line(Math.max(0, Math.min(start, text.length())));
    String shown = SensitiveKeys.hidden(text.substring(lineStarts[line], lineEnd(line)).stripTrailing());
    return problem.with(new Excerpt(shown, Math.max(1, Math.min(end, lineEnd(line)) - start)));
  }

  /** Whether the characters from {@code start} up to {@code end}, on one line, hold a secret. */
  boolean isHidden(int start, int end) {
    int lineStart = lineStarts[line(start)];
    String hidden = SensitiveKeys.hidden(text.substring(lineStart, lineEnd(line(start))));
    return !hidden.regionMatches(start - lineStart, text, start, end - start);
  }

  private int lineEnd(int line) {
    int end = line + 1 < lineStarts.length ? lineStarts[line + 1] - 1 : text.length();
    return Math.max(lineStarts[line], end);
  }

  /** The first character of a line that is no blank; {@code line} is 1-based. */
  int startOfText(int line) {
    int at = lineStarts[Math.max(0, Math.min(line, lineStarts.length) - 1)];
    while (at < text.length() && text.charAt(at) != '\n' && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found : -found - 2;
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
      }
      starts[count++] = i + 1;
    }
    return Arrays.copyOf(starts, count);
  }
}
