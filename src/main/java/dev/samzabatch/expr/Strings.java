package dev.samzabatch.expr;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Functions of strings. They count characters as Unicode code points and change case as Unicode has it, but look at
 * bytes where all of a string is ASCII. Of bytes only substring and concat exist, counting bytes. What is a part of its
 * argument (substring, trim) is a slice of the argument's bytes.
 */
final class Strings {

  private Strings() {}

  /** The kernel for the call. */
  static Kernel kernel(Expr.Call call) {
    boolean binary = call.function() == Function.SUBSTRING || call.function() == Function.CONCAT;
    for (Expr arg : call.args()) {
      DataType type = arg.type();
      if (type != ScalarType.STRING && !Casts.isInteger(type) && !(binary && type == ScalarType.BYTES)) {
        throw new IllegalArgumentException(call.function().label() + " of " + type);
      }
    }
    return switch (call.function()) {
      case UPPER -> (args, rows, count, result) -> changeCase((BytesVector) args[0], rows, count, result, true);
      case LOWER -> (args, rows, count, result) -> changeCase((BytesVector) args[0], rows, count, result, false);
      case TRIM -> trim(text(call.args().get(0)), text(call.args().get(1)));
      case SUBSTRING -> substring(call.type() == ScalarType.BYTES);
      case POSITION -> Strings::position;
      case REPLACE -> Strings::replace;
      case CONCAT -> Strings::concat;
      default -> Strings::length;
    };
  }

  private static String text(Expr expr) {
    Object value = ((Expr.Literal) expr).value();
    return value == null ? "" : (String) value;
  }

