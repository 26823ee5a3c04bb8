package dev.samzabatch.expr;

import java.util.Arrays;

/** Arrays by group number. */
final class Groups {

  private static final int FEWEST = 16;

  private Groups() {}

  /** The i-th group of a list, where null stands for {@code 0, 1, 2, ...}. */
  static int at(int[] groups, int i) {
    return groups == null ? i : groups[i];
  }

  /** The array with room for so many groups: zeros, where it is new. */
  static long[] grown(long[] array, int groups) {
    return array.length >= groups ? array : Arrays.copyOf(array, size(array.length, groups));
  }

  /** The array with room for so many groups: zeros, where it is new. */
  static double[] grown(double[] array, int groups) {
    return array.length >= groups ? array : Arrays.copyOf(array, size(array.length, groups));
  }

  /** The array with room for so many groups: zeros, where it is new. */
  static int[] grown(int[] array, int groups) {
    return array.length >= groups ? array : Arrays.copyOf(array, size(array.length, groups));
  }

  /** The array with room for so many groups: false, where it is new. */
  static boolean[] grown(boolean[] array, int groups) {
    return array.length >= groups ? array : Arrays.copyOf(array, size(array.length, groups));
  }

  private static int size(int present, int needed) {
    return (int) Math.min(Integer.MAX_VALUE - 16, Math.max(Math.max(needed, FEWEST), (long) present * 2));
  }
}
