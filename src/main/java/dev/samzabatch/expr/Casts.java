package dev.samzabatch.expr;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DataType.Layout;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.ScalarType;
import java.util.List;

/**
 * CAST. A null stays null; what does not fit is an {@link EvaluationException}.
 *
 * <pre>
 * int, long, decimal  to one another: fractions are rounded half away from zero, the range is checked
 * float, double       to int and long: rounded half to even; to decimal: half away from zero; NaN and infinite have
 *                     none; double to float: rounded, and an error when that makes it infinite
 * numbers             to boolean: whether it is not 0; boolean to a number: 1 or 0
 * date                to timestamp: its start; timestamp to date or time: that part of it
 * string              to all of these, without blanks around it. Boolean: true t yes y 1, false f no n 0 in any case;
 *                     numbers: digits, point, exponent (1e3), and nan, inf, infinity for float and double; int and long
 *                     round like a decimal; dates and times as in {@link TimeText}. To bytes: its UTF-8 form
 * anything            to string: true/false; numbers as in {@link NumberText}, decimals with all their scale; dates and
 *                     times as in {@link TimeText}; bytes: they must be UTF-8
 * array, map, row     only to a type whose values have the same form, such as row&lt;a int&gt; to row&lt;b long&gt;
 * </pre>
 */
public final class Casts {

  private Casts() {}

  /** Whether there is a cast between these types. */
  public static boolean exists(DataType from, DataType to) {
    return sameForm(from, to) || kernel(from, to) != null;
  }

  /** An evaluator of a cast; the argument itself when the values have the same form. */
  static Evaluator evaluator(DataType from, DataType to, Evaluator argument) {
    if (sameForm(from, to)) {
      return argument;
    }
    Kernel kernel = kernel(from, to);
    if (kernel == null) {
      throw new IllegalArgumentException("cast of " + from + " to " + to);
    }
    return new StrictEvaluator(to, kernel, List.of(argument));
  }

  /** Whether every value of the one type is a value of the other and looks the same in a vector. */
  private static boolean sameForm(DataType from, DataType to) {
    if (from.equals(to) || from == ScalarType.INT && to == ScalarType.LONG) {
      return true;
    }
    if (from == ScalarType.FLOAT && to == ScalarType.DOUBLE) {
      return true;
    }
    if (from == ScalarType.BOOLEAN && isInteger(to) || from == ScalarType.STRING && to == ScalarType.BYTES) {
      return true;
    }
    if (from instanceof DecimalType a && to instanceof DecimalType b) {
      return a.layout() == b.layout() && a.scale() == b.scale() && a.precision() <= b.precision();
    }
    if (from instanceof ArrayType a && to instanceof ArrayType b) {
      return sameForm(a.element(), b.element());
    }
    if (from instanceof MapType a && to instanceof MapType b) {
      return sameForm(a.key(), b.key()) && sameForm(a.value(), b.value());
    }
    return from instanceof RowType a && to instanceof RowType b && sameFields(a, b);
  }

  private static boolean sameFields(RowType from, RowType to) {
    int size = from.schema().size();
    if (size != to.schema().size()) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (!sameForm(from.schema().type(i), to.schema().type(i))) {
        return false;
      }
    }
    return true;
  }

  /** The kernel of a cast between values of different forms; null when there is no such cast. */
  private static Kernel kernel(DataType from, DataType to) {
    if (from.layout().compareTo(Layout.ARRAY) >= 0 || to.layout().compareTo(Layout.ARRAY) >= 0) {
      return null;
    }
    if (from == ScalarType.STRING) {
      return TextCasts.fromText(to);
    }
    if (to == ScalarType.STRING) {
      return TextCasts.toText(from);
    }
    if (isTime(from) || isTime(to)) {
      return TextCasts.betweenTimes(from, to);
    }
    if (from == ScalarType.BYTES || to == ScalarType.BYTES) {
      return null;
    }
    return NumberCasts.kernel(from, to);
  }

  static boolean isInteger(DataType type) {
    return type == ScalarType.INT || type == ScalarType.LONG;
  }

  private static boolean isTime(DataType type) {
    return type == ScalarType.DATE || type == ScalarType.TIME || type == ScalarType.TIMESTAMP;
  }

  /** The error for a value that has no form in the type. */
  static EvaluationException impossible(String value, DataType to) {
    return new EvaluationException("cast(" + value + " as " + to + ") has no result");
  }
}
