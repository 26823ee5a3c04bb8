package dev.samzabatch.job;

import dev.samzabatch.job.Scanned.Kind;
import dev.samzabatch.job.Scanned.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks the text of one HOCON file, and of those that it includes, before the library parses it. The library gives
 * lines only, and reads without a word what nobody can have meant; so this notes where every key and value stands and
 * reports reserved characters without quotes, {@code ${x}} inside quotes, keys that are set twice, list elements that
 * only blanks separate, optional substitutions in the midst of a text, and includes that are missing or go in circles.
 *
 * <p>
 * It understands structure only: it merges nothing and substitutes nothing. After a mistake it goes on behind the
 * value, so that all mistakes of a file are found at once. Depth is bounded, so no input can exhaust the stack.
 */
final class HoconScanner {

  private static final int MAX_DEPTH = 48;

  /** So many characters of a key are shown in a message. */
  private static final int MAX_SHOWN = 80;

  private final HoconCursor cursor;
  private final HoconStrings strings;
  private final SourceFile source;
  private final Optional<HoconScanner> includer;
  private final Optional<Path> identity;
  private final SourceFiles files;
  private final Problems problems;
  private final Scan scan;
  private final String prefix;
  private final KeyRegister keys;

  private int depth;
  private int lineInError = -1;

  HoconScanner(SourceFile source, SourceFiles files, Problems problems, Scan scan) {
    this(source, files, problems, scan, Optional.empty(), "");
  }

  private HoconScanner(SourceFile source, HoconScanner includer, String prefix) {
    this(source, includer.files, includer.problems, includer.scan, Optional.of(includer), prefix);
    this.depth = includer.depth;
  }

  private HoconScanner(SourceFile source, SourceFiles files, Problems problems, Scan scan,
      Optional<HoconScanner> includer, String prefix) {
    this.source = source;
    this.files = files;
    this.problems = problems;
    this.scan = scan;
    this.includer = includer;
    this.prefix = prefix;
    this.identity = source.path().map(path -> path.toAbsolutePath().normalize());
    this.keys = new KeyRegister(source, problems, includer.map(above -> above.keys));
    this.cursor = new HoconCursor(source);
    this.strings = new HoconStrings(cursor, this);
  }

  /** Scans a whole file. */
  void scanFile() {
    cursor.skipBlanks(false);
    if (cursor.peek() == '{') {
      int open = cursor.at();
      cursor.advance();
      fields(prefix, open);
      cursor.skipBlanks(true);
      if (!cursor.atEnd()) {
        syntaxError("SB-1005", cursor.at(), cursor.at() + 1, "the job ended with the \"}\" before this",
            "remove that \"}\"");
      }
    } else {
      fields(prefix, -1);
    }
  }

  /** Scans a text that is one value. */
  void scanValue(String path) {
    value(path, 0, 0, false);
    cursor.skipBlanks(false);
    if (!cursor.atEnd()) {
      syntaxError("SB-1005", cursor.at(), cursor.at() + 1, "\"" + cursor.peek() + "\" stands behind the value", "");
    }
  }

  /** The fields of an object up to its closing brace, or to the end of the file if {@code open} is -1. */
  private void fields(String path, int open) {
    Map<String, Integer> keysHere = new HashMap<>();
    while (true) {
      cursor.skipBlanks(true);
      if (cursor.atEnd()) {
        if (open >= 0) {
          unclosed(open, "}");
        }
        return;
      }
      if (cursor.peek() == '}' && open >= 0) {
        cursor.advance();
        return;
      }
      if (cursor.peek() == '}' || cursor.peek() == ']') {
        String found = "this \"" + cursor.peek() + "\" closes nothing";
        syntaxError("SB-1005", cursor.at(), cursor.at() + 1, found, "remove it, or open what it closes");
        cursor.advance();
      } else if (!HoconInclude.startsAt(cursor)) {
        field(path, keysHere);
      } else {
        include(path);
      }
    }
  }

