package dev.samzabatch.plan;

import dev.samzabatch.format.FileSplit;
import dev.samzabatch.system.PartitionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Deals out to tasks what inputs have. */
final class Shares {

  private Shares() {}

  /**
   * One list a task, of about equal bytes. Splits keep their order, so a task reads neighbours; a split that is read to
   * the end of its file counts with the file's length.
   */
  static List<List<FileSplit>> ofSplits(List<FileSplit> splits, int tasks) {
    return balanced(splits, Shares::bytes, tasks);
  }

  /** One list a task, of about equal numbers of records. */
  static List<List<PartitionRange>> ofRanges(List<PartitionRange> ranges, int tasks) {
    return balanced(ranges, PartitionRange::records, tasks);
  }

  private static <T> List<List<T>> balanced(List<T> all, ToLongFunction<T> size, int tasks) {
    List<List<T>> shares = new ArrayList<>();
    long total = all.stream().mapToLong(size).sum();
    long before = 0;
    for (int task = 0; task < tasks; task++) {
      shares.add(new ArrayList<>());
    }
    for (T one : all) {
      long middle = before + size.applyAsLong(one) / 2;
      int task = total == 0 ? 0 : (int) Math.min(tasks - 1, (double) middle / total * tasks);
      shares.get(task).add(one);
      before += size.applyAsLong(one);
    }
    return shares;
  }

  private static long bytes(FileSplit split) {
    return Math.min(split.end(), split.file().length()) - split.start();
  }
}
