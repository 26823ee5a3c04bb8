package dev.samzabatch.format;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Turns the fields of one column into values. A field that is no value is noted as bad, and its row is undefined. Bytes
 * are base64.
 */
final class CsvDecoder {

  private final Field field;
  private final ColumnVector target;
  private final byte[] nullText;
  private final BadRecords bad;

  /**
   * Makes a decoder of a column that is not nested.
   *
   * @param rows how many rows there are at most
   */
  CsvDecoder(Field field, CsvOptions options, int rows, BadRecords bad) {
    this.field = field;
    this.target = field.type().newVector(rows);
    this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
    this.bad = bad;
  }

  /** Refuses columns for which CSV has no form. */
  static void requireFlat(Schema schema) {
    List<Problem> problems = schema.fields().stream().filter(CsvDecoder::isNested).map(CsvDecoder::nested).toList();
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static boolean isNested(Field field) {
    return switch (field.type().layout()) {
      case ARRAY, MAP, ROW -> true;
      case LONG, DOUBLE, BYTES, DECIMAL -> false;
    };
  }

  private static Problem nested(Field field) {
    return Problem.error("SB-3034", Place.none(),
        "column \"" + field.name() + "\" is " + field.type() + ": CSV has no form for it",
        "declare or select its parts as columns of their own, make it a string, or use json");
  }

  /** The values. */
  ColumnVector target() {
    return target;
  }

  /** Decodes this column of all rows that the scanner has found. */
  void decode(ByteChunks chunks, CsvScanner scanner, int slot) {
    target.clear();
    int[] starts = scanner.starts(slot);
    int[] lengths = scanner.lengths(slot);
    if (field.type() == ScalarType.STRING) {
      strings(chunks, scanner, starts, lengths);
    } else if (field.type() == ScalarType.LONG) {
      longs(chunks, scanner, starts, lengths);
    } else {
      others(chunks, scanner, starts, lengths);
    }
  }

  private void strings(ByteChunks chunks, CsvScanner scanner, int[] starts, int[] lengths) {
    BytesVector strings = (BytesVector) target;
    int rows = scanner.rows();
    strings.share(chunks.array());
    System.arraycopy(starts, 0, strings.starts(), 0, rows);
    System.arraycopy(lengths, 0, strings.lengths(), 0, rows);
    for (int row = 0; row < rows; row++) {
      if (lengths[row] == nullText.length && !scanner.quoted(starts[row]) && isNullText(chunks.array(), starts[row])) {
        setNull(chunks, row, starts[row]);
      }
    }
    if (!scanner.ascii()) {
      requireUtf8(chunks, rows, starts, lengths);
    }
  }

  private void requireUtf8(ByteChunks chunks, int rows, int[] starts, int[] lengths) {
    for (int row = 0; row < rows; row++) {
      int at = Utf8.firstInvalid(chunks.array(), starts[row], starts[row] + lengths[row]);
      if (at >= 0) {
        bad.addInvalidText(chunks.offset(at), "the text of column " + field.name() + " is not UTF-8: "
            + String.format("byte 0x%02x", chunks.array()[at] & 0xff));
      }
    }
  }

  private void longs(ByteChunks chunks, CsvScanner scanner, int[] starts, int[] lengths) {
    long[] values = ((LongVector) target).values();
    byte[] array = chunks.array();
    int rows = scanner.rows();
    for (int row = 0; row < rows; row++) {
      int start = starts[row];
      if (isNull(array, scanner, start, lengths[row])) {
        setNull(chunks, row, start);
        continue;
      }
      try {
        values[row] = TextValues.longValue(array, start, start + lengths[row]);
      } catch (NotAValue e) {
        addBad(chunks, start, lengths[row], e);
      }
    }
  }

  private void others(ByteChunks chunks, CsvScanner scanner, int[] starts, int[] lengths) {
    byte[] array = chunks.array();
    int rows = scanner.rows();
    for (int row = 0; row < rows; row++) {
      int start = starts[row];
      if (isNull(array, scanner, start, lengths[row])) {
        setNull(chunks, row, start);
        continue;
      }
      try {
        value(array, start, start + lengths[row], row);
      } catch (NotAValue e) {
        addBad(chunks, start, lengths[row], e);
      }
    }
  }

  private void value(byte[] array, int from, int to, int row) {
    switch (field.type().layout()) {
      case LONG -> ((LongVector) target).set(row, longOf(array, from, to));
      case DOUBLE -> ((DoubleVector) target).set(row,
          field.type() == ScalarType.FLOAT ? TextValues.floatValue(array, from, to)
              : TextValues.doubleValue(array, from, to));
      case DECIMAL -> TextValues.decimal(array, from, to, (DecimalType) field.type(), (DecimalVector) target, row);
      case BYTES -> {
        byte[] bytes = base64(array, from, to);
        ((BytesVector) target).set(row, bytes, 0, bytes.length);
      }
      case ARRAY, MAP, ROW -> throw new IllegalStateException(field + " in CSV");
    }
  }

  private long longOf(byte[] array, int from, int to) {
    if (field.type() instanceof DecimalType decimal) {
      return TextValues.decimal(array, from, to, decimal);
    }
    return switch ((ScalarType) field.type()) {
      case BOOLEAN -> TextValues.booleanValue(array, from, to) ? 1 : 0;
      case INT -> TextValues.intValue(array, from, to);
      case LONG -> TextValues.longValue(array, from, to);
      case DATE -> TextTimes.date(array, from, to);
      case TIME -> TextTimes.time(array, from, to);
      case TIMESTAMP -> TextTimes.timestamp(array, from, to);
      case FLOAT, DOUBLE, STRING, BYTES -> throw new IllegalStateException(field + " as a long");
    };
  }

  private static byte[] base64(byte[] array, int from, int to) {
    try {
      return Base64.getDecoder().decode(Arrays.copyOfRange(array, from, to));
    } catch (IllegalArgumentException e) {
      throw NotAValue.MALFORMED;
    }
  }

  /** Where the empty text is no value, a quoted empty field is null too, if an empty one is. */
  private boolean isNull(byte[] array, CsvScanner scanner, int start, int length) {
    boolean quotesMayBeNull = length == 0 && field.type() != ScalarType.BYTES;
    return length == nullText.length && isNullText(array, start) && (quotesMayBeNull || !scanner.quoted(start));
  }

  private boolean isNullText(byte[] array, int start) {
    for (int i = 0; i < nullText.length; i++) {
      if (array[start + i] != nullText[i]) {
        return false;
      }
    }
    return true;
  }

  private void setNull(ByteChunks chunks, int row, int start) {
    target.setNull(row);
    if (!field.nullable()) {
      bad.addNull(chunks.offset(start), field.name(), field.type());
    }
  }

  private void addBad(ByteChunks chunks, int start, int length, NotAValue why) {
    String shown = "\"" + BadRecords.shown(chunks.array(), start, start + length) + "\"";
    bad.addValue(chunks.offset(start), field.name(), field.type(), shown, why.reason());
  }
}
