package dev.samzabatch.container;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Closes several things, whatever becomes of each. */
final class Closing {

  private Closing() {}

  /**
   * Closes all of them, in their order.
   *
   * @throws IOException with the first failure, after all have been tried
   */
  static void all(List<? extends Closeable> open) throws IOException {
    Exception first = null;
    for (Closeable one : open) {
      try {
        one.close();
      } catch (IOException | RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw new IOException("cannot close: " + first.getMessage(), first);
    }
  }
}
