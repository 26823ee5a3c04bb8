package dev.samzabatch.system.log;

import dev.samzabatch.system.Durable;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the files of a lane back to what a commit says of them, durably. Whatever lies behind is deleted from its end
 * on, so that it can be done again after a crash at any point. Meanwhile others may drop segments that they have read.
 */
final class LaneCut {

  private final StreamDirectory directory;
  private final StreamSpec stream;
  private final String lane;

  LaneCut(StreamDirectory directory, StreamSpec stream, String lane) {
    this.directory = directory;
    this.stream = stream;
    this.lane = StreamDirectory.laneName(lane);
  }

  /**
   * Cuts the lane off behind these lengths, one a partition.
   *
   * @return where the last segment of each partition starts; 0 for a partition that has none
   * @throws DamagedLogException when there is less than was committed, or files of another stream
   */
  long[] to(long[] lengths) throws IOException {
    if (lengths.length != stream.partitions()) {
      throw new IllegalArgumentException(lengths.length + " lengths for " + stream.partitions() + " partitions");
    }
    try {
      return cut(lengths);
    } catch (NoSuchFileException e) {
      // A segment was dropped behind the back of the listing; there is one less to list now.
      return to(lengths);
    }
  }

  private long[] cut(long[] lengths) throws IOException {
    List<List<StreamDirectory.Segment>> kept = deleteBehind(lengths);
    long[] starts = new long[lengths.length];
    for (int partition = 0; partition < lengths.length; partition++) {
      if (lengths[partition] > 0 && !directory.isDropped(partition)) {
        starts[partition] = cut(partition, kept.get(partition), lengths[partition]);
      }
    }
    return starts;
  }

  /** Deletes the segments that start behind the lengths, and gives the others by partition. */
  private List<List<StreamDirectory.Segment>> deleteBehind(long[] lengths) throws IOException {
    List<List<StreamDirectory.Segment>> kept = new ArrayList<>();
    for (int partition = 0; partition < lengths.length; partition++) {
      kept.add(new ArrayList<>());
    }
    List<StreamDirectory.Segment> all = directory.segments();
    boolean deleted = false;
    for (int i = all.size() - 1; i >= 0; i--) {
      StreamDirectory.Segment segment = all.get(i);
      int partition = segment.partition();
      if (segment.lane().equals(lane) && partition < lengths.length) {
        if (segment.start() < lengths[partition]) {
          kept.get(partition).add(0, segment);
        } else {
          Files.delete(segment.path());
          deleted = true;
        }
      }
    }
    if (deleted) {
      Durable.syncDirectory(directory.path());
    }
    return kept;
  }

  /** Cuts the last of the segments that are left of a partition. */
  private long cut(int partition, List<StreamDirectory.Segment> kept, long length) throws IOException {
    if (kept.isEmpty()) {
      Path first = directory.file(partition, lane, 0);
      throw new DamagedLogException(first, 0, "the file is gone, but " + length + " bytes of the lane were committed");
    }
    long end = kept.get(0).start();
    for (StreamDirectory.Segment segment : kept) {
      if (segment.start() != end) {
        throw missing(segment.path(), end, segment.start());
      }
      LogFileHeader found = LogFileHeader.read(segment.path());
      if (!found.equals(LogFileHeader.of(stream, partition, lane, segment.start()))) {
        throw new DamagedLogException(segment.path(), 0, "the file belongs to another stream: " + found);
      }
      end += Files.size(segment.path());
    }
    StreamDirectory.Segment last = kept.get(kept.size() - 1);
    if (end < length) {
      long size = end - last.start();
      String fact = "the file ends here, but " + (length - last.start()) + " bytes of it were committed";
      throw new DamagedLogException(last.path(), size, fact);
    }
    if (end > length) {
      try (FileChannel channel = FileChannel.open(last.path(), StandardOpenOption.WRITE)) {
        channel.truncate(length - last.start());
        channel.force(true);
      }
    }
    return last.start();
  }

  /** The exception that tells of a gap in a lane before this file. */
  static DamagedLogException missing(Path file, long from, long to) {
    return new DamagedLogException(file, 0, "the bytes of the lane from " + from + " to " + to + " are missing");
  }
}
