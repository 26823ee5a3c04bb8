package dev.samzabatch.format;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.RowVector;
import dev.samzabatch.data.Schema;
import java.util.Arrays;

/**
 * Reads objects into columns: a record into those of a batch, a row into those of its vector. Keys that are no columns
 * are passed over; of a key that comes twice the last value counts.
 */
final class JsonRecord implements JsonNested {

  private final JsonScanner in;
  private final JsonColumn[] columns;
  private final int depth;
  private final JsonKeys keys;

  /** For each column the number of the object that it was last found in. */
  private final long[] foundIn;

  private long objects;

  private JsonRecord(JsonScanner in, Schema schema, JsonColumn[] columns, int depth) {
    this.in = in;
    this.columns = columns;
    this.depth = depth;
    keys = new JsonKeys(in, schema.names());
    foundIn = new long[columns.length];
    Arrays.fill(foundIn, -1);
  }

  /** A reader of records into these vectors. */
  static JsonRecord ofBatch(JsonScanner in, Schema schema, ColumnVector[] vectors) {
    JsonColumn[] columns = new JsonColumn[vectors.length];
    for (int i = 0; i < columns.length; i++) {
      Field field = schema.field(i);
      columns[i] = new JsonColumn(in, field.name(), field.type(), field.nullable(), vectors[i], 1);
    }
    return new JsonRecord(in, schema, columns, 1);
  }

  /** A reader of rows. */
  static JsonRecord ofRow(JsonScanner in, String path, RowType type, RowVector vector, int depth) {
    Schema schema = type.schema();
    JsonColumn[] columns = new JsonColumn[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      Field field = schema.field(i);
      String name = path + "." + field.name();
      columns[i] = new JsonColumn(in, name, field.type(), field.nullable(), vector.child(i), depth + 1);
    }
    return new JsonRecord(in, schema, columns, depth + 1);
  }

  /** Forgets all values; texts are slices of this array from now on. */
  void start(byte[] window) {
    for (JsonColumn column : columns) {
      column.start(window);
    }
  }

  @Override
  public byte opening() {
    return '{';
  }

  @Override
  public int read(int from, int row) {
    byte[] b = in.bytes();
    long object = objects++;
    int found = 0;
    int at = b[from] > ' ' ? from : in.skipBlanks(from);
    boolean more = b[at] != '}';
    JsonKeys.Key key = keys.start();
    while (more) {
      JsonKeys.Key before = key;
      key = before.next();
      if (key.isAt(b, at)) {
        at += key.length();
      } else {
        key = keys.find(before, at);
        at = keys.end();
      }
      at = b[at] > ' ' ? at : in.skipBlanks(at);
      int column = key.column();
      if (column == JsonKeys.UNWANTED) {
        at = in.skipValue(at, depth);
      } else {
        found += firstFind(column, object, row);
        at = columns[column].read(at, row);
      }
      at = b[at] > ' ' ? at : in.skipBlanks(at);
      more = b[at] != '}';
      if (more) {
        at = in.comma(at, "a comma or }");
        at = b[at] > ' ' ? at : in.skipBlanks(at);
      }
    }
    if (found < columns.length) {
      setMissing(object, row, from - 1);
    }
    return at + 1;
  }

  /** 1 if the column had not been found in this object, 0 if its value is going to be replaced. */
  private int firstFind(int column, long object, int row) {
    if (foundIn[column] != object) {
      foundIn[column] = object;
      return 1;
    }
    columns[column].unset(row);
    return 0;
  }

  private void setMissing(long object, int row, int start) {
    for (int i = 0; i < columns.length; i++) {
      if (foundIn[i] != object) {
        columns[i].setMissing(row, start);
      }
    }
  }

  @Override
  public void share(byte[] window) {
    for (JsonColumn column : columns) {
      column.share(window);
    }
  }

  @Override
  public void setNull(int row) {
    for (JsonColumn column : columns) {
      column.setNull(row);
    }
  }

  @Override
  public void unset(int row) {
    for (JsonColumn column : columns) {
      column.unset(row);
    }
  }
}
