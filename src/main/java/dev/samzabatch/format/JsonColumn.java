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
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.RowVector;
import dev.samzabatch.data.ScalarType;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Reads the JSON values of one column, or of one field or element within it, into its vector:
 *
 * <pre>
 * boolean          true, false
 * int, long        a number whose value is whole: 5, 5.0, 5e3
 * float, double    a number; "NaN", "Infinity", "-Infinity"; a number too large for the type is refused
 * decimal          a number, or a string that holds one; never rounded
 * string           a string; of any other value its JSON text as it is written
 * bytes            a string in base64
 * date, time,
 * timestamp        a string, see {@link TextTimes}
 * array, map, row  an array, an object, an object
 * </pre>
 *
 * Strings and bytes become slices of the window, which bytes are decoded into.
 */
final class JsonColumn {

  private enum Kind {
    LONG, TEXT, DOUBLE, INT, FLOAT, BOOLEAN, DECIMAL, WIDE_DECIMAL, BYTES, DATE, TIME, TIMESTAMP, NESTED
  }

  private final JsonScanner in;
  private final String path;
  private final DataType type;
  private final boolean nullable;
  private final Kind kind;
  private final ColumnVector vector;
  private final int depth;
  private final JsonNested nested;

  /**
   * Makes a reader into this vector.
   *
   * @param path name of the column, with points of the field in it; for messages
   * @param depth how deep the value lies: 1 in a record
   */
  JsonColumn(JsonScanner in, String path, DataType type, boolean nullable, ColumnVector vector, int depth) {
    this.in = in;
    this.path = path;
    this.type = type;
    this.nullable = nullable;
    this.vector = vector;
    this.kind = kind(type);
    this.depth = depth;
    this.nested = nested();
  }

  private static Kind kind(DataType type) {
    if (type instanceof DecimalType decimal) {
      return decimal.layout() == DataType.Layout.LONG ? Kind.DECIMAL : Kind.WIDE_DECIMAL;
    }
    if (!(type instanceof ScalarType scalar)) {
      return Kind.NESTED;
    }
    return switch (scalar) {
      case BOOLEAN -> Kind.BOOLEAN;
      case INT -> Kind.INT;
      case LONG -> Kind.LONG;
      case FLOAT -> Kind.FLOAT;
      case DOUBLE -> Kind.DOUBLE;
      case STRING -> Kind.TEXT;
      case BYTES -> Kind.BYTES;
      case DATE -> Kind.DATE;
      case TIME -> Kind.TIME;
      case TIMESTAMP -> Kind.TIMESTAMP;
    };
  }

  private JsonNested nested() {
    if (type instanceof ArrayType array) {
      return new JsonList(in, path, array, (ArrayVector) vector, depth);
    }
    if (type instanceof MapType map) {
      return new JsonMap(in, path, map, (MapVector) vector, depth);
    }
    if (type instanceof RowType row) {
      return JsonRecord.ofRow(in, path, row, (RowVector) vector, depth);
    }
    return JsonNested.NONE;
  }

  /** Forgets all values; texts are slices of this array from now on. */
  void start(byte[] window) {
    vector.clear();
    share(window);
  }

  /** Makes texts slices of this array, which {@link ColumnVector#clear} has ended. */
  void share(byte[] window) {
    if (vector instanceof BytesVector bytes) {
      bytes.share(window);
    }
    nested.share(window);
  }

  /** Reads the value that starts here, at no blank, and returns the index behind it. */
  int read(int at, int row) {
    byte first = in.bytes()[at];
    if (first == '"' && kind == Kind.TEXT) {
      int end = in.text(at + 1);
      ((BytesVector) vector).setSlice(row, at + 1, in.textEnd() - at - 1);
      return end;
    }
    if (first == 'n') {
      return readNull(at, row);
    }
    return kind == Kind.LONG || kind == Kind.INT ? readInteger(at, row) : readOther(at, row);
  }

  /** Numbers of up to 16 digits without point and exponent; others are left to {@link #readOther}. */
  private int readInteger(int at, int row) {
    byte[] b = in.bytes();
    int start = b[at] == '-' ? at + 1 : at;
    long word = Swar.load(b, start);
    int digits = Swar.first(Swar.nonDigits(word));
    if (digits == 0) {
      return readOther(at, row);
    }
    long value = Swar.digits(word, digits);
    if (digits == 8) {
      word = Swar.load(b, start + 8);
      int more = Swar.first(Swar.nonDigits(word));
      if (more > 0) {
        value = value * TextValues.powerOfTen(more) + Swar.digits(word, more);
        digits += more;
      }
    }
    byte next = b[start + digits];
    boolean plain = next == ',' || next == '}' || next <= ' ' || next == ']';
    boolean tooLarge = kind == Kind.INT && value > Integer.MAX_VALUE;
    if (!plain || tooLarge || b[start] == '0' && digits > 1) {
      return readOther(at, row);
    }
    ((LongVector) vector).set(row, start == at ? value : -value);
    return start + digits;
  }

  /** Everything but the most frequent cases. */
  private int readOther(int at, int row) {
    return switch (kind) {
      case BOOLEAN -> readBoolean(at, row);
      case TEXT -> readAsText(at, row);
      case INT, LONG, FLOAT, DOUBLE -> readNumber(at, row);
      case DECIMAL, WIDE_DECIMAL -> in.bytes()[at] == '"' ? readString(at, row) : readNumber(at, row);
      case BYTES, DATE, TIME, TIMESTAMP -> readString(at, row);
      case NESTED -> readNested(at, row);
    };
  }

