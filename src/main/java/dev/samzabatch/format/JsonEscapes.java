package dev.samzabatch.format;

/**
 * The escapes of JSON strings: a backslash and one of {@code "\\/bfnrt}, or a {@code u} and four hexadecimal digits.
 */
final class JsonEscapes {

  private static final int SHORT_LENGTH = 2;
  private static final int UNIT_LENGTH = 6;

  private JsonEscapes() {}

  /**
   * Length of the escape that starts here: 2, 6, or 12 for a surrogate pair. If it is wrong, 0 for half of such a pair,
   * or the negated distance from here to the byte that is wrong.
   */
  static int length(byte[] b, int at) {
    byte kind = b[at + 1];
    if (kind != 'u') {
      return kind > 0 && "\"\\/bfnrt".indexOf(kind) >= 0 ? SHORT_LENGTH : -1;
    }
    int unit = unit(b, at + 2);
    if (unit < 0) {
      return unit - 1;
    }
    if (!Character.isSurrogate((char) unit)) {
      return UNIT_LENGTH;
    }
    boolean another = Character.isHighSurrogate((char) unit) && b[at + 6] == '\\' && b[at + 7] == 'u';
    int low = another ? unit(b, at + 8) : 0;
    if (low < 0) {
      return low - 7;
    }
    return Character.isLowSurrogate((char) low) ? 2 * UNIT_LENGTH : 0;
  }

  /** The UTF-16 unit of four digits; if one is none, its negated distance to the byte before them. */
  private static int unit(byte[] b, int from) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = b[from + i] < 0 ? -1 : Character.digit(b[from + i], 16);
      if (digit < 0) {
        return -i - 1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** Writes what an escape that is right stands for, which is never longer than itself, and returns its length. */
  static int replace(byte[] b, int at, int out) {
    byte kind = b[at + 1];
    if (kind != 'u') {
      b[out] = switch (kind) {
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        default -> kind;
      };
      return 1;
    }
    char unit = (char) unit(b, at + 2);
    int character = Character.isHighSurrogate(unit) ? Character.toCodePoint(unit, (char) unit(b, at + 8)) : unit;
    return putUtf8(b, character, out);
  }

  private static int putUtf8(byte[] b, int character, int out) {
    if (character < 0x80) {
      b[out] = (byte) character;
      return 1;
    }
    int length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    int rest = character;
    for (int i = length - 1; i > 0; i--) {
      b[out + i] = (byte) (0x80 | rest & 0x3f);
      rest >>= 6;
    }
    b[out] = (byte) (0xf00 >> length & 0xff | rest);
    return length;
  }
}
