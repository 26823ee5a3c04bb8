package dev.samzabatch.system.log;

import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The segments of one lane of a partition, for a reader. */
final class LaneSegments {

  private final StreamDirectory directory;
  private final StreamSpec stream;
  private final int partition;
  private final String lane;

  LaneSegments(StreamDirectory directory, StreamSpec stream, int partition, String lane) {
    this.directory = directory;
    this.stream = stream;
    this.partition = partition;
    this.lane = lane;
  }

  /**
   * Where the segment starts that has the byte at this offset of the lane, or ends there.
   *
   * @throws DamagedLogException when it has been dropped, or is gone
   */
  long startOf(long offset) throws IOException {
    if (exists(offset)) {
      return offset;
    }
    long start = -1;
    long first = -1;
    for (StreamDirectory.Segment segment : directory.segments(partition, lane)) {
      first = first < 0 ? segment.start() : first;
      start = segment.start() <= offset ? segment.start() : start;
    }
    if (start < 0) {
      String there = first < 0 ? "nothing of the lane is there" : "the lane begins at byte " + first;
      throw new DamagedLogException(directory.file(partition, lane, offset), 0,
          "the bytes of the lane from " + offset + " on were dropped or lost: " + there);
    }
    return start;
  }

  /** Whether a segment starts there. */
  boolean exists(long start) {
    return Files.exists(directory.file(partition, lane, start));
  }

  /** Opens the segment that starts there, before the block at this offset of the lane or its first one. */
  BlockCursor open(long start, long offset) throws IOException {
    Path file = directory.file(partition, lane, start);
    LogFileHeader expected = LogFileHeader.of(stream, partition, lane, start);
    LogFileHeader found = LogFileHeader.read(file);
    if (!found.equals(expected)) {
      throw new DamagedLogException(file, 0, "expected the file of " + expected + ", found " + found);
    }
    return new BlockCursor(file, Math.max(offset - start, expected.length()));
  }
}
