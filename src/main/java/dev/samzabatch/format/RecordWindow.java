package dev.samzabatch.format;

import java.util.Arrays;

/**
 * Copies of the values of a batch, one behind another in one array, so that texts can be slices of it. At least one
 * line end lies between two values, and {@link ByteChunks#SLACK} line ends behind the last one, as the scanners need
 * it. Not thread-safe.
 */
final class RecordWindow {

  private static final int USUAL_BYTES = 64 << 10;

  /** An array of more than these is given back when its values are forgotten. */
  private static final int MAX_KEPT_BYTES = 16 << 20;

  private byte[] array = new byte[USUAL_BYTES];
  private int start;
  private int limit = -1;

  /** Forgets all values, and the memory that only a very long one needed. */
  void clear() {
    limit = -1;
    if (array.length > MAX_KEPT_BYTES) {
      array = new byte[USUAL_BYTES];
    }
  }

  /** The array, until {@link #add} replaces it. */
  byte[] array() {
    return array;
  }

  /** Where the last value starts. */
  int start() {
    return start;
  }

  /** Index behind the last value; the array may be changed up to there. */
  int limit() {
    return limit;
  }

  /** Adds a copy of {@code [from, to)}, and returns whether another array holds the values now, at the same indexes. */
  boolean add(byte[] bytes, int from, int to) {
    start = limit + 1;
    int end = Math.addExact(start, to - from);
    byte[] before = array;
    int needed = Math.addExact(end, ByteChunks.SLACK);
    if (needed > array.length) {
      array = Arrays.copyOf(array, (int) Math.max(needed, Math.min(2L * array.length, Integer.MAX_VALUE - 16)));
    }
    System.arraycopy(bytes, from, array, start, to - from);
    Arrays.fill(array, end, needed, (byte) '\n');
    limit = end;
    return array != before;
  }

  /** Takes the last value away. */
  void dropLast() {
    limit = start - 1;
    Arrays.fill(array, start, start + ByteChunks.SLACK - 1, (byte) '\n');
  }
}
