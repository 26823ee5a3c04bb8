package dev.samzabatch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Lets columns have names that SQL reserves, as day, year, date, count and value, without quotes: where such a word can
 * only be a name (behind a dot, behind AS) or is a known column or relation and cannot be anything else, its first
 * letter is exchanged for one that makes it a plain name for the parser, and put back in the parsed query. No position
 * changes.
 */
final class ReservedWords {

  private static final Pattern TOKEN = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|(?s:/\\*.*?\\*/)"
      + "|[A-Za-z_][A-Za-z0-9_$]*|\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|\\S");

  /** The first of the letters that stand for ASCII ones; a rare one, which is normalised away from real texts. */
  private static final char FIRST = '\uf900';

  /** Words that hold a query together; what has such a name needs quotes. */
  private static final Set<String> STRUCTURE = Set.of("select", "from", "where", "group", "by", "having", "order",
      "limit", "offset", "fetch", "union", "intersect", "except", "all", "distinct", "join", "inner", "left", "right",
      "full", "outer", "cross", "natural", "on", "using", "as", "with", "recursive", "and", "or", "not", "in", "is",
      "null", "true", "false", "unknown", "like", "escape", "between", "exists", "case", "when", "then", "else", "end",
      "cast", "extract", "interval", "asc", "desc", "nulls", "first", "last", "rows", "row", "only", "next", "for",
      "to", "both", "leading", "trailing", "over", "partition", "filter", "symmetric", "asymmetric", "similar",
      "values", "table", "unnest", "lateral", "any", "some", "set", "array", "map", "multiset");

  /** Reserved words that are often names of columns, for when columns are not known yet. */
  private static final Set<String> OFTEN_COLUMNS = Set.of("date", "time", "timestamp", "year", "quarter", "month",
      "week",
      "day", "hour", "minute", "second", "value", "count", "sum", "min", "max", "avg", "rank", "position", "user",
      "result", "start", "percent", "method", "language", "row_number", "range", "element", "domain", "function");

  private static final Set<String> TAKE_A_UNIT = Set.of("timestampadd", "timestampdiff", "extract");

  private static final Set<String> CASTS = Set.of("cast", "try_cast", "safe_cast");

  private final Predicate<String> isName;
  private final List<String> tokens = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private final Set<String> aliases = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private ReservedWords(String text, Predicate<String> isName) {
    this.isName = isName;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      if (!matcher.group().startsWith("--") && !matcher.group().startsWith("/*")) {
        tokens.add(matcher.group());
        starts.add(matcher.start());
      }
    }
  }

  static boolean isOftenColumn(String word) {
    return OFTEN_COLUMNS.contains(word.toLowerCase(Locale.ROOT));
  }

  /** The text, of the same length, with words that are names made unmistakable. */
  static String protect(String text, Predicate<String> isName) {
    return new ReservedWords(text, isName).protect(text);
  }

  private String protect(String text) {
    boolean[] isType = types();
    for (int i = 1; i < tokens.size(); i++) {
      if (isWord(i) && isAlias(i, isType)) {
        aliases.add(tokens.get(i));
      }
    }
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < tokens.size(); i++) {
      if (isWord(i) && !isType[i] && (at(i - 1).equals(".") || isAlias(i, isType) || isBareName(i))) {
        int start = starts.get(i);
        out.setCharAt(start, (char) (FIRST + out.charAt(start)));
      }
    }
    return out.toString();
  }

  /** Marks the word behind each AS that belongs to a CAST, or to what other dialects have of it, such as TRY_CAST. */
  private boolean[] types() {
    boolean[] isType = new boolean[tokens.size()];
    List<Boolean> parentheses = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (at(i).equals("(")) {
        parentheses.add(CASTS.contains(at(i - 1)));
      } else if (at(i).equals(")") && !parentheses.isEmpty()) {
        parentheses.remove(parentheses.size() - 1);
      } else if (at(i).equals("as") && !parentheses.isEmpty() && parentheses.get(parentheses.size() - 1)
          && i + 1 < tokens.size()) {
        isType[i + 1] = true;
      }
    }
    return isType;
  }

  private boolean isWord(int i) {
    char first = tokens.get(i).charAt(0);
    return first < 128 && (Character.isLetter(first) || first == '_');
  }

  private boolean isAlias(int i, boolean[] isType) {
    return at(i - 1).equals("as") && !isType[i] && !at(i + 1).equals("(");
  }

  private boolean isBareName(int i) {
    String word = tokens.get(i);
    if (STRUCTURE.contains(at(i)) || !isName.test(word) && !aliases.contains(word)) {
      return false;
    }
    boolean call = at(i + 1).equals("(");
    boolean typedLiteral = at(i + 1).startsWith("'");
    boolean ofInterval = at(i - 2).equals("interval") || at(i - 1).equals("to");
    boolean unit = at(i - 1).equals("(") && TAKE_A_UNIT.contains(at(i - 2));
    return !call && !typedLiteral && !ofInterval && !unit;
  }

  /** The token in small letters; empty outside the text. */
  private String at(int i) {
    return i < 0 || i >= tokens.size() ? "" : tokens.get(i).toLowerCase(Locale.ROOT);
  }

  /** The text with the letters put back. */
  static String restore(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c > FIRST && c < FIRST + 128) {
        out.setCharAt(i, (char) (c - FIRST));
      }
    }
    return out.toString();
  }

  /** The query with the letters put back. */
  static SqlNode restore(SqlNode query) {
    return query.accept(new SqlShuttle() {
      @Override
      public SqlNode visit(SqlIdentifier name) {
        SqlIdentifier restored = name;
        for (int i = 0; i < name.names.size(); i++) {
          String part = restore(name.names.get(i));
          restored = part.equals(name.names.get(i)) ? restored : restored.setName(i, part);
        }
        return restored;
      }
    });
  }
}
