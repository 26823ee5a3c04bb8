package dev.samzabatch.system.log;

import dev.samzabatch.system.Block;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Finds out how long a lane is of which nobody has written down the length: up to its last intact block. What a crash
 * may have left of the last write is passed over, and nothing else: where an intact block lies behind the damage, there
 * was more than one write. How long a damaged block was cannot be known, so that is searched for byte by byte.
 */
final class LaneRecovery {

  private static final int CHUNK = 64 << 10;

  private final StreamSpec stream;
  private final String lane;
  private final int partition;
  private final List<StreamDirectory.Segment> segments;

  LaneRecovery(StreamDirectory directory, StreamSpec stream, String lane, int partition) throws IOException {
    this.stream = stream;
    this.lane = lane;
    this.partition = partition;
    this.segments = directory.segments(partition, lane);
  }

  /**
   * The length of the lane's intact blocks; 0 when there are none.
   *
   * @throws DamagedLogException when the lane is damaged before its last block
   */
  long length() throws IOException {
    long length = 0;
    long end = 0;
    for (int i = 0; i < segments.size(); i++) {
      StreamDirectory.Segment segment = segments.get(i);
      if (segment.start() != end) {
        throw LaneCut.missing(segment.path(), end, segment.start());
      }
      long size = Files.size(segment.path());
      long intact = intact(i, size);
      if (intact > 0) {
        length = segment.start() + intact;
      }
      end = segment.start() + size;
    }
    return length;
  }

  /** Where the last intact block of a segment ends; 0 when it has none. */
  private long intact(int index, long size) throws IOException {
    Path file = segments.get(index).path();
    LogFileHeader expected = LogFileHeader.of(stream, partition, lane, segments.get(index).start());
    try {
      LogFileHeader found = LogFileHeader.read(file);
      if (!found.equals(expected)) {
        throw new DamagedLogException(file, 0, "the file belongs to another stream: " + found);
      }
    } catch (DamagedLogException e) {
      refuseBlockBehind(index, 0, e);
      return 0;
    }
    long end = 0;
    try (BlockCursor cursor = new BlockCursor(file, expected.length())) {
      try {
        while (cursor.next(size)) {
          end = cursor.nextOffset();
        }
      } catch (DamagedLogException e) {
        refuseBlockBehind(index, cursor.offset() + 1, e);
      }
    }
    return end;
  }

  /** Passes the damage over when no intact block begins behind this byte of the segment or in a later one. */
  private void refuseBlockBehind(int index, long from, DamagedLogException damage) throws IOException {
    for (int i = index; i < segments.size(); i++) {
      Path file = segments.get(i).path();
      long found = findBlock(file, i == index ? from : 0);
      if (found >= 0) {
        throw damage.followedBy(file, found);
      }
    }
  }

  /** Where the first intact block at or behind {@code from} begins; -1 when there is none. */
  private static long findBlock(Path file, long from) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      for (long at = from; at + Block.HEADER <= size; at += CHUNK - Block.HEADER + 1) {
        chunk.clear();
        while (chunk.hasRemaining() && channel.read(chunk, at + chunk.position()) >= 0) {
          continue;
        }
        for (int i = 0; i + Block.HEADER <= chunk.position(); i++) {
          if (Block.head(chunk.array(), i) != null && isBlock(file, at + i, size)) {
            return at + i;
          }
        }
      }
    }
    return -1;
  }

  private static boolean isBlock(Path file, long at, long size) throws IOException {
    try (BlockCursor cursor = new BlockCursor(file, at)) {
      return cursor.next(size);
    } catch (DamagedLogException e) {
      return false;
    }
  }
}
