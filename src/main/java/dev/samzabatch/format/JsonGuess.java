package dev.samzabatch.format;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has been seen of the values of one column, field or element, and the type that suits them all. */
final class JsonGuess {

  /** Objects with more keys are taken for maps whose keys are data. */
  static final int MAX_KEYS = 1000;

  /** Values that lie deeper are not looked into. */
  private static final int MAX_DEPTH = 16;

  private enum Kind {
    BOOLEAN, LONG, DOUBLE, DATE, TIME, TIMESTAMP, ZONED_TIMESTAMP, TEXT, ARRAY, OBJECT
  }

  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
  private final Map<String, JsonGuess> fields = new LinkedHashMap<>();
  private final List<JsonGuess> element = new ArrayList<>(1);
  private long values;
  private boolean nulls;

  /** How many objects have this field, and which was the last of them. */
  private long objects;

  private long lastObject;

  /** Looks at an object whose opening bracket is before this index, and returns the index behind it. */
  int readObject(JsonScanner in, int from, int depth) {
    byte[] b = in.bytes();
    kinds.add(Kind.OBJECT);
    values++;
    int at = in.skipBlanks(from);
    boolean more = b[at] != '}';
    while (more) {
      int start = in.keyQuote(at);
      int end = in.text(start);
      String name = new String(b, start, in.textEnd() - start, StandardCharsets.UTF_8);
      JsonGuess field =
          fields.size() > MAX_KEYS ? new JsonGuess() : fields.computeIfAbsent(name, key -> new JsonGuess());
      field.foundIn(values);
      at = in.skipBlanks(field.read(in, in.colon(end), depth));
      more = b[at] != '}';
      if (more) {
        at = in.skipBlanks(in.comma(at, "a comma or }"));
      }
    }
    return at + 1;
  }

  private void foundIn(long object) {
    objects += lastObject == object ? 0 : 1;
    lastObject = object;
  }

  private int read(JsonScanner in, int at, int depth) {
    byte first = in.bytes()[at];
    if (first == 'n') {
      nulls = true;
      return in.word(at, "null");
    }
    if (depth >= MAX_DEPTH && (first == '{' || first == '[')) {
      kinds.add(Kind.TEXT);
      return in.skipValue(at, depth);
    }
    if (first == '{') {
      return readObject(in, at + 1, depth + 1);
    }
    values++;
    if (first == '[') {
      return readArray(in, at + 1, depth + 1);
    }
    if (first == '"') {
      int end = in.text(at + 1);
      kinds.add(ofText(in.bytes(), at + 1, in.textEnd()));
      return end;
    }
    int end = in.skipValue(at, depth);
    kinds.add(first == 't' || first == 'f' ? Kind.BOOLEAN : ofNumber(in.bytes(), at, end));
    return end;
  }

  private int readArray(JsonScanner in, int from, int depth) {
    byte[] b = in.bytes();
    kinds.add(Kind.ARRAY);
    if (element.isEmpty()) {
      element.add(new JsonGuess());
    }
    int at = in.skipBlanks(from);
    boolean more = b[at] != ']';
    while (more) {
      at = in.skipBlanks(element.get(0).read(in, at, depth));
      more = b[at] != ']';
      if (more) {
        at = in.skipBlanks(in.comma(at, "a comma or ]"));
      }
    }
    return at + 1;
  }

  /** An integer that is too large for a long is text, so that no digit is lost. */
  private static Kind ofNumber(byte[] b, int from, int to) {
    boolean fraction = false;
    for (int at = from; at < to; at++) {
      fraction |= b[at] == '.' || b[at] == 'e' || b[at] == 'E';
    }
    try {
      if (!fraction) {
        TextValues.longValue(b, from, to);
        return Kind.LONG;
      }
      return Double.isInfinite(TextValues.doubleValue(b, from, to)) ? Kind.TEXT : Kind.DOUBLE;
    } catch (NotAValue e) {
      return Kind.TEXT;
    }
  }

  private static Kind ofText(byte[] b, int from, int to) {
    int length = to - from;
    if (length < 5 || length > 40 || b[from] < '0' || b[from] > '9') {
      return Kind.TEXT;
    }
    try {
      if (b[from + 2] == ':') {
        TextTimes.time(b, from, to);
        return Kind.TIME;
      }
      if (length == 10) {
        TextTimes.date(b, from, to);
        return Kind.DATE;
      }
      TextTimes.timestamp(b, from, to);
      boolean zoned = b[to - 1] == 'Z' || b[to - 6] == '+' || b[to - 6] == '-' || b[to - 5] == '+' || b[to - 5] == '-';
      return zoned ? Kind.ZONED_TIMESTAMP : Kind.TIMESTAMP;
    } catch (NotAValue e) {
      return Kind.TEXT;
    }
  }

  /** How many values there were that are not null. */
  long values() {
    return values;
  }

  /** How many different keys the objects had; more than {@link #MAX_KEYS} are not counted. */
  int keys() {
    return fields.size();
  }

  /**
   * The type that suits all values: string if there were none, or several that do not go together.
   *
   * @param complete whether all values there are have been seen
   */
  DataType type(boolean complete) {
    if (kinds.equals(EnumSet.of(Kind.LONG, Kind.DOUBLE))) {
      return ScalarType.DOUBLE;
    }
    if (kinds.size() != 1) {
      return ScalarType.STRING;
    }
    return switch (kinds.iterator().next()) {
      case BOOLEAN -> ScalarType.BOOLEAN;
      case LONG -> ScalarType.LONG;
      case DOUBLE -> ScalarType.DOUBLE;
      case DATE -> ScalarType.DATE;
      case TIME -> ScalarType.TIME;
      case TIMESTAMP, ZONED_TIMESTAMP -> ScalarType.TIMESTAMP;
      case TEXT -> ScalarType.STRING;
      case ARRAY -> new ArrayType(element.get(0).type(complete), element.get(0).nullable(complete));
      case OBJECT -> {
        Schema schema = fields.size() > MAX_KEYS ? Schema.EMPTY : schema(complete);
        yield schema.size() == 0 ? ScalarType.STRING : new RowType(schema);
      }
    };
  }

  /** The schema of the objects. A key that is empty cannot be a column. */
  Schema schema(boolean complete) {
    List<Field> columns = new ArrayList<>();
    fields.forEach((name, guess) -> {
      if (!name.isEmpty()) {
        boolean everywhere = guess.objects == values;
        columns.add(new Field(name, guess.type(complete), guess.nullable(complete) || !everywhere));
      }
    });
    return new Schema(columns);
  }

  private boolean nullable(boolean complete) {
    return nulls || !complete || values == 0;
  }
}
