package dev.samzabatch.format;

/**
 * A number taken apart: plus or minus {@code mantissa * 10^exponent}. It never leaves the method that makes it, so that
 * the JIT keeps it off the heap.
 */
final class NumberParts {

  /** So many digits always fit a long. */
  static final int SAFE_DIGITS = 18;

  /** An exponent further from zero makes no exact number of any type; the bound keeps sums of exponents small. */
  private static final int MAX_EXPONENT = 100_000;

  /** Whether the text is a number at all. */
  final boolean isNumber;

  /** Whether mantissa and exponent are exactly the number; false when it has too many digits for that. */
  final boolean exact;

  /** Whether all its digits are zero. */
  final boolean isZero;

  /** Whether it has a minus. */
  final boolean negative;

  /** Its digits, if {@link #exact}. */
  final long mantissa;

  /** Its power of ten, if {@link #exact}. */
  final int exponent;

  NumberParts(byte[] b, int from, int to) {
    int at = from;
    negative = at < to && b[at] == '-';
    if (at < to && (b[at] == '-' || b[at] == '+')) {
      at++;
    }
    long value = 0;
    int digits = 0;
    int point = -1;
    int firstDigit = at;
    for (; at < to; at++) {
      int digit = b[at] - '0';
      if (digit >= 0 && digit <= 9) {
        value = digits < SAFE_DIGITS ? value * 10 + digit : value;
        digits += digits > 0 || digit > 0 ? 1 : 0;
      } else if (b[at] == '.' && point < 0) {
        point = at;
      } else {
        break;
      }
    }
    int digitsEnd = at;
    int written = digitsEnd - firstDigit - (point < 0 ? 0 : 1);
    long power = at < to && (b[at] | 0x20) == 'e' ? exponentOf(b, at + 1, to) : 0;
    boolean complete = at == to || (b[at] | 0x20) == 'e' && power != Long.MIN_VALUE;
    isNumber = written > 0 && complete;
    isZero = isNumber && digits == 0;
    mantissa = value;
    long shifted = power - (point < 0 ? 0 : digitsEnd - point - 1);
    exact = isNumber && digits <= SAFE_DIGITS && Math.abs(shifted) < MAX_EXPONENT;
    exponent = exact ? (int) shifted : 0;
  }

  /** The exponent, at most a few times {@link #MAX_EXPONENT}; {@link Long#MIN_VALUE} when it is none. */
  private static long exponentOf(byte[] b, int from, int to) {
    int at = from;
    boolean negative = at < to && b[at] == '-';
    if (at < to && (b[at] == '-' || b[at] == '+')) {
      at++;
    }
    if (at == to) {
      return Long.MIN_VALUE;
    }
    long value = 0;
    for (; at < to; at++) {
      int digit = b[at] - '0';
      if (digit < 0 || digit > 9) {
        return Long.MIN_VALUE;
      }
      value = Math.min(value * 10 + digit, Integer.MAX_VALUE);
    }
    return negative ? -value : value;
  }
}
