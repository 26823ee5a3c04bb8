package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.time.LocalDate;
import java.time.temporal.IsoFields;

/** Functions of dates, times and timestamps; what is computed for one value is in {@link Calendar}. */
final class Times {

  private Times() {}

  /** The kernel for the call. */
  static Kernel kernel(Expr.Call call) {
    Kernel kernel = unchecked(call);
    return call.type() == ScalarType.INT ? checked(kernel, call.function()) : kernel;
  }

  /** The kernel with its results checked to be ints. */
  private static Kernel checked(Kernel kernel, Function function) {
    return (args, rows, count, result) -> {
      kernel.compute(args, rows, count, result);
      for (int i = 0; i < count; i++) {
        long value = ((LongVector) result).get(Rows.at(rows, i));
        if (value != (int) value) {
          throw new EvaluationException(
              "a " + function.label() + " of " + value + " exceeds int; take a larger unit or cast to bigint");
        }
      }
    };
  }

  private static Kernel unchecked(Expr.Call call) {
    return switch (call.function()) {
      case EXTRACT -> extract(unit(call, 0), requireTime(call.args().get(1).type()));
      case FLOOR_TIME -> round(unit(call, 1), requireTime(call.args().get(0).type()), false);
      case CEIL_TIME -> round(unit(call, 1), requireTime(call.args().get(0).type()), true);
      case TIMESTAMP_ADD -> add(unit(call, 0), requireTime(call.args().get(2).type()), call.type());
      case TIMESTAMP_DIFF ->
          diff(unit(call, 0), requireTime(call.args().get(1).type()), requireTime(call.args().get(2).type()));
      case WINDOW_START -> Times::windowStart;
      case UNIX_MILLIS -> Times::unixMillis;
      default -> Times::timestampMillis;
    };
  }

  private static TimeUnit unit(Expr.Call call, int argument) {
    return TimeUnit.valueOf((String) ((Expr.Literal) call.args().get(argument)).value());
  }

  private static ScalarType requireTime(DataType type) {
    if (type != ScalarType.DATE && type != ScalarType.TIME && type != ScalarType.TIMESTAMP) {
      throw new IllegalArgumentException("a function of time over " + type);
    }
    return (ScalarType) type;
  }

  /** The microseconds at which a day starts. */
  static long startOfDay(long days) {
    try {
      return Math.multiplyExact(days, TimeText.MICROS_PER_DAY);
    } catch (ArithmeticException e) {
      throw new EvaluationException("the date " + TimeText.ofDate(days) + " is out of the range of timestamps");
    }
  }

  /** A date or timestamp in microseconds since 1970, a time in microseconds since midnight. */
  private static long micros(ScalarType type, long value) {
    return type == ScalarType.DATE ? startOfDay(value) : value;
  }

  private static Kernel extract(TimeUnit unit, ScalarType type) {
    return (args, rows, count, result) -> {
      long[] values = ((LongVector) args[1]).values();
      long[] r = ((LongVector) result).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        long value = values[row];
        long days = type == ScalarType.DATE ? value : Math.floorDiv(value, TimeText.MICROS_PER_DAY);
        long micros = type == ScalarType.DATE ? 0 : Math.floorMod(value, TimeText.MICROS_PER_DAY);
        r[row] = extract(unit, days, micros);
      }
    };
  }

  private static long extract(TimeUnit unit, long days, long micros) {
    return switch (unit) {
      case MICROSECOND -> micros % TimeText.MICROS_PER_MINUTE;
      case MILLISECOND -> micros % TimeText.MICROS_PER_MINUTE / 1000;
      case SECOND -> micros / TimeText.MICROS_PER_SECOND % 60;
      case MINUTE -> micros / TimeText.MICROS_PER_MINUTE % 60;
      case HOUR -> micros / TimeText.MICROS_PER_HOUR;
      case EPOCH -> days * 86_400 + micros / TimeText.MICROS_PER_SECOND;
      case DOW -> Math.floorMod(days + 4, 7) + 1;
      case ISODOW -> Math.floorMod(days + 3, 7) + 1;
      case DAY -> LocalDate.ofEpochDay(days).getDayOfMonth();
      case WEEK -> LocalDate.ofEpochDay(days).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case MONTH -> LocalDate.ofEpochDay(days).getMonthValue();
      case QUARTER -> (LocalDate.ofEpochDay(days).getMonthValue() + 2) / 3;
      case YEAR -> LocalDate.ofEpochDay(days).getYear();
      case DOY -> LocalDate.ofEpochDay(days).getDayOfYear();
    };
  }

  private static Kernel round(TimeUnit unit, ScalarType type, boolean up) {
    return (args, rows, count, result) -> {
      long[] values = ((LongVector) args[0]).values();
      long[] r = ((LongVector) result).values();
      boolean isDate = type == ScalarType.DATE;
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        long micros = micros(type, values[row]);
        long rounded = up ? Calendar.ceil(unit, micros) : Calendar.floor(unit, micros);
        r[row] = isDate ? Math.floorDiv(rounded, TimeText.MICROS_PER_DAY) : rounded;
      }
    };
  }

  private static Kernel add(TimeUnit unit, ScalarType type, DataType resultType) {
    return (args, rows, count, result) -> {
      long[] counts = ((LongVector) args[1]).values();
      long[] values = ((LongVector) args[2]).values();
      long[] r = ((LongVector) result).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        long sum = Calendar.add(unit, counts[row], micros(type, values[row]));
        if (type == ScalarType.TIME) {
          r[row] = Math.floorMod(sum, TimeText.MICROS_PER_DAY);
        } else {
          r[row] = resultType == ScalarType.DATE ? Math.floorDiv(sum, TimeText.MICROS_PER_DAY) : sum;
        }
      }
    };
  }

  private static Kernel diff(TimeUnit unit, ScalarType fromType, ScalarType toType) {
    return (args, rows, count, result) -> {
      long[] from = ((LongVector) args[1]).values();
      long[] to = ((LongVector) args[2]).values();
      long[] r = ((LongVector) result).values();
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        r[row] = Calendar.between(unit, micros(fromType, from[row]), micros(toType, to[row]));
      }
    };
  }

  private static void windowStart(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] values = ((LongVector) args[0]).values();
    long[] sizes = ((LongVector) args[1]).values();
    long[] r = ((LongVector) result).values();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (sizes[row] <= 0) {
        throw new EvaluationException("a window of " + sizes[row] + " microseconds; a size is positive");
      }
      r[row] = values[row] - Math.floorMod(values[row], sizes[row]);
    }
  }

  private static void unixMillis(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] values = ((LongVector) args[0]).values();
    long[] r = ((LongVector) result).values();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      r[row] = Math.floorDiv(values[row], 1000);
    }
  }

  private static void timestampMillis(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] values = ((LongVector) args[0]).values();
    long[] r = ((LongVector) result).values();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      r[row] = values[row] * 1000;
      if (r[row] / 1000 != values[row]) {
        throw new EvaluationException(values[row] + " milliseconds are out of the range of timestamps");
      }
    }
  }
}