  private void field(String path, Map<String, Integer> keysHere) {
    int keyStart = cursor.at();
    List<String> key = strings.key();
    int keyEnd = cursor.endOfText(keyStart);
    if (key.isEmpty()) {
      return;
    }
    String full = KeyPath.child(path, key);
    boolean adds = false;
    cursor.skipBlanks(false);
    if (cursor.startsWith("+=")) {
      adds = true;
      cursor.moveTo(cursor.at() + 2);
    } else if (cursor.peek() == '=' || cursor.peek() == ':') {
      cursor.advance();
    } else if (cursor.peek() != '{') {
      String name = shown(source.text().substring(keyStart, keyEnd));
      syntaxError("SB-1005", keyStart, keyEnd, "\"" + name + "\" has no value",
          "write " + name + " = ..., or put quotes around the value before if this is a part of it");
      return;
    }
    Integer earlier = keysHere.putIfAbsent(full, keyStart);
    if (earlier != null && !adds) {
      keys.duplicate(full, keyStart, keyEnd, earlier);
    }
    scan.addPrefixes(path, key, source, keyStart, keyEnd);
    depth += key.size() - 1;
    boolean leaf = value(full, keyStart, keyEnd, false);
    depth -= key.size() - 1;
    if (leaf && !adds) {
      keys.note(full, keyStart, keyEnd, earlier != null);
    }
  }

  /** One value, put together from any number of pieces; says whether it is no object. */
  private boolean value(String path, int keyStart, int keyEnd, boolean element) {
    cursor.skipBlanks(false);
    int start = cursor.at();
    List<Piece> pieces = new ArrayList<>();
    if (depth >= MAX_DEPTH) {
      syntaxError("SB-1006", start, start + 1, "this is nested more than " + MAX_DEPTH + " levels deep", "");
      cursor.moveTo(Integer.MAX_VALUE);
      return false;
    }
    depth++;
    boolean more = true;
    while (more) {
      int gap = cursor.at();
      cursor.skipInlineBlanks();
      boolean blank = cursor.at() > gap;
      if (atValueEnd(pieces, start)) {
        break;
      }
      if (blank && !pieces.isEmpty()) {
        pieces.add(new Piece(Kind.BLANK, gap, cursor.at(), ""));
      }
      more = piece(path, start, pieces);
    }
    depth--;
    if (pieces.isEmpty()) {
      if (more) {
        syntaxError("SB-1005", keyStart, keyEnd,
            "\"" + shown(source.text().substring(keyStart, keyEnd)) + "\" has no value",
            "write a value behind it; an empty text is \"\"");
      }
      return false;
    }
    int end = pieces.get(pieces.size() - 1).end();
    Scanned found =
        new Scanned(source, element ? start : keyStart, element ? end : keyEnd, start, end, List.copyOf(pieces));
    scan.values().put(path, found);
    checkPieces(found, element && more);
    return pieces.stream().noneMatch(piece -> piece.kind() == Kind.OBJECT);
  }

  /** Whether the value ends here. */
  private boolean atValueEnd(List<Piece> pieces, int start) {
    char c = cursor.peek();
    boolean afterText = !pieces.isEmpty() && pieces.get(pieces.size() - 1).kind() == Kind.UNQUOTED
        && pieces.get(pieces.size() - 1).end() == cursor.at();
    if (cursor.atComment() && afterText) {
      reserved(start, c == '#' ? "\"#\" starts a comment here" : "\"//\" starts a comment here");
      return true;
    }
    return cursor.atEnd() || c == '\n' || c == ',' || c == '}' || c == ']' || cursor.atComment();
  }

  /** One piece of a value; false when a mistake ended the value. */
  private boolean piece(String path, int start, List<Piece> pieces) {
    int at = cursor.at();
    char c = cursor.peek();
    boolean afterText = pieces.stream().anyMatch(piece -> piece.kind().isText());
    Kind kind = c == '{' ? Kind.OBJECT : c == '[' ? Kind.LIST : Kind.UNQUOTED;
    if (c != '$' && pieces.stream().anyMatch(piece -> piece.kind().isBracket() && piece.kind() != kind)) {
      syntaxError("SB-1005", at, at + 1, "a comma or a line end is missing before this", "");
      return false;
    }
    if (c == '"') {
      Kind quotes = cursor.startsWith("\"\"\"") ? Kind.TRIPLE_QUOTED : Kind.QUOTED;
      if (!strings.string()) {
        return false;
      }
      pieces.add(new Piece(quotes, at, cursor.at(), ""));
    } else if (cursor.startsWith("${")) {
      Optional<String> target = strings.substitution(prefix, scan);
      if (target.isEmpty()) {
        return false;
      }
      pieces.add(new Piece(Kind.SUBSTITUTION, at, cursor.at(), target.get()));
    } else if (kind.isBracket() && !afterText) {
      cursor.advance();
      if (kind == Kind.OBJECT) {
        fields(path, at);
      } else {
        elements(path, at);
      }
      pieces.add(new Piece(kind, at, cursor.at(), ""));
    } else {
      cursor.skipUnquoted("");
      if (cursor.at() == at) {
        reserved(start, "\"" + c + "\" cannot stand in a value without quotes");
        return false;
      }
      pieces.add(new Piece(Kind.UNQUOTED, at, cursor.at(), ""));
    }
    return true;
  }

