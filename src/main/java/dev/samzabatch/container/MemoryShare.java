package dev.samzabatch.container;

import java.io.IOException;
import java.util.List;

/**
 * The heap that one container's operators may hold together. Operators grow by doubling, so they are asked to spill
 * when they hold half of it. Used by the container's thread.
 */
final class MemoryShare {

  /** Operators are asked how much they hold after so many batches. */
  private static final int EVERY = 4;

  /** Less is not enough to work with. */
  private static final long LEAST = 1 << 20;

  /** An operator that holds less than this part of the share is not asked to spill: it would be asked all the time. */
  private static final int WORTHWHILE = 32;

  private long bytes;
  private int batches;

  MemoryShare(long bytes) {
    this.bytes = Math.max(LEAST, bytes);
  }

  /** How much it is. */
  long bytes() {
    return bytes;
  }

  /** Takes half of it away, since the heap was full. */
  void halve() {
    bytes = Math.max(LEAST, bytes / 2);
  }

  /** Whether another task may be opened beside these. */
  boolean allowsMore(List<Task> open) {
    return held(open) < bytes / 4;
  }

  /** Makes the operators that hold most spill until all together keep within the share, as far as they can. */
  void keep(List<Task> open) throws IOException {
    batches++;
    if (batches < EVERY) {
      return;
    }
    batches = 0;
    keepNow(open);
  }

  /** The same at once. */
  void keepNow(List<Task> open) throws IOException {
    boolean gave = true;
    while (gave && held(open) > bytes / 2) {
      gave = false;
      for (Task task : open.stream().sorted(MemoryShare::largestFirst).toList()) {
        if (task.chain().spill(bytes / WORTHWHILE)) {
          gave = true;
          break;
        }
      }
    }
  }

  private static int largestFirst(Task one, Task other) {
    return Long.compare(other.chain().largestMemoryBytes(), one.chain().largestMemoryBytes());
  }

  private static long held(List<Task> open) {
    long sum = 0;
    for (Task task : open) {
      sum += task.chain().memoryBytes();
    }
    return sum;
  }
}
