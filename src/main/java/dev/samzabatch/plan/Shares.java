package dev.samzabatch.plan;

import dev.samzabatch.format.FileSplit;
import java.util.ArrayList;
import java.util.List;

/** Deals splits out to tasks. */
final class Shares {

  private Shares() {}

  /**
   * One list a task, of about equal bytes. Splits keep their order, so a task reads neighbours; a split that is read to
   * the end of its file counts with the file's length.
   */
  static List<List<FileSplit>> balanced(List<FileSplit> splits, int tasks) {
    List<List<FileSplit>> shares = new ArrayList<>();
    long total = splits.stream().mapToLong(Shares::bytes).sum();
    long before = 0;
    for (int task = 0; task < tasks; task++) {
      shares.add(new ArrayList<>());
    }
    for (FileSplit split : splits) {
      long middle = before + bytes(split) / 2;
      int task = total == 0 ? 0 : (int) Math.min(tasks - 1, (double) middle / total * tasks);
      shares.get(task).add(split);
      before += bytes(split);
    }
    return shares;
  }

  private static long bytes(FileSplit split) {
    return Math.min(split.end(), split.file().length()) - split.start();
  }
}