  private static void changeCase(BytesVector texts, int[] rows, int count, ColumnVector result, boolean upper) {
    BytesVector target = (BytesVector) result;
    byte[] data = texts.data();
    byte first = (byte) (upper ? 'a' : 'A');
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      int start = texts.starts()[row];
      int length = texts.lengths()[row];
      if (Utf8.isAscii(data, start, length)) {
        int at = target.reserve(length);
        byte[] out = target.data();
        for (int k = 0; k < length; k++) {
          byte b = data[start + k];
          out[at + k] = (byte) (b >= first && b < first + 26 ? b ^ 0x20 : b);
        }
        target.append(row, length);
      } else {
        String text = texts.text(row);
        target.set(row, upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT));
      }
    }
  }

  private static Kernel trim(String side, String characters) {
    boolean leading = !side.equalsIgnoreCase("trailing");
    boolean trailing = !side.equalsIgnoreCase("leading");
    byte[] set = characters.getBytes(StandardCharsets.UTF_8);
    return (args, rows, count, result) -> {
      BytesVector texts = (BytesVector) args[2];
      BytesVector target = (BytesVector) result;
      byte[] data = texts.data();
      target.share(data);
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        int start = texts.starts()[row];
        int end = start + texts.lengths()[row];
        while (leading && start < end && contains(set, data, start, Utf8.next(data, start, end))) {
          start = Utf8.next(data, start, end);
        }
        while (trailing && start < end && contains(set, data, Utf8.previous(data, start, end), end)) {
          end = Utf8.previous(data, start, end);
        }
        target.setSlice(row, start, end - start);
      }
    };
  }

  /** Whether the set has the character from start to end. */
  private static boolean contains(byte[] set, byte[] data, int start, int end) {
    for (int at = 0; at < set.length; at = Utf8.next(set, at, set.length)) {
      if (Arrays.equals(set, at, Utf8.next(set, at, set.length), data, start, end)) {
        return true;
      }
    }
    return false;
  }

  private static Kernel substring(boolean ofBytes) {
    return (args, rows, count, result) -> {
      BytesVector texts = (BytesVector) args[0];
      BytesVector target = (BytesVector) result;
      target.share(texts.data());
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        long from = ((LongVector) args[1]).get(row);
        long length = args.length == 2 ? Integer.MAX_VALUE : ((LongVector) args[2]).get(row);
        if (length < 0) {
          throw new EvaluationException("substring(..., " + from + ", " + length + ") has a negative length");
        }
        if (from < 1 && args.length == 3) {
          length = length + from > 0 ? length + from - 1 : 0;
        }
        slice(texts, row, Math.max(from, 1) - 1, length, ofBytes, target);
      }
    };
  }

  /** Makes the target's value the characters of the text from {@code skipped} on, so many of them as there are. */
  private static void slice(
      BytesVector texts, int row, long skipped, long length, boolean ofBytes, BytesVector target) {
    byte[] data = texts.data();
    int start = texts.starts()[row];
    int end = start + texts.lengths()[row];
    if (ofBytes || Utf8.isAscii(data, start, end - start)) {
      int from = (int) Math.min(end, start + Math.min(skipped, Integer.MAX_VALUE));
      target.setSlice(row, from, (int) Math.min(end - from, length));
    } else {
      int from = Utf8.skip(data, start, end, skipped);
      target.setSlice(row, from, Utf8.skip(data, from, end, length) - from);
    }
  }

  private static void position(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    BytesVector needles = (BytesVector) args[0];
    BytesVector texts = (BytesVector) args[1];
    byte[] data = texts.data();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      int start = texts.starts()[row];
      int length = texts.lengths()[row];
      long from = args.length == 2 ? 1 : ((LongVector) args[2]).get(row);
      long position = 0;
      if (from >= 1 && from - 1 <= Utf8.count(data, start, length)) {
        int begin = Utf8.skip(data, start, start + length, from - 1);
        int found = find(needles, row, data, begin, start + length);
        position = found < 0 ? 0 : Utf8.count(data, start, found - start) + 1;
      }
      ((LongVector) result).set(row, position);
    }
  }

  /** Where the needle at the row first stands between from and end; -1 when it does not. */
  private static int find(BytesVector needles, int row, byte[] data, int from, int end) {
    return find(needles.data(), needles.starts()[row], needles.lengths()[row], data, from, end);
  }

  /** Where a needle first stands between from and end; -1 when it does not. */
  static int find(byte[] needle, int start, int length, byte[] data, int from, int end) {
    if (length == 0) {
      return from;
    }
    byte first = needle[start];
    for (int at = from; at <= end - length; at++) {
      if (data[at] == first && Arrays.equals(data, at, at + length, needle, start, start + length)) {
        return at;
      }
    }
    return -1;
  }

  private static void replace(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    BytesVector texts = (BytesVector) args[0];
    BytesVector needles = (BytesVector) args[1];
    BytesVector others = (BytesVector) args[2];
    BytesVector target = (BytesVector) result;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      int end = texts.starts()[row] + texts.lengths()[row];
      int from = texts.starts()[row];
      int written = 0;
      int found = needles.lengths()[row] == 0 ? -1 : find(needles, row, texts.data(), from, end);
      while (found >= 0) {
        written = put(target, written, texts.data(), from, found - from);
        written = put(target, written, others.data(), others.starts()[row], others.lengths()[row]);
        from = found + needles.lengths()[row];
        found = find(needles, row, texts.data(), from, end);
      }
      target.append(row, put(target, written, texts.data(), from, end - from));
    }
  }

  /**
   * Writes bytes behind the {@code written} ones that the vector's next value has so far, and returns how many it has
   * then.
   */
  private static int put(BytesVector target, int written, byte[] source, int start, int length) {
    int at = target.reserve(Math.addExact(written, length));
    System.arraycopy(source, start, target.data(), at + written, length);
    return written + length;
  }

  private static void concat(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    BytesVector target = (BytesVector) result;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      int written = 0;
      for (ColumnVector arg : args) {
        BytesVector part = (BytesVector) arg;
        written = put(target, written, part.data(), part.starts()[row], part.lengths()[row]);
      }
      target.append(row, written);
    }
  }

  private static void length(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    BytesVector texts = (BytesVector) args[0];
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      ((LongVector) result).set(row, Utf8.count(texts.data(), texts.starts()[row], texts.lengths()[row]));
    }
  }
}
