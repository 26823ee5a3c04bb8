package dev.samzabatch.sql;

import dev.samzabatch.data.NearestName;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in our words what Calcite says about a query that is wrong. */
final class Messages {

  private static final Pattern COLUMN_NOWHERE =
      Pattern.compile("Column '(.*)' not found in any table(?:; did you mean .*)?");
  private static final Pattern COLUMN_NOT_IN =
      Pattern.compile("Column '(.*)' not found in table '(.*?)'(?:; did you mean .*)?");
  private static final Pattern TABLE = Pattern.compile("(?:Object|Table) '(.*?)' not found(?:.*)?");
  private static final Pattern AMBIGUOUS = Pattern.compile("Column '(.*)' is ambiguous");
  private static final Pattern FUNCTION =
      Pattern.compile("No match found for function signature (\\S+?)(?:\\((.*)\\))?");
  private static final Pattern ARGUMENT_COUNT =
      Pattern.compile("Invalid number of arguments to function '(.*?)'. Was expecting (.*) arguments");
  private static final Pattern ARGUMENT_TYPES =
      Pattern.compile("(?s)Cannot apply '(.*?)' to arguments of type '(.*?)'\\. Supported form.*");
  private static final Pattern NOT_GROUPED = Pattern.compile("(?s)Expression '(.*)' is not being grouped");
  private static final Pattern DUPLICATE_TABLE = Pattern.compile("Duplicate relation name '(.*)' in FROM clause");
  private static final Pattern CAST = Pattern.compile("Cast function cannot convert value of type (.*) to type (.*)");
  private static final Pattern NO_COMMON_TYPE =
      Pattern.compile("Cannot infer return type for (.*); operand types: \\[(.*)]");
  private static final Pattern TYPE_NAME = Pattern.compile("Unknown (?:identifier|datatype name) '(.*)'");
  private static final Pattern TYPE_WORDS = Pattern.compile(
      "\\b(BIGINT|INTEGER|VARCHAR|VARBINARY|REAL|DOUBLE|DECIMAL|BOOLEAN|DATE|TIMESTAMP|TIME|NUMERIC|CHAR)\\b");
  private static final Map<String, String> OUR_TYPES = Map.ofEntries(
      Map.entry("BIGINT", "long"), Map.entry("INTEGER", "int"), Map.entry("VARCHAR", "string"),
      Map.entry("CHAR", "string"), Map.entry("VARBINARY", "bytes"), Map.entry("REAL", "float"),
      Map.entry("DOUBLE", "double"), Map.entry("DECIMAL", "decimal"), Map.entry("BOOLEAN", "boolean"),
      Map.entry("DATE", "date"), Map.entry("TIMESTAMP", "timestamp"), Map.entry("TIME", "time"),
      Map.entry("NUMERIC", "number"));

  private final Vocabulary vocabulary;
  private final Collection<String> readBy;

  /**
   * Messages about one step.
   *
   * @param vocabulary all relations that it could read
   * @param readBy the names of those that it does read
   */
  Messages(Vocabulary vocabulary, Collection<String> readBy) {
    this.vocabulary = vocabulary;
    this.readBy = readBy;
  }

  /** A message with its code and what to do. */
  record Said(String code, String message, String hint) {}

  Said of(String said) {
    String calcite = ReservedWords.restore(said);
    Matcher m = COLUMN_NOWHERE.matcher(calcite);
    if (m.matches()) {
      return unknownColumn(m.group(1), readBy.size() == 1 ? " in " + readBy.iterator().next() : "", readBy);
    }
    m = COLUMN_NOT_IN.matcher(calcite);
    if (m.matches()) {
      Set<String> known = vocabulary.columns(Set.of(m.group(2)));
      return known.isEmpty()
          ? unknownColumn(m.group(1), " in " + m.group(2), readBy)
          : unknownColumn(m.group(1), " in " + m.group(2), Set.of(m.group(2)));
    }
    m = TABLE.matcher(calcite);
    if (m.matches()) {
      return unknownTable(m.group(1));
    }
    m = AMBIGUOUS.matcher(calcite);
    if (m.matches()) {
      return new Said("SB-2005", "column " + m.group(1) + " is in more than one of the tables",
          "write the table before it: " + first(readBy) + "." + m.group(1));
    }
    m = FUNCTION.matcher(calcite);
    if (m.matches()) {
      return function(m.group(1), m.group(2));
    }
    return aboutTypes(calcite);
  }

