package dev.samzabatch.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads schema strings; {@link Schema#toString()} writes them.
 *
 * <pre>
 * schema  = field { "," field }
 * field   = name type [ "null" ]
 * name    = letters, digits and _ , or anything between back-ticks (a back-tick is written twice)
 * type    = boolean | int | long | float | double | string | bytes | date | time | timestamp
 *         | decimal "(" precision [ "," scale ] ")"
 *         | array "&lt;" element "&gt;" | map "&lt;" type "," element "&gt;" | row "&lt;" schema "&gt;"
 * element = type [ "null" ]
 * </pre>
 *
 * <p>
 * What does not say {@code null} is never null. Blanks and line ends may stand between any two parts. Types and {@code
 * null} may be in capitals.
 */
public final class SchemaText {

  private static final int MAX_DEPTH = 32;

  private static final List<String> TYPES = List.of("boolean", "int", "long", "float", "double", "decimal", "string",
      "bytes", "date", "time", "timestamp", "array", "map", "row");

  private static final Map<String, String> FOREIGN_NAMES = Map.ofEntries(Map.entry("bigint", "long"),
      Map.entry("int64", "long"), Map.entry("integer", "int"), Map.entry("int32", "int"), Map.entry("smallint", "int"),
      Map.entry("varchar", "string"), Map.entry("char", "string"), Map.entry("text", "string"),
      Map.entry("str", "string"), Map.entry("real", "float"), Map.entry("float64", "double"),
      Map.entry("number", "double"), Map.entry("numeric", "decimal(p,s)"), Map.entry("bool", "boolean"),
      Map.entry("binary", "bytes"), Map.entry("varbinary", "bytes"), Map.entry("blob", "bytes"),
      Map.entry("datetime", "timestamp"), Map.entry("list", "array<...>"), Map.entry("struct", "row<...>"),
      Map.entry("record", "row<...>"));

  private final String text;
  private int at;
  private int depth;

  private SchemaText(String text) {
    this.text = text;
  }

  /**
   * Reads a schema string.
   *
   * @throws SchemaSyntaxException when it is none
   */
  public static Schema parse(String text) {
    SchemaText reader = new SchemaText(text);
    Schema schema = reader.schema();
    if (reader.at < text.length()) {
      throw reader.unexpected("\",\" or the end");
    }
    return schema;
  }

  private Schema schema() {
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    do {
      skipBlanks();
      int start = at;
      Field field = field();
      if (!names.add(field.name())) {
        throw new SchemaSyntaxException(start, Math.max(1, field.name().length()),
            "two columns are named \"" + field.name() + "\"", "give each column a name of its own");
      }
      fields.add(field);
    } while (skip(','));
    return new Schema(fields);
  }

  private Field field() {
    String name = text.startsWith("`", at) ? quotedName() : word("a column name");
    skipBlanks();
    if (at < text.length() && !isWordPart(text.charAt(at)) && ",>".indexOf(text.charAt(at)) < 0) {
      throw new SchemaSyntaxException(at, 1,
          "expected the type of column \"" + name + "\", found \"" + text.charAt(at) + "\"",
          "a name with other characters than letters, digits and _ goes between back-ticks: `max-speed` double");
    }
    if (at == text.length() || !isWordPart(text.charAt(at))) {
      throw new SchemaSyntaxException(at, 1, "column \"" + name + "\" has no type",
          "write for example: " + name + " string");
    }
    DataType type = type();
    return new Field(name, type, nullWord());
  }

  private DataType type() {
    if (++depth > MAX_DEPTH) {
      throw new SchemaSyntaxException(at, 1, "types are nested more than " + MAX_DEPTH + " deep", "");
    }
    skipBlanks();
    int start = at;
    String name = word("a type").toLowerCase(Locale.ROOT);
    DataType type = switch (name) {
      case "decimal" -> decimal(start);
      case "array" -> array();
      case "map" -> map();
      case "row" -> row();
      default -> scalar(name, start);
    };
    depth--;
    return type;
  }

  private DataType scalar(String name, int start) {
    for (ScalarType type : ScalarType.values()) {
      if (type.toString().equals(name)) {
        return type;
      }
    }
    String meant = FOREIGN_NAMES.getOrDefault(name, NearestName.of(name, TYPES).orElse(""));
    String types = "types: " + String.join(", ", TYPES);
    throw new SchemaSyntaxException(start, name.length(), "\"" + name + "\" is no type",
        meant.isEmpty() ? types : "did you mean " + meant + "?  " + types);
  }

  private DataType decimal(int start) {
    skipBlanks();
    if (!skip('(')) {
      throw new SchemaSyntaxException(start, at - start, "decimal needs its number of digits",
          "write for example decimal(15,2): 15 digits, 2 of them behind the point");
    }
    int precision = number();
    int scale = skip(',') ? number() : 0;
    expect(')');
    if (precision < 1 || precision > DecimalType.MAX_PRECISION || scale > precision) {
      throw new SchemaSyntaxException(start, at - start, text.substring(start, at) + " is out of range",
          "1 to " + DecimalType.MAX_PRECISION + " digits, and at most that many behind the point");
    }
    return new DecimalType(precision, scale);
  }

  private DataType array() {
    expect('<');
    DataType element = type();
    boolean nullable = nullWord();
    expect('>');
    return new ArrayType(element, nullable);
  }

  private DataType map() {
    expect('<');
    skipBlanks();
    int start = at;
    DataType key = type();
    if (key instanceof ArrayType || key instanceof MapType || key instanceof RowType) {
      throw new SchemaSyntaxException(start, at - start, "the keys of a map cannot be " + key,
          "keys are of a plain type");
    }
    int end = at;
    if (nullWord()) {
      throw new SchemaSyntaxException(end, at - end, "the keys of a map are never null", "leave out this null");
    }
    expect(',');
    DataType value = type();
    boolean nullable = nullWord();
    expect('>');
    return new MapType(key, value, nullable);
  }

  private DataType row() {
    expect('<');
    Schema schema = schema();
    expect('>');
    return new RowType(schema);
  }

  private boolean nullWord() {
    skipBlanks();
    boolean found =
        text.regionMatches(true, at, "null", 0, 4) && (at + 4 == text.length() || !isWordPart(text.charAt(at + 4)));
    if (found) {
      at += 4;
      skipBlanks();
    }
    return found;
  }

  private String quotedName() {
    StringBuilder name = new StringBuilder();
    int start = at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '`') {
        name.append(c);
      } else if (text.startsWith("`", at)) {
        name.append(text.charAt(at++));
      } else if (name.isEmpty()) {
        throw new SchemaSyntaxException(start, 2, "a column needs a name", "");
      } else {
        return name.toString();
      }
    }
    throw new SchemaSyntaxException(start, 1, "this back-tick has no partner", "");
  }

  private String word(String expected) {
    int start = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw unexpected(expected);
    }
    return text.substring(start, at);
  }

  private int number() {
    skipBlanks();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw unexpected("a number of digits");
    }
    return at - start > 3 ? Integer.MAX_VALUE : Integer.parseInt(text, start, at, 10);
  }

  private void expect(char c) {
    skipBlanks();
    if (!skip(c)) {
      throw unexpected("\"" + c + "\"");
    }
  }

  private boolean skip(char c) {
    skipBlanks();
    boolean found = at < text.length() && text.charAt(at) == c;
    if (found) {
      at++;
    }
    return found;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private SchemaSyntaxException unexpected(String expected) {
    int end = at;
    while (end < text.length() && isWordPart(text.charAt(end))) {
      end++;
    }
    int to = Math.min(text.length(), Math.max(end, at + 1));
    String found = at >= text.length() ? "the end" : "\"" + text.substring(at, to) + "\"";
    return new SchemaSyntaxException(at, Math.max(1, to - at), "expected " + expected + ", found " + found, "");
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }
}
