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
  private byte[] array = new byte[0];
  private long base;

  /**
   * Makes a decoder of a column that is not nested.
   *
   * @param target where the values go; large enough for all rows
   */
  CsvDecoder(Field field, CsvOptions options, ColumnVector target, BadRecords bad) {
    this.field = field;
    this.target = target;
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

  /** Looks at this array from now on, whose first byte is at this offset; strings are slices of it. */
  void share(byte[] window, long offset) {
    array = window;
    base = offset;
    if (target instanceof BytesVector bytes && field.type() == ScalarType.STRING) {
      bytes.share(window);
    }
  }

  /** Decodes this column of the scanner's only row as this one. */
  void decodeRow(CsvScanner scanner, int slot, int row) {
    int start = scanner.starts(slot)[0];
    int length = scanner.lengths(slot)[0];
    if (field.type() == ScalarType.STRING) {
      ((BytesVector) target).setSlice(row, start, length);
      if (length == nullText.length && !scanner.quoted(start) && isNullText(start)) {
        setNull(row, start);
      }
      requireUtf8(start, length);
    } else {
      other(scanner, row, start, length);
    }
  }

  /** Decodes this column of all rows that the scanner has found. */
  void decode(ByteChunks chunks, CsvScanner scanner, int slot) {
    target.clear();
    share(chunks.array(), chunks.offset(0));
    int[] starts = scanner.starts(slot);
    int[] lengths = scanner.lengths(slot);
    if (field.type() == ScalarType.STRING) {
      strings(scanner, starts, lengths);
    } else if (field.type() == ScalarType.LONG) {
      longs(scanner, starts, lengths);
    } else {
      others(scanner, starts, lengths);
    }
  }

  private void strings(CsvScanner scanner, int[] starts, int[] lengths) {
    BytesVector strings = (BytesVector) target;
    int rows = scanner.rows();
    System.arraycopy(starts, 0, strings.starts(), 0, rows);
    System.arraycopy(lengths, 0, strings.lengths(), 0, rows);
    for (int row = 0; row < rows; row++) {
      if (lengths[row] == nullText.length && !scanner.quoted(starts[row]) && isNullText(starts[row])) {
        setNull(row, starts[row]);
      }
    }
    if (!scanner.ascii()) {
      for (int row = 0; row < rows; row++) {
        requireUtf8(starts[row], lengths[row]);
      }
    }
  }

  private void requireUtf8(int start, int length) {
    int at = Utf8.firstInvalid(array, start, start + length);
    if (at >= 0) {
      bad.addInvalidText(base + at, "the text of column " + field.name() + " is not UTF-8: "
          + String.format("byte 0x%02x", array[at] & 0xff));
    }
  }

  private void longs(CsvScanner scanner, int[] starts, int[] lengths) {
    long[] values = ((LongVector) target).values();
    byte[] b = array;
    int rows = scanner.rows();
    for (int row = 0; row < rows; row++) {
      int start = starts[row];
      if (isNull(scanner, start, lengths[row])) {
        setNull(row, start);
        continue;
      }
      try {
        values[row] = TextValues.longValue(b, start, start + lengths[row]);
      } catch (NotAValue e) {
        addBad(start, lengths[row], e);
      }
    }
  }

  private void others(CsvScanner scanner, int[] starts, int[] lengths) {
    int rows = scanner.rows();
    for (int row = 0; row < rows; row++) {
      other(scanner, row, starts[row], lengths[row]);
    }
  }

  private void other(CsvScanner scanner, int row, int start, int length) {
    if (isNull(scanner, start, length)) {
      setNull(row, start);
      return;
    }
    try {
      value(start, start + length, row);
    } catch (NotAValue e) {
      addBad(start, length, e);
    }
  }

  private void value(int from, int to, int row) {
    switch (field.type().layout()) {
      case LONG -> ((LongVector) target).set(row, longOf(from, to));
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

  private long longOf(int from, int to) {
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
  private boolean isNull(CsvScanner scanner, int start, int length) {
    boolean quotesMayBeNull = length == 0 && field.type() != ScalarType.BYTES;
    return length == nullText.length && isNullText(start) && (quotesMayBeNull || !scanner.quoted(start));
  }

  private boolean isNullText(int start) {
    for (int i = 0; i < nullText.length; i++) {
      if (array[start + i] != nullText[i]) {
        return false;
      }
    }
    return true;
  }

  private void setNull(int row, int start) {
    target.setNull(row);
    if (!field.nullable()) {
      bad.addNull(base + start, field.name(), field.type());
    }
  }

  private void addBad(int start, int length, NotAValue why) {
    String shown = "\"" + BadRecords.shown(array, start, start + length) + "\"";
    bad.addValue(base + start, field.name(), field.type(), shown, why.reason());
  }
}
