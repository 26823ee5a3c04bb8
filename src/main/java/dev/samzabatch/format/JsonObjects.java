package dev.samzabatch.format;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.RowVector;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Writes rows as JSON objects that {@link JsonReader} reads back to the same values: every column, in the order of the
 * schema, null as {@code null}. JSON has no form for NaN and the infinities; they are the strings {@code "NaN"}, {@code
 * "Infinity"} and {@code "-Infinity"}, as Jackson and Spark write them. Bytes are base64, decimals have all digits of
 * their scale, dates and times are ISO, maps are objects.
 */
final class JsonObjects {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Schema schema;
  private final byte[][] keys;
  private final TextBuffer text = new TextBuffer(BUFFER_BYTES + (BUFFER_BYTES >> 2));

  JsonObjects(Schema schema) {
    this.schema = schema;
    keys = keys(schema);
  }

  /** What has been written and not been taken yet. */
  TextBuffer text() {
    return text;
  }

  /** Adds this physical row of a batch. */
  void add(RecordBatch batch, int row) {
    for (int c = 0; c < keys.length; c++) {
      text.add(keys[c], 0, keys[c].length);
      writeValue(schema.type(c), batch.column(c), row);
    }
    closeObject(keys.length);
  }

  /** The text before each value of an object of this schema. */
  private static byte[][] keys(Schema schema) {
    byte[][] keys = new byte[schema.size()][];
    for (int i = 0; i < keys.length; i++) {
      TextBuffer key = new TextBuffer(64);
      key.add(i == 0 ? '{' : ',');
      byte[] name = schema.field(i).name().getBytes(StandardCharsets.UTF_8);
      addQuoted(key, name, 0, name.length);
      key.add(':');
      keys[i] = new byte[key.size()];
      System.arraycopy(key.array(), 0, keys[i], 0, keys[i].length);
    }
    return keys;
  }

  /** Ends an object of so many fields, which has no beginning yet if there are none. */
  private void closeObject(int fields) {
    if (fields == 0) {
      text.add('{');
    }
    text.add('}');
  }

  private void writeValue(DataType type, ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      text.add("null");
      return;
    }
    switch (type.layout()) {
      case LONG -> writeLong(type, ((LongVector) vector).get(row), false);
      case DOUBLE -> writeDouble(type, ((DoubleVector) vector).get(row), false);
      case BYTES -> writeBytes(type, (BytesVector) vector, row);
      case DECIMAL -> text.addDecimal(((DecimalVector) vector).get(row), ((DecimalType) type).scale());
      case ARRAY -> writeArray((ArrayType) type, (ArrayVector) vector, row);
      case MAP -> writeMap((MapType) type, (MapVector) vector, row);
      case ROW -> writeRow(((RowType) type).schema(), (RowVector) vector, row);
    }
  }

  private void writeLong(DataType type, long value, boolean quoted) {
    boolean isTime = type == ScalarType.DATE || type == ScalarType.TIME || type == ScalarType.TIMESTAMP;
    if (quoted || isTime) {
      text.add('"');
    }
    if (type instanceof DecimalType decimal) {
      text.addDecimal(value, decimal.scale());
    } else {
      switch ((ScalarType) type) {
        case BOOLEAN -> text.add(value != 0 ? "true" : "false");
        case INT, LONG -> text.addLong(value);
        case DATE -> text.addDate(value);
        case TIME -> text.addTime(value);
        case TIMESTAMP -> text.addTimestamp(value);
        case FLOAT, DOUBLE, STRING, BYTES -> throw new IllegalStateException(type + " as a long");
      }
    }
    if (quoted || isTime) {
      text.add('"');
    }
  }

  private void writeDouble(DataType type, double value, boolean quoted) {
    boolean inQuotes = quoted || !Double.isFinite(value);
    if (inQuotes) {
      text.add('"');
    }
    text.add(type == ScalarType.FLOAT ? Float.toString((float) value) : Double.toString(value));
    if (inQuotes) {
      text.add('"');
    }
  }

  private void writeBytes(DataType type, BytesVector vector, int row) {
    if (type == ScalarType.STRING) {
      addQuoted(text, vector.data(), vector.starts()[row], vector.lengths()[row]);
    } else {
      byte[] base64 = Base64.getEncoder().encode(vector.bytes(row));
      addQuoted(text, base64, 0, base64.length);
    }
  }

  private void writeArray(ArrayType type, ArrayVector vector, int row) {
    int start = vector.starts()[row];
    text.add('[');
    for (int i = 0; i < vector.lengths()[row]; i++) {
      if (i > 0) {
        text.add(',');
      }
      writeValue(type.element(), vector.elements(), start + i);
    }
    text.add(']');
  }

  private void writeMap(MapType type, MapVector vector, int row) {
    int start = vector.starts()[row];
    text.add('{');
    for (int i = 0; i < vector.lengths()[row]; i++) {
      if (i > 0) {
        text.add(',');
      }
      writeKey(type.key(), vector.keys(), start + i);
      text.add(':');
      writeValue(type.value(), vector.values(), start + i);
    }
    text.add('}');
  }

  private void writeKey(DataType type, ColumnVector vector, int row) {
    switch (type.layout()) {
      case LONG -> writeLong(type, ((LongVector) vector).get(row), true);
      case DOUBLE -> writeDouble(type, ((DoubleVector) vector).get(row), true);
      case BYTES -> writeBytes(type, (BytesVector) vector, row);
      case DECIMAL -> {
        text.add('"');
        writeValue(type, vector, row);
        text.add('"');
      }
      case ARRAY, MAP, ROW -> throw new IllegalStateException(type + " as a key");
    }
  }

  private void writeRow(Schema fields, RowVector vector, int row) {
    byte[][] keys = keys(fields);
    for (int i = 0; i < keys.length; i++) {
      text.add(keys[i], 0, keys[i].length);
      writeValue(fields.type(i), vector.child(i), row);
    }
    closeObject(keys.length);
  }

  /** Adds a string in quotes: runs of bytes that stand for themselves, and escapes between them. */
  private static void addQuoted(TextBuffer target, byte[] bytes, int start, int length) {
    target.add('"');
    int end = start + length;
    int from = start;
    int at = special(bytes, from, end);
    while (at < end) {
      target.add(bytes, from, at - from);
      addEscape(target, bytes[at]);
      from = at + 1;
      at = special(bytes, from, end);
    }
    target.add(bytes, from, end - from);
    target.add('"');
  }

  /** Index of the first byte that must be escaped, or {@code end}. */
  private static int special(byte[] bytes, int from, int end) {
    int at = from;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long found = Swar.needsEscape(Swar.load(bytes, at));
      if (found != 0) {
        return at + Swar.first(found);
      }
    }
    while (at < end && (bytes[at] < 0 || bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\')) {
      at++;
    }
    return at;
  }

  private static void addEscape(TextBuffer target, byte b) {
    target.add('\\');
    switch (b) {
      case '\n' -> target.add('n');
      case '\r' -> target.add('r');
      case '\t' -> target.add('t');
      case '"', '\\' -> target.add((char) b);
      default -> {
        target.add("u00");
        target.add((char) HEX[b >> 4]);
        target.add((char) HEX[b & 15]);
      }
    }
  }
}
