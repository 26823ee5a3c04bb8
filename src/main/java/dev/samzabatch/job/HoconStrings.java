package dev.samzabatch.job;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scans what HOCON puts between quotes and braces: strings, keys and substitutions. */
final class HoconStrings {

  /** The most keys that a path can have; the library recurses over them. */
  static final int MAX_KEY_PARTS = 16;

  private static final String KEY_ENDS = ".";

  private final HoconCursor cursor;
  private final HoconScanner scanner;

  HoconStrings(HoconCursor cursor, HoconScanner scanner) {
    this.cursor = cursor;
    this.scanner = scanner;
  }

  /** Over a string in quotes; false when it was not closed or has a wrong escape. */
  boolean string() {
    return cursor.startsWith("\"\"\"") ? tripleQuoted() : quoted();
  }

  private boolean tripleQuoted() {
    int start = cursor.at();
    String text = cursor.source().text();
    int end = text.indexOf("\"\"\"", start + 3);
    if (end < 0) {
      scanner.syntaxError("SB-1005", start, start + 3, "this text has no closing \"\"\"", "");
      cursor.moveTo(text.length());
      return false;
    }
    end += 3;
    while (end < text.length() && text.charAt(end) == '"') {
      end++;
    }
    cursor.moveTo(end);
    checkSubstitutions(start, end);
    return true;
  }

  private boolean quoted() {
    int start = cursor.at();
    cursor.advance();
    while (cursor.peek() != '"') {
      if (cursor.atEnd() || cursor.peek() == '\n') {
        scanner.syntaxError("SB-1005", start, cursor.at(), "this text has no closing quote in its line",
            "a text over several lines goes between \"\"\" and \"\"\"");
        return false;
      }
      if (cursor.peek() == '\\' && !escape()) {
        return false;
      }
      cursor.advance();
    }
    cursor.advance();
    checkSubstitutions(start, cursor.at());
    return true;
  }

  private boolean escape() {
    int start = cursor.at();
    cursor.advance();
    boolean known = "\"\\/bfnrtu".indexOf(cursor.peek()) >= 0 && !cursor.atEnd();
    for (int i = 1; known && cursor.peek() == 'u' && i <= 4; i++) {
      known = "0123456789abcdefABCDEF".indexOf(cursor.peek(i)) >= 0 && cursor.peek(i) != '\0';
    }
    if (!known) {
      cursor.moveTo(start);
      cursor.skipRestOfValue();
      scanner.syntaxError("SB-1005", start, start + 2, "this is no escape", "write \\\\ for one backslash");
    }
    return known;
  }

  private void checkSubstitutions(int start, int end) {
    String text = cursor.source().text();
    for (int i = text.indexOf("${", start); i >= 0 && i < end - 1; i = text.indexOf("${", i + 1)) {
      if (text.charAt(i + 2) != '{') {
        int close = text.indexOf('}', i);
        int to = close < 0 || close >= end ? i + 2 : close + 1;
        String name = to == i + 2 ? "x" : text.substring(i + 2, to - 1).replace("?", "");
        scanner.textError("SB-1007", i, to, text.substring(i, to) + " is inside quotes, where it is not replaced",
            "write {" + name + "} for a param; ${" + name + "} has to stand outside the quotes: \"x/\"${" + name
                + "}\"/y\"; a real ${ is ${{");
      }
    }
  }

  /** The parts of a key with dots, up to what separates it from its value; none after a mistake. */
  List<String> key() {
    int start = cursor.at();
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean empty = true;
    while (true) {
      int at = cursor.at();
      cursor.skipInlineBlanks();
      if (cursor.atEnd() || "\n=:{,}#".indexOf(cursor.peek()) >= 0 || cursor.startsWith("+=")
          || cursor.startsWith("//")) {
        break;
      }
      part.append(cursor.since(at));
      int from = cursor.at();
      if (cursor.peek() == '.') {
        parts.add(part.toString());
        part.setLength(0);
        cursor.advance();
        if (empty || parts.size() > MAX_KEY_PARTS) {
          return badKey(start, empty ? "a part of this key is empty" : "this key has too many parts");
        }
        empty = true;
      } else if (!keyText(part, from)) {
        return badKey(start, "\"" + cursor.peek() + "\" cannot stand in a key without quotes");
      } else {
        empty = false;
      }
    }
    parts.add(part.toString());
    return empty ? badKey(start, parts.size() == 1 ? "a key was expected here" : "a part of this key is empty") : parts;
  }

  private boolean keyText(StringBuilder part, int from) {
    if (cursor.peek() == '"') {
      boolean triple = cursor.startsWith("\"\"\"");
      if (!string()) {
        return false;
      }
      Scanned.Kind kind = triple ? Scanned.Kind.TRIPLE_QUOTED : Scanned.Kind.QUOTED;
      List<Scanned.Piece> pieces = List.of(new Scanned.Piece(kind, from, cursor.at(), ""));
      part.append(new Scanned(cursor.source(), from, from, from, cursor.at(), pieces).text().text());
      return true;
    }
    cursor.skipUnquoted(KEY_ENDS);
    part.append(cursor.since(from));
    return cursor.at() > from;
  }

  private List<String> badKey(int start, String message) {
    cursor.skipRestOfValue();
    int end = Math.max(start + 1, cursor.endOfText(start));
    scanner.syntaxError("SB-1004", start, end, message, "a line is: key = value, or: key { ... }");
    if (cursor.at() == start) {
      cursor.advance();
    }
    return List.of();
  }

  /** Over {@code ${path}} or {@code ${?path}}; its path, or empty after a mistake. */
  Optional<String> substitution(String prefix, Scan scan) {
    int start = cursor.at();
    String text = cursor.source().text();
    int end = text.indexOf('}', start);
    int lineEnd = text.indexOf('\n', start);
    if (end < 0 || lineEnd >= 0 && lineEnd < end) {
      scanner.syntaxError("SB-1005", start, start + 2, "the \"}\" that closes this ${ is missing", "");
      cursor.skipLine();
      return Optional.empty();
    }
    boolean optional = text.startsWith("?", start + 2);
    String written = text.substring(start + (optional ? 3 : 2), end).strip();
    cursor.moveTo(end + 1);
    try {
      String path = KeyPath.child("", split(written));
      scan.substitutions().add(new Scan.Substitution(cursor.source(), start, end + 1, prefix, path, optional));
      return Optional.of(path);
    } catch (ConfigException e) {
      scanner.syntaxError("SB-1005", start, end + 1, "this is no path to a key", "write for example ${run.memory}");
      return Optional.empty();
    }
  }

  /**
   * The keys of a path.
   *
   * @throws ConfigException when it is no path
   */
  static List<String> split(String path) {
    if (path.chars().filter(c -> c == '.').count() >= MAX_KEY_PARTS) {
      throw new ConfigException.BadPath(path, "it has too many parts");
    }
    return ConfigUtil.splitPath(path);
  }
}