  private int readNull(int at, int row) {
    int end = in.word(at, "null");
    if (!nullable) {
      in.bad().addNull(in.offset(at), path, type);
      throw BadRecord.NOTED;
    }
    setNull(row);
    return end;
  }

  private int readBoolean(int at, int row) {
    byte first = in.bytes()[at];
    if (first != 't' && first != 'f') {
      throw unfit(at, "");
    }
    int end = in.word(at, first == 't' ? "true" : "false");
    ((LongVector) vector).set(row, first == 't' ? 1 : 0);
    return end;
  }

  private int readAsText(int at, int row) {
    int end = in.skipValue(at, depth);
    ((BytesVector) vector).setSlice(row, at, end - at);
    return end;
  }

  private int readNumber(int at, int row) {
    byte first = in.bytes()[at];
    if (first == '"' && (kind == Kind.DOUBLE || kind == Kind.FLOAT)) {
      return readSpecialNumber(at, row);
    }
    if (first != '-' && (first < '0' || first > '9')) {
      throw unfit(at, "");
    }
    int end = in.number(at);
    try {
      set(row, at, end);
    } catch (NotAValue e) {
      throw unfit(at, e.reason());
    }
    return end;
  }

  /** Numbers that JSON has no form for, as {@link JsonWriter} writes them. */
  private int readSpecialNumber(int at, int row) {
    int end = in.text(at + 1);
    double value = switch (BadRecords.shown(in.bytes(), at + 1, in.textEnd())) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw unfitText(at, in.textEnd(), "");
    };
    ((DoubleVector) vector).set(row, value);
    return end;
  }

  private int readString(int at, int row) {
    if (in.bytes()[at] != '"') {
      throw unfit(at, "");
    }
    int end = in.text(at + 1);
    try {
      set(row, at + 1, in.textEnd());
    } catch (NotAValue e) {
      throw unfitText(at, in.textEnd(), e.reason());
    }
    return end;
  }

  /**
   * Sets the value from its text, as {@link NotAValue} if it is none; for map keys too, so of every kind but nested.
   */
  void set(int row, int from, int to) {
    byte[] b = in.bytes();
    switch (kind) {
      case TEXT -> ((BytesVector) vector).setSlice(row, from, to - from);
      case LONG -> setLong(row, TextValues.longValue(b, from, to));
      case INT -> setLong(row, TextValues.intValue(b, from, to));
      case BOOLEAN -> setLong(row, TextValues.booleanValue(b, from, to) ? 1 : 0);
      case DECIMAL -> setLong(row, TextValues.decimal(b, from, to, (DecimalType) type));
      case DATE -> setLong(row, TextTimes.date(b, from, to));
      case TIME -> setLong(row, TextTimes.time(b, from, to));
      case TIMESTAMP -> setLong(row, TextTimes.timestamp(b, from, to));
      case DOUBLE -> setFinite(row, TextValues.doubleValue(b, from, to));
      case FLOAT -> setFinite(row, TextValues.floatValue(b, from, to));
      case WIDE_DECIMAL -> TextValues.decimal(b, from, to, (DecimalType) type, (DecimalVector) vector, row);
      case BYTES -> setBytes(row, from, to);
      case NESTED -> throw new IllegalStateException(type + " from text");
    }
  }

  private void setLong(int row, long value) {
    ((LongVector) vector).set(row, value);
  }

  private void setFinite(int row, double value) {
    if (Double.isInfinite(value)) {
      throw NotAValue.OUT_OF_RANGE;
    }
    ((DoubleVector) vector).set(row, value);
  }

  private void setBytes(int row, int from, int to) {
    byte[] b = in.bytes();
    try {
      ByteBuffer decoded = Base64.getDecoder().decode(ByteBuffer.wrap(b, from, to - from));
      int length = decoded.remaining();
      decoded.get(b, from, length);
      ((BytesVector) vector).setSlice(row, from, length);
    } catch (IllegalArgumentException e) {
      throw NotAValue.MALFORMED;
    }
  }

  private int readNested(int at, int row) {
    if (in.bytes()[at] != nested.opening()) {
      throw unfit(at, "");
    }
    return nested.read(at + 1, row);
  }

  /** Makes the value null, with all that is in it. */
  void setNull(int row) {
    vector.setNull(row);
    if (vector instanceof BytesVector bytes) {
      bytes.setSlice(row, 0, 0);
    }
    nested.setNull(row);
  }

  /** Makes a value that has been read, and is about to be read again, not null. */
  void unset(int row) {
    if (vector.isNull(row)) {
      vector.writableNulls()[row] = false;
    }
    nested.unset(row);
  }

  /** Makes the value null because the record does not have it, if it may be. */
  void setMissing(int row, int record) {
    if (!nullable) {
      in.bad().addMissing(in.offset(record), path, type);
      throw BadRecord.NOTED;
    }
    setNull(row);
  }

  /** Notes that the value that starts here does not fit; for the caller to throw. */
  private BadRecord unfit(int at, String why) {
    int end = in.skipValue(at, depth);
    in.bad().addValue(in.offset(at), path, type, BadRecords.shown(in.bytes(), at, end), why);
    return BadRecord.NOTED;
  }

  /** The same for a string that {@link JsonScanner#text} has read, from its quote to the end of its text. */
  BadRecord unfitText(int at, int to, String why) {
    in.bad().addValue(in.offset(at), path, type, BadRecords.shown(in.bytes(), at, to) + '"', why);
    return BadRecord.NOTED;
  }
}