  private void elements(String path, int open) {
    int count = 0;
    while (true) {
      cursor.skipBlanks(true);
      if (cursor.peek() == ']') {
        cursor.advance();
        return;
      }
      if (cursor.atEnd() || cursor.peek() == '}') {
        unclosed(open, "]");
        return;
      }
      value(KeyPath.element(path, count++), cursor.at(), cursor.at() + 1, true);
    }
  }

  private void checkPieces(Scanned found, boolean element) {
    List<Piece> pieces = found.pieces();
    boolean text = pieces.stream().noneMatch(piece -> piece.kind() == Kind.OBJECT || piece.kind() == Kind.LIST);
    if (element && text && pieces.stream().anyMatch(piece -> piece.kind() == Kind.BLANK)) {
      problems
          .add(source.error("SB-1013", found.start(), found.end(), "only blanks stand between these parts of a list",
              "put commas between elements, or quotes around one element"));
    }
    boolean mixed = text && pieces.stream().anyMatch(piece -> piece.kind().isText());
    for (Piece piece : pieces) {
      if (mixed && piece.kind() == Kind.SUBSTITUTION && source.text().startsWith("${?", piece.start())) {
        problems.add(source.warning("SB-1009", piece.start(), piece.end(),
            "if " + piece.text() + " is not set, nothing stands here and the rest of the value is used",
            "write ${" + piece.text() + "} if it has to be set"));
      }
    }
  }

  private void include(String path) {
    int start = cursor.at();
    Optional<HoconInclude> include = HoconInclude.read(cursor);
    if (include.isEmpty()) {
      cursor.skipLine();
      syntaxError("SB-1014", start, cursor.endOfText(start), "this form of include is not known here",
          "write include \"other.conf\"; the file has to be there, and is looked for beside this one");
      return;
    }
    if (identity.isEmpty()) {
      syntaxError("SB-1014", start, cursor.at(), "only files can include files", "");
      return;
    }
    HoconInclude found = include.get();
    Path target = found.target(source.path().get());
    if (!HoconInclude.exists(target)) {
      syntaxError("SB-1010", found.start(), found.end(), "the included file " + target + " does not exist",
          "an included file is looked for in the folder of the file that includes it");
    } else if (isBeingScanned(target)) {
      syntaxError("SB-1011", found.start(), found.end(), target + " includes itself, directly or through others",
          "remove one of the includes");
    } else {
      files.read(target).ifPresentOrElse(file -> new HoconScanner(file, this, path).scanFile(), scan::setBroken);
    }
  }

  private boolean isBeingScanned(Path target) {
    Path wanted = target.toAbsolutePath().normalize();
    return identity.filter(wanted::equals).isPresent() || includer.isPresent() && includer.get().isBeingScanned(target);
  }

  private void reserved(int start, String message) {
    cursor.skipRestOfValue();
    int end = cursor.endOfText(start);
    String value = source.text().substring(start, end);
    String hint = value.indexOf('"') >= 0 || value.indexOf('\\') >= 0
        ? "put the whole value between quotes; inside, a quote is \\\" and a backslash is \\\\"
        : "put quotes around the value" + (source.isHidden(start, end) ? "" : ": \"" + value + "\"");
    syntaxError("SB-1004", start, end, message, hint);
  }

  private void unclosed(int open, String closing) {
    if (!scan.isBroken()) {
      syntaxError("SB-1005", open, open + 1, "the \"" + closing + "\" that closes this is missing", "");
    }
  }

  /** Notes what makes the text unreadable; only the first of a line, for the others mostly follow from it. */
  void syntaxError(String code, int start, int end, String message, String hint) {
    int line = source.place(start).line();
    if (line != lineInError) {
      problems.add(source.error(code, start, end, message, hint));
    }
    lineInError = line;
    scan.setBroken();
  }

  void textError(String code, int start, int end, String message, String hint) {
    problems.add(source.error(code, start, end, message, hint));
  }

  private static String shown(String key) {
    return key.length() <= MAX_SHOWN ? key : key.substring(0, MAX_SHOWN) + "...";
  }
}
