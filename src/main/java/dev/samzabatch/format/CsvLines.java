package dev.samzabatch.format;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes rows as CSV that {@link CsvReader} reads back to the same values: a field is quoted when it would be read as
 * something else otherwise. Bytes are written as base64. Line ends are left to others.
 */
final class CsvLines {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Schema schema;
  private final CsvOptions options;
  private final byte[] nullText;
  private final TextBuffer text = new TextBuffer(BUFFER_BYTES + (BUFFER_BYTES >> 2));

  CsvLines(Schema schema, CsvOptions options) {
    CsvDecoder.requireFlat(schema);
    this.schema = schema;
    this.options = options;
    this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
  }

  /** What has been written and not been taken yet. */
  TextBuffer text() {
    return text;
  }

  /** Adds the names of the columns. */
  void addHeader() {
    for (int c = 0; c < schema.size(); c++) {
      startField(c);
      byte[] name = schema.field(c).name().getBytes(StandardCharsets.UTF_8);
      writeText(name, 0, name.length);
    }
  }

  /** Adds this physical row of a batch. */
  void add(RecordBatch batch, int row) {
    for (int c = 0; c < schema.size(); c++) {
      startField(c);
      writeField(schema.type(c), batch.column(c), row);
    }
  }

  private void startField(int column) {
    if (column > 0) {
      text.add(options.delimiter());
    }
  }

  private void writeField(DataType type, ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      text.add(nullText, 0, nullText.length);
      return;
    }
    if (type == ScalarType.STRING) {
      BytesVector bytes = (BytesVector) vector;
      writeText(bytes.data(), bytes.starts()[row], bytes.lengths()[row]);
      return;
    }
    int start = text.size();
    switch (type.layout()) {
      case LONG -> writeLong(type, ((LongVector) vector).get(row));
      case DOUBLE -> writeDouble(type, ((DoubleVector) vector).get(row));
      case BYTES -> text.add(Base64.getEncoder().encodeToString(((BytesVector) vector).bytes(row)));
      case DECIMAL -> text.addDecimal(((DecimalVector) vector).get(row), ((DecimalType) type).scale());
      case ARRAY, MAP, ROW -> throw new IllegalStateException(type + " in CSV");
    }
    quoteIfNeeded(start);
  }

  private void writeLong(DataType type, long value) {
    if (type instanceof DecimalType decimal) {
      text.addDecimal(value, decimal.scale());
      return;
    }
    switch ((ScalarType) type) {
      case BOOLEAN -> text.add(value != 0 ? "true" : "false");
      case INT, LONG -> text.addLong(value);
      case DATE -> text.addDate(value);
      case TIME -> text.addTime(value);
      case TIMESTAMP -> text.addTimestamp(value);
      case FLOAT, DOUBLE, STRING, BYTES -> throw new IllegalStateException(type + " as a long");
    }
  }

  private void writeDouble(DataType type, double value) {
    text.add(type == ScalarType.FLOAT ? Float.toString((float) value) : Double.toString(value));
  }

  /** Numbers and dates rarely need quotes: only with an unusual delimiter or null text. */
  private void quoteIfNeeded(int start) {
    byte[] written = text.array();
    int length = text.size() - start;
    if (needsQuotes(written, start, length)) {
      byte[] copy = new byte[length];
      System.arraycopy(written, start, copy, 0, length);
      text.cutTo(start);
      writeText(copy, 0, length);
    }
  }

  private void writeText(byte[] bytes, int start, int length) {
    if (!needsQuotes(bytes, start, length)) {
      text.add(bytes, start, length);
      return;
    }
    if (options.quote() == CsvOptions.NONE) {
      throw new UserException(Problem.error("SB-3035", Place.none(),
          "the value " + new String(bytes, start, Math.min(length, 60), StandardCharsets.UTF_8)
              + " needs quotes to be read back",
          "set quote for this output"));
    }
    text.reserve(2 * length + 2);
    text.add(options.quote());
    for (int at = start; at < start + length; at++) {
      if (bytes[at] == options.quote() || bytes[at] == options.escape()) {
        text.add(options.escape());
      }
      text.add((char) bytes[at]);
    }
    text.add(options.quote());
  }

  private boolean needsQuotes(byte[] bytes, int start, int length) {
    for (int at = start; at < start + length; at++) {
      byte b = bytes[at];
      if (b == options.delimiter() || b == '\n' || b == '\r' || b == options.quote() && b != CsvOptions.NONE) {
        return true;
      }
    }
    return isNullText(bytes, start, length) || length == 0 && schema.size() == 1
        || startsWithMark(bytes, start, length);
  }

  private boolean isNullText(byte[] bytes, int start, int length) {
    return length == nullText.length
        && Arrays.equals(bytes, start, start + length, nullText, 0, nullText.length);
  }

  /** What a reader would take for a byte order mark. */
  private static boolean startsWithMark(byte[] bytes, int start, int length) {
    return length >= 3 && bytes[start] == (byte) 0xef && bytes[start + 1] == (byte) 0xbb
        && bytes[start + 2] == (byte) 0xbf;
  }
}
