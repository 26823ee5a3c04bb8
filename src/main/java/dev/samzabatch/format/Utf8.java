package dev.samzabatch.format;

/** Checks that bytes are UTF-8 as the standard has it: shortest forms only, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

  private static final long HIGHS = 0x8080808080808080L;

  private Utf8() {}

  /** Length of the UTF-8 byte order mark that the first bytes of a file start with. */
  static int markLength(byte[] b, int length) {
    return length >= 3 && b[0] == (byte) 0xef && b[1] == (byte) 0xbb && b[2] == (byte) 0xbf ? 3 : 0;
  }

  /**
   * Index of the first byte in {@code [from, to)} that is not part of a valid character, or -1; see {@link Swar} on
   * slack.
   */
  static int firstInvalid(byte[] b, int from, int to) {
    int at = from;
    while (at < to) {
      if (b[at] >= 0) {
        at += Swar.first(Swar.load(b, at) & HIGHS);
      } else {
        int length = sequenceLength(b, at, to);
        if (length == 0) {
          return at;
        }
        at += length;
      }
    }
    return -1;
  }

  /**
   * Length of the valid sequence of bytes above ASCII that starts here and ends by {@code to}; 0 when there is none.
   */
  static int sequenceLength(byte[] b, int at, int to) {
    int first = b[at] & 0xff;
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (to - at < length) {
      return 0;
    }
    int second = b[at + 1] & 0xff;
    int lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((b[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
