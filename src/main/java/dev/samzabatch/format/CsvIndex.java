package dev.samzabatch.format;

import java.util.Arrays;

/**
 * Where delimiters and line ends stand in a window of CSV bytes, within quotes or not. Eight bytes are looked at at a
 * time. Other control characters up to CR are marked too, since that costs nothing; who walks over the marks passes by
 * them.
 */
final class CsvIndex {

  private static final long HIGHS = 0x8080808080808080L;
  private static final long LOWS = 0x7f7f7f7f7f7f7f7fL;

  /** Added to a byte without its highest bit, sets that bit in all that are greater than CR. */
  private static final long ABOVE_CR = Swar.repeat(0x80 - ('\r' + 1));

  private final long delimiters;
  private int[] marks = new int[1 << 12];
  private int count;
  private boolean ascii;

  CsvIndex(byte delimiter) {
    delimiters = Swar.repeat(delimiter);
  }

  /** Ascending indexes of the marked bytes, and last the end of the window. */
  int[] marks() {
    return marks;
  }

  /** How many marks there are. */
  int count() {
    return count;
  }

  /** Whether all bytes are ASCII. */
  boolean ascii() {
    return ascii;
  }

  /** Marks the bytes {@code [start, end)}, behind which there are {@link ByteChunks#SLACK} more. */
  void mark(byte[] bytes, int start, int end) {
    int[] found = marks;
    long seen = 0;
    int size = 0;
    for (int at = start; at < end; at += Long.BYTES) {
      if (found.length - size < Long.BYTES) {
        found = Arrays.copyOf(found, found.length * 2);
      }
      long word = Swar.load(bytes, at);
      seen |= word;
      long other = word ^ delimiters;
      long plain = (((word & LOWS) + ABOVE_CR) | word) & (((other & LOWS) + LOWS) | other);
      long hits = ~plain & HIGHS;
      while (hits != 0) {
        found[size++] = at + Swar.first(hits);
        hits &= hits - 1;
      }
    }
    while (size > 0 && found[size - 1] >= end) {
      size--;
    }
    marks = size < found.length ? found : Arrays.copyOf(found, size + 1);
    marks[size] = end;
    count = size + 1;
    ascii = (seen & HIGHS) == 0;
  }
}
