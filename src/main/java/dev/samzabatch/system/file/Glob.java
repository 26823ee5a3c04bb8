package dev.samzabatch.system.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Path patterns, segment by segment:
 *
 * <pre>
 * *       any characters within a name      ?       one character
 * [a-c]   one of these characters           [!a-c]  one other character
 * {x,y}   x or y, which may hold / and more pattern
 * **      as a whole segment: any directories, also none
 * \*      the character * itself; likewise before any other
 * </pre>
 */
final class Glob {

  private static final String SPECIAL = "*?[]{}\\";
  private static final int MAX_ALTERNATIVES = 1_000;

  private Glob() {}

  /** Whether the path holds any pattern. */
  static boolean isPattern(String path) {
    return path.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
  }

  /** The patterns without braces that this one stands for; itself when it has no alternatives. At most 1,000. */
  static List<String> alternatives(String pattern) {
    List<String> found = new ArrayList<>();
    expand(pattern, 0, found);
    return found;
  }

  private static void expand(String pattern, int from, List<String> found) {
    int open = indexOf(pattern, '{', from);
    int close = open < 0 ? -1 : closing(pattern, open);
    if (close < 0 || found.size() >= MAX_ALTERNATIVES) {
      found.add(pattern);
      return;
    }
    List<String> choices = split(pattern.substring(open + 1, close));
    if (choices.size() == 1) {
      expand(pattern, open + 1, found);
      return;
    }
    for (String choice : choices) {
      expand(pattern.substring(0, open) + choice + pattern.substring(close + 1), open, found);
    }
  }

  private static int indexOf(String pattern, char wanted, int from) {
    for (int i = from; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\') {
        i++;
      } else if (pattern.charAt(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int closing(String pattern, int open) {
    int depth = 0;
    for (int i = open; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Splits at commas outside of inner braces. */
  private static List<String> split(String inside) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == ',' && depth == 0) {
        parts.add(inside.substring(start, i));
        start = i + 1;
      } else {
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
    }
    parts.add(inside.substring(start));
    return parts;
  }

  /** The name that a segment without pattern means; empty when it has a pattern. */
  static Optional<String> literal(String segment) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '\\' && i + 1 < segment.length()) {
        name.append(segment.charAt(++i));
      } else if (c == '*' || c == '?' || c == '[') {
        return Optional.empty();
      } else {
        name.append(c);
      }
    }
    return Optional.of(name.toString());
  }

  /** The names that a segment matches; a name that starts with . or _ only when the segment starts so too. */
  static Pattern names(String segment) {
    StringBuilder regex = new StringBuilder(segment.matches("(?s)[*?\\[].*") ? "(?![._])" : "");
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      int close = c == '[' ? segment.indexOf(']', Math.min(segment.length(), i + 2)) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        regex.append(characters(segment.substring(i + 1, close)));
        i = close;
      } else {
        i += c == '\\' && i + 1 < segment.length() ? 1 : 0;
        regex.append(Pattern.quote(segment.substring(i, i + 1)));
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      return Pattern.compile(Pattern.quote(segment));
    }
  }

  private static String characters(String inside) {
    boolean not = inside.startsWith("!") || inside.startsWith("^");
    String escaped = inside.substring(not ? 1 : 0).replaceAll("[\\[\\]\\\\^&]", "\\\\$0");
    return "[" + (not ? "^" : "") + escaped + "]";
  }
}
