package dev.samzabatch.expr;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Casts from and to strings, and between dates and times; the rules are those of {@link Casts}. */
final class TextCasts {

  private static final int FAST_DIGITS = 18;
  private static final int LONGEST_SHOWN = 60;

  private TextCasts() {}

  /** The kernel of a cast of strings; null when there is none. */
  static Kernel fromText(DataType to) {
    if (to instanceof DecimalType decimal) {
      return parsed(to, (text, vector, row) -> setDecimal(decimal, text, vector, row));
    }
    return switch ((ScalarType) to) {
      case BOOLEAN -> parsed(to, (text, vector, row) -> setLong(toBoolean(text), vector, row));
      case INT, LONG -> integers(parsed(to, (text, vector, row) -> setInteger(to, text, vector, row)), to);
      case FLOAT, DOUBLE -> parsed(to, (text, vector, row) -> setDouble(to, text, vector, row));
      case DATE -> parsed(to, (text, vector, row) -> setLong(TimeText.toDate(text), vector, row));
      case TIME -> parsed(to, (text, vector, row) -> setLong(TimeText.toTime(text), vector, row));
      case TIMESTAMP -> parsed(to, (text, vector, row) -> setLong(TimeText.toTimestamp(text), vector, row));
      case STRING, BYTES -> null;
    };
  }

  /** Sets a row to what a trimmed text says; false when it says nothing of the type. */
  private interface Parser {
    boolean set(String text, ColumnVector vector, int row);
  }

  private static Kernel parsed(DataType to, Parser parser) {
    return (args, rows, count, result) -> {
      BytesVector texts = (BytesVector) args[0];
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        String text = texts.text(row).strip();
        if (!parser.set(text, result, row)) {
          String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
          throw Casts.impossible("'" + shown + "'", to);
        }
      }
    };
  }

  /** Reads what is only digits itself and leaves everything else to the other kernel. */
  private static Kernel integers(Kernel others, DataType to) {
    return (args, rows, count, result) -> {
      BytesVector texts = (BytesVector) args[0];
      byte[] data = texts.data();
      long[] r = ((LongVector) result).values();
      int[] one = new int[1];
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        int from = texts.starts()[row];
        int length = texts.lengths()[row];
        boolean negative = length > 0 && data[from] == '-';
        int digits = negative ? length - 1 : length;
        long value = 0;
        boolean plain = digits > 0 && digits <= (to == ScalarType.INT ? 9 : FAST_DIGITS);
        for (int at = from + length - digits; plain && at < from + length; at++) {
          plain = data[at] >= '0' && data[at] <= '9';
          value = value * 10 + data[at] - '0';
        }
        if (plain) {
          r[row] = negative ? -value : value;
        } else {
          one[0] = row;
          others.compute(args, one, 1, result);
        }
      }
    };
  }

  private static boolean setLong(long value, ColumnVector vector, int row) {
    ((LongVector) vector).set(row, value);
    return value != TimeText.INVALID;
  }

  private static long toBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "1" -> 1;
      case "false", "f", "no", "n", "0" -> 0;
      default -> TimeText.INVALID;
    };
  }

  private static boolean setInteger(DataType to, String text, ColumnVector vector, int row) {
    BigDecimal exact = NumberText.exact(text);
    if (exact == null) {
      return false;
    }
    BigInteger whole = exact.setScale(0, RoundingMode.HALF_UP).unscaledValue();
    ((LongVector) vector).set(row, whole.longValue());
    return whole.bitLength() <= (to == ScalarType.INT ? 31 : 63);
  }

  private static boolean setDecimal(DecimalType to, String text, ColumnVector vector, int row) {
    BigDecimal exact = NumberText.exact(text);
    if (exact == null) {
      return false;
    }
    BigInteger unscaled = exact.setScale(to.scale(), RoundingMode.HALF_UP).unscaledValue();
    if (!Decimals.fits(unscaled, to)) {
      return false;
    }
    Decimals.set(to, vector, row, unscaled);
    return true;
  }

  private static boolean setDouble(DataType to, String text, ColumnVector vector, int row) {
    Double value = to == ScalarType.FLOAT ? toFloat(text) : NumberText.toDouble(text);
    if (value == null) {
      return false;
    }
    ((DoubleVector) vector).set(row, value);
    return true;
  }

  /** The float nearest to the text, as a double; rounding only once. */
  private static Double toFloat(String text) {
    Double value = NumberText.toDouble(text);
    return value == null || !Double.isFinite(value) ? value : Double.valueOf(Float.parseFloat(text));
  }

  /** The kernel of a cast to strings. */
  static Kernel toText(DataType from) {
    if (from instanceof DecimalType) {
      return written((vector, row) -> Decimals.value(from, vector, row).toPlainString());
    }
    return switch ((ScalarType) from) {
      case BOOLEAN -> written((vector, row) -> ((LongVector) vector).get(row) == 0 ? "false" : "true");
      case INT, LONG -> written((vector, row) -> Long.toString(((LongVector) vector).get(row)));
      case FLOAT -> written((vector, row) -> NumberText.of((float) ((DoubleVector) vector).get(row)));
      case DOUBLE -> written((vector, row) -> NumberText.of(((DoubleVector) vector).get(row)));
      case DATE -> written((vector, row) -> TimeText.ofDate(((LongVector) vector).get(row)));
      case TIME -> written((vector, row) -> TimeText.ofTime(((LongVector) vector).get(row)));
      case TIMESTAMP -> written((vector, row) -> TimeText.ofTimestamp(((LongVector) vector).get(row)));
      case BYTES -> written((vector, row) -> utf8(((BytesVector) vector).bytes(row)));
      case STRING -> null;
    };
  }

  /** The text of a value. */
  private interface Writer {
    String text(ColumnVector vector, int row);
  }

  private static Kernel written(Writer writer) {
    return (args, rows, count, result) -> {
      BytesVector texts = (BytesVector) result;
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        texts.set(row, writer.text(args[0], row));
      }
    };
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Casts.impossible(Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, 16))), ScalarType.STRING);
    }
  }

  /** The kernel of a cast between date, time and timestamp; null when there is none. */
  static Kernel betweenTimes(DataType from, DataType to) {
    if (from == ScalarType.DATE && to == ScalarType.TIMESTAMP) {
      return (args, rows, count, result) -> {
        for (int i = 0; i < count; i++) {
          int row = Rows.at(rows, i);
          ((LongVector) result).set(row, Times.startOfDay(((LongVector) args[0]).get(row)));
        }
      };
    }
    if (from != ScalarType.TIMESTAMP || to != ScalarType.DATE && to != ScalarType.TIME) {
      return null;
    }
    boolean toDate = to == ScalarType.DATE;
    return (args, rows, count, result) -> {
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        long micros = ((LongVector) args[0]).get(row);
        ((LongVector) result)
            .set(
                row,
                toDate ? Math.floorDiv(micros, TimeText.MICROS_PER_DAY)
                    : Math.floorMod(micros, TimeText.MICROS_PER_DAY));
      }
    };
  }
}
