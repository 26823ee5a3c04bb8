package dev.samzabatch.data;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody probably meant. */
public final class NearestName {

  private static final int MAX_LENGTH = 100;

  private NearestName() {}

  /**
   * The known name with the fewest edits (insert, delete, replace, swap of neighbours; case does not count), provided
   * that at most a third of its letters differ, or one of a short name's. Of equally near names the alphabetically
   * first.
   */
  public static Optional<String> of(String wanted, Collection<String> known) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String name : known) {
      int distance = distance(fold(wanted), fold(name));
      boolean near = distance <= allowed(Math.max(wanted.length(), name.length()));
      if (near && (distance < bestDistance || distance == bestDistance && name.compareTo(best) < 0)) {
        best = name;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code did you mean "x"?}, or an empty string when nothing is near. */
  public static String hint(String wanted, Collection<String> known) {
    return of(wanted, known).map(name -> "did you mean \"" + name + "\"?").orElse("");
  }

  private static int allowed(int length) {
    return length < 3 ? 0 : Math.max(1, length / 3);
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static int distance(String a, String b) {
    if (a.length() > MAX_LENGTH || b.length() > MAX_LENGTH) {
      return a.equals(b) ? 0 : Integer.MAX_VALUE;
    }
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cheapest(int[][] edits, String a, String b, int i, int j) {
    int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
  }
}
