package dev.samzabatch.data;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them, in messages, plans and progress. */
public final class Quantities {

  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};

  private Quantities() {}

  /**
   * Bytes with the largest unit (powers of 1,024) that leaves at least 1: {@code 0 B}, {@code 999 B}, {@code 1.5 MB}.
   */
  public static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1023.95 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
  }

  /** A whole number with commas: {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number and its noun: {@code 1 row}, {@code 2,000 rows}. */
  public static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** A duration: {@code 0.42s}, {@code 12.3s}, {@code 4m12s}, {@code 3h05m}, {@code 2d04h}. */
  public static String duration(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 59_950) {
      return String.format(Locale.ROOT, millis < 9_995 ? "%.2fs" : "%.1fs", millis / 1000.0);
    }
    long seconds = Math.round(millis / 1000.0);
    if (seconds < 3_600) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    }
    long minutes = seconds / 60;
    return minutes < 24 * 60
        ? String.format(Locale.ROOT, "%dh%02dm", minutes / 60, minutes % 60)
        : String.format(Locale.ROOT, "%dd%02dh", minutes / (24 * 60), minutes / 60 % 24);
  }
}