  private Said aboutTypes(String calcite) {
    Matcher m = ARGUMENT_COUNT.matcher(calcite);
    if (m.matches()) {
      return new Said("SB-2008", lower(m.group(1)) + " takes " + m.group(2) + " arguments", "");
    }
    m = ARGUMENT_TYPES.matcher(calcite);
    if (m.matches()) {
      return new Said("SB-2008", "types do not fit: " + types(m.group(2)).replace("<", "").replace(">", ""),
          "cast one side: cast(x as long), cast(x as string), cast(x as date) ...");
    }
    m = CAST.matcher(calcite);
    if (m.matches()) {
      return new Said("SB-2008", withArticle(types(m.group(1))) + " cannot be cast to " + types(m.group(2)), "");
    }
    m = NO_COMMON_TYPE.matcher(calcite);
    if (m.matches()) {
      return new Said("SB-2008", "the values of " + m.group(1) + " have different types: " + types(m.group(2)),
          "cast them to one type");
    }
    m = NOT_GROUPED.matcher(calcite);
    if (m.matches()) {
      return new Said("SB-2009", sql(m.group(1)) + " is neither grouped by nor in an aggregate function",
          "group by it, or write min(...), max(...), sum(...) around it");
    }
    m = DUPLICATE_TABLE.matcher(calcite);
    if (m.matches()) {
      return new Said("SB-2005", "two tables are named " + m.group(1), "name one of them otherwise: ... as other");
    }
    m = TYPE_NAME.matcher(calcite);
    if (m.matches()) {
      return new Said("SB-2008", "there is no type \"" + m.group(1) + "\"",
          "types are boolean, int, long, float, double, decimal(p,s), string, bytes, date, time, timestamp");
    }
    return otherwise(calcite);
  }

  private static Said otherwise(String calcite) {
    if (calcite.contains("must be a condition")) {
      return new Said("SB-2008", "a condition must be true or false",
          "compare with something: ... = 1, ... is not null");
    } else if (calcite.startsWith("Aggregate expression") || calcite.contains("aggregate expressions cannot be nested")
        || calcite.contains("Aggregate expressions cannot be nested")) {
      return new Said("SB-2009", calcite.contains("nested")
          ? "an aggregate function stands inside another"
          : "an aggregate function is not possible here", "aggregate in a step of its own before this one");
    } else if (calcite.startsWith("Illegal mixing of types")
        || calcite.startsWith("Parameters must be of the same type")) {
      return new Said("SB-2008", "the values of CASE or COALESCE have different types", "cast them to one type");
    } else if (calcite.startsWith("Values passed to IN operator")
        || calcite.startsWith("Values in expression list")) {
      return new Said("SB-2008", "the values of IN have other types than what is looked for", "cast them to one type");
    } else if (calcite.startsWith("Type mismatch in column")) {
      String column = calcite.replaceAll("\\D+(\\d+).*", "$1");
      return new Said("SB-2015", "column " + column + " has different types in the parts of the union",
          "cast it in one of them: cast(x as string) ...");
    } else if (calcite.startsWith("Column count mismatch")) {
      return new Said("SB-2015", "the parts of the union have different numbers of columns", "select as many in each");
    } else if (calcite.startsWith("Illegal use of 'NULL'")) {
      return new Said("SB-2008", "NULL alone has no type here", "write cast(null as string), or another type");
    }
    return new Said("SB-2010", types(calcite).replaceAll("\\s+", " "), "");
  }

  private Said unknownColumn(String name, String where, Collection<String> relations) {
    Set<String> known = vocabulary.columns(relations);
    String nearest = NearestName.hint(name, known);
    String columns = "columns: " + Vocabulary.list(known);
    return new Said("SB-2003", "no column " + name + where, nearest.isEmpty() ? columns : nearest + "\n" + columns);
  }

  Said unknownTable(String name) {
    Set<String> known = vocabulary.relations().keySet();
    String nearest = NearestName.hint(name, known);
    String all = "inputs and steps: " + Vocabulary.list(known);
    return new Said("SB-2004", "no input and no step is named " + name, nearest.isEmpty() ? all : nearest + "\n" + all);
  }

  private static Said function(String name, String arguments) {
    Set<String> known = Operators.table().functionNames();
    if (known.contains(lower(name))) {
      return new Said("SB-2008", lower(name) + " does not take " + (arguments == null || arguments.isEmpty()
          ? "no arguments" : types(arguments).replace("<", "").replace(">", "")), "");
    }
    String nearest = NearestName.hint(lower(name), known);
    String hint = nearest.isEmpty() ? "functions: " + String.join(", ", known) : nearest;
    return new Said("SB-2007", "there is no function " + lower(name), ForeignFunctions.instead(name).orElse(hint));
  }

  private static String first(Collection<String> names) {
    return names.isEmpty() ? "table" : names.iterator().next();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String sql(String text) {
    return text.replace("`", "");
  }

  /** The name of a type with {@code a} or {@code an} before it. */
  static String withArticle(String type) {
    return ("aeio".indexOf(type.charAt(0)) < 0 ? "a " : "an ") + type;
  }

  /** The text with the names that schema strings have for types. */
  static String types(String text) {
    String words = text.replaceAll(" CHARACTER SET \"UTF-8\"| NOT NULL|\\((?=0\\)|6\\))[06]\\)", "");
    return TYPE_WORDS.matcher(words).replaceAll(found -> OUR_TYPES.get(found.group(1)))
        .replaceAll("\\((\\w+), (\\w+)\\) MAP\\b", "map of $1 to $2")
        .replaceAll("(\\w+) ARRAY\\b", "array of $1");
  }
}
