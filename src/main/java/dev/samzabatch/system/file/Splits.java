package dev.samzabatch.system.file;

import dev.samzabatch.format.FileSplit;
import dev.samzabatch.format.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Cuts files for parallel reading. */
public final class Splits {

  /** Smaller pieces cost more to open than they gain. */
  static final long MIN_BYTES = 4L << 20;

  /** So many pieces a container even out that some are slower than others. */
  private static final int PIECES_PER_CONTAINER = 4;

  private Splits() {}

  /**
   * The splits of these files, in their order: a file that may be cut is cut into pieces of about the same size, others
   * are one split each. Together they give every byte once; the same files give the same splits.
   *
   * @param splittable whether a file may be cut anywhere
   * @param containers how many threads are to read, at least 1
   */
  public static List<FileSplit> cut(
      List<? extends SourceFile> files, Predicate<SourceFile> splittable, int containers) {
    long total = files.stream().mapToLong(SourceFile::length).sum();
    long size = Math.max(MIN_BYTES, total / ((long) containers * PIECES_PER_CONTAINER));
    List<FileSplit> splits = new ArrayList<>();
    for (SourceFile file : files) {
      if (splittable.test(file) && file.length() > 0) {
        cut(file, size, splits);
      } else {
        splits.add(new FileSplit(file, 0, Long.MAX_VALUE));
      }
    }
    return splits;
  }

  private static void cut(SourceFile file, long size, List<FileSplit> splits) {
    long length = file.length();
    long pieces = Math.max(1, Math.round((double) length / size));
    long start = 0;
    for (long piece = 1; piece <= pieces; piece++) {
      long end = piece == pieces ? length : (long) ((double) length / pieces * piece);
      splits.add(new FileSplit(file, start, end));
      start = end;
    }
  }
}
