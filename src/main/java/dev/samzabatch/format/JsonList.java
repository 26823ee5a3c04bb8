package dev.samzabatch.format;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.ColumnVector;

/** Reads arrays. */
final class JsonList implements JsonNested {

  private final JsonScanner in;
  private final ArrayVector vector;
  private final ColumnVector elements;
  private final JsonColumn element;

  JsonList(JsonScanner in, String path, ArrayType type, ArrayVector vector, int depth) {
    this.in = in;
    this.vector = vector;
    elements = vector.elements();
    element = new JsonColumn(in, path + "[]", type.element(), type.nullableElements(), elements, depth + 1);
  }

  @Override
  public byte opening() {
    return '[';
  }

  @Override
  public int read(int from, int row) {
    byte[] b = in.bytes();
    int start = vector.used();
    int count = 0;
    int at = in.skipBlanks(from);
    boolean more = b[at] != ']';
    while (more) {
      elements.ensureCapacity(start + count + 1);
      at = in.skipBlanks(element.read(at, start + count));
      count++;
      more = b[at] != ']';
      if (more) {
        at = in.skipBlanks(in.comma(at, "a comma or ]"));
      }
    }
    vector.append(row, count);
    return at + 1;
  }

  @Override
  public void share(byte[] window) {
    element.share(window);
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
