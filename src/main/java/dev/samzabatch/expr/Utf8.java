package dev.samzabatch.expr;

/** Characters (code points) within valid UTF-8. */
final class Utf8 {

  private Utf8() {}

  /** Whether the byte continues a character that began before it. */
  static boolean continues(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** Whether all bytes are characters of their own. */
  static boolean isAscii(byte[] data, int start, int length) {
    int bits = 0;
    for (int at = start; at < start + length; at++) {
      bits |= data[at];
    }
    return bits >= 0;
  }

  /** How many characters there are. */
  static int count(byte[] data, int start, int length) {
    int count = 0;
    for (int at = start; at < start + length; at++) {
      count += continues(data[at]) ? 0 : 1;
    }
    return count;
  }

  /** Where the character after {@code characters} more begins; {@code end} when there are not so many. */
  static int skip(byte[] data, int start, int end, long characters) {
    int at = start;
    for (long i = 0; i < characters && at < end; i++) {
      at = next(data, at, end);
    }
    return at;
  }

  /** Where the character after the one at this place begins. */
  static int next(byte[] data, int start, int end) {
    int at = start + 1;
    while (at < end && continues(data[at])) {
      at++;
    }
    return at;
  }

  /** Where the character that ends before this place begins. */
  static int previous(byte[] data, int start, int end) {
    int at = end - 1;
    while (at > start && continues(data[at])) {
      at--;
    }
    return at;
  }
}
