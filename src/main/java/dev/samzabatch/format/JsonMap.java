package dev.samzabatch.format;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.Values;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads objects whose keys are data into maps. Of a key that comes twice the last value counts, at the place of the
 * first.
 */
final class JsonMap implements JsonNested {

  private final JsonScanner in;
  private final MapVector vector;
  private final DataType keyType;
  private final JsonColumn key;
  private final JsonColumn value;
  private final Map<Object, Integer> slots = new HashMap<>();

  JsonMap(JsonScanner in, String path, MapType type, MapVector vector, int depth) {
    this.in = in;
    this.vector = vector;
    keyType = type.key();
    key = new JsonColumn(in, path + ".{key}", type.key(), false, vector.keys(), depth + 1);
    value = new JsonColumn(in, path + ".{value}", type.value(), type.nullableValues(), vector.values(), depth + 1);
  }

  @Override
  public byte opening() {
    return '{';
  }

  @Override
  public int read(int from, int row) {
    byte[] b = in.bytes();
    int start = vector.used();
    int at = in.skipBlanks(from);
    boolean more = b[at] != '}';
    slots.clear();
    while (more) {
      int end = start + slots.size();
      ensureCapacity(vector.keys(), vector.values(), end + 1);
      at = readKey(at, end);
      Integer before = slots.putIfAbsent(Values.get(keyType, vector.keys(), end), end);
      if (before != null) {
        value.unset(before);
      }
      at = in.skipBlanks(value.read(at, before == null ? end : before));
      more = b[at] != '}';
      if (more) {
        at = in.skipBlanks(in.comma(at, "a comma or }"));
      }
    }
    vector.append(row, slots.size());
    return at + 1;
  }

  private static void ensureCapacity(ColumnVector keys, ColumnVector values, int rows) {
    keys.ensureCapacity(rows);
    values.ensureCapacity(rows);
  }

  private int readKey(int at, int slot) {
    int from = in.keyQuote(at);
    int end = in.text(from);
    int textEnd = in.textEnd();
    try {
      key.set(slot, from, textEnd);
    } catch (NotAValue e) {
      throw key.unfitText(at, textEnd, e.reason());
    }
    return in.colon(end);
  }

  @Override
  public void share(byte[] window) {
    key.share(window);
    value.share(window);
  }

  @Override
  public void setNull(int row) {
    vector.append(row, 0);
  }

  @Override
  public void unset(int row) {
    vector.append(row, 0);
  }
}
