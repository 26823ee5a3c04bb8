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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes CSV that {@link CsvReader} reads back to the same values: a field is quoted when it would be read as something
 * else otherwise. Lines end with LF. Bytes are written as base64.
 */
final class CsvWriter implements BatchWriter {

  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private final Schema schema;
  private final CsvOptions options;
  private final byte[] nullText;
  private final TextBuffer text = new TextBuffer(BUFFER_BYTES + (BUFFER_BYTES >> 2));

  /** Starts with the header, if there is to be one. */
  CsvWriter(OutputStream out, Schema schema, CsvOptions options) {
    this(out, schema, options, options.header());
  }

  /** Starts with the header if it is told to, whatever the options say. */
  CsvWriter(OutputStream out, Schema schema, CsvOptions options, boolean header) {
    CsvDecoder.requireFlat(schema);
    this.out = out;
    this.schema = schema;
    this.options = options;
    this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
    if (header) {
      writeHeader();
    }
  }

  private void writeHeader() {
    for (int c = 0; c < schema.size(); c++) {
      startField(c);
      byte[] name = schema.field(c).name().getBytes(StandardCharsets.UTF_8);
      writeText(name, 0, name.length);
    }
    text.add('\n');
  }

  @Override
  public void write(RecordBatch batch) throws IOException {
    for (int i = 0; i < batch.rowCount(); i++) {
      int row = batch.row(i);
      for (int c = 0; c < schema.size(); c++) {
        startField(c);
        writeField(schema.type(c), batch.column(c), row);
      }
      text.add('\n');
      if (text.size() >= BUFFER_BYTES) {
        text.drainTo(out);
      }
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

  @Override
  public void flush() throws IOException {
    text.drainTo(out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
