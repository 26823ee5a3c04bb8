package dev.samzabatch.system.log;

import dev.samzabatch.data.BatchDecoder;
import dev.samzabatch.data.BatchFormatException;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.system.Block;
import dev.samzabatch.system.LanePosition;
import java.io.Closeable;
import java.io.IOException;

/**
 * Reads one lane, up to a limit that moves, and gives its blocks as items, large ones in several batches. Since a
 * segment never changes once there is another behind it, a segment ends where its file ends or at the limit.
 */
final class LaneReader implements Closeable {

  private final LaneSegments segments;
  private final BatchDecoder decoder;
  private final int batchRows;
  private final LanePosition start;
  private long limit;
  private long segment;
  private long segmentEnd;
  private BlockCursor cursor;
  private int rowsLeft;

  /**
   * Opens nothing yet.
   *
   * @param decoder shared with other lanes; this one leaves it only between two blocks
   */
  LaneReader(LaneSegments segments, BatchDecoder decoder, int batchRows, LanePosition start) {
    this.segments = segments;
    this.decoder = decoder;
    this.batchRows = batchRows;
    this.start = start;
  }

  /** Sets how many bytes of the lane may be read. */
  void limit(long bytes) throws IOException {
    limit = bytes;
    findEnd();
  }

  /** Learns how much of the present segment may be read. */
  private void findEnd() throws IOException {
    if (cursor != null) {
      segmentEnd = Math.min(limit - segment, cursor.size());
    }
  }

  /** The next item; null when the limit is reached. */
  StreamItem poll() throws IOException {
    if (rowsLeft == 0 && !nextBlock()) {
      return null;
    }
    if (cursor.head().kind() != Block.BATCH) {
      StreamItem mark = Block.mark(cursor.head(), cursor.bytes(), cursor.payload());
      if (mark == null) {
        throw cursor.damaged("a mark that is too short");
      }
      return mark;
    }
    return nextRows(batchRows);
  }

  private StreamItem nextRows(int rows) throws IOException {
    try {
      StreamItem batch = decoder.next(rows);
      rowsLeft = decoder.remaining();
      return batch;
    } catch (BatchFormatException e) {
      throw cursor.damaged(e.getMessage());
    }
  }

  /** Goes to the next block that has something to give. */
  private boolean nextBlock() throws IOException {
    while (advance()) {
      if (cursor.head().kind() != Block.BATCH) {
        return true;
      }
      openBatch();
      if (segment + cursor.offset() == start.offset()) {
        skip(start.row());
      }
      if (rowsLeft > 0) {
        return true;
      }
    }
    if (cursor != null) {
      cursor.release();
    }
    return false;
  }

  /** Goes to the next block before the limit, be it in the next segment. */
  private boolean advance() throws IOException {
    if (cursor == null) {
      if (start.offset() >= limit) {
        return false;
      }
      open(segments.startOf(start.offset()), start.offset());
    }
    while (!cursor.next(segmentEnd)) {
      long next = segment + cursor.nextOffset();
      if (next >= limit) {
        return false;
      }
      if (cursor.nextOffset() != segmentEnd || !segments.exists(next)) {
        String fact = "the file ends here, but " + (limit - segment) + " bytes from its start on were committed";
        throw new DamagedLogException(cursor.file(), segmentEnd, fact);
      }
      cursor.close();
      open(next, next);
    }
    return true;
  }

  private void open(long segmentStart, long offset) throws IOException {
    cursor = segments.open(segmentStart, offset);
    segment = segmentStart;
    findEnd();
  }

  private void openBatch() throws IOException {
    try {
      decoder.open(cursor.bytes(), cursor.payload(), cursor.head().payload());
    } catch (BatchFormatException e) {
      throw cursor.damaged(e.getMessage());
    }
    rowsLeft = decoder.remaining();
    if (rowsLeft != cursor.head().rows()) {
      throw cursor.damaged("the block says " + cursor.head().rows() + " rows, its batch " + rowsLeft);
    }
  }

  private void skip(int rows) throws IOException {
    if (rows > rowsLeft) {
      throw cursor.damaged("a block of " + rowsLeft + " rows, of which " + rows + " had been read");
    }
    for (int left = rows; left > 0; left -= batchRows) {
      nextRows(Math.min(left, batchRows));
    }
  }

  /** How far the lane has been read. */
  LanePosition position() {
    if (cursor == null) {
      return start;
    }
    if (rowsLeft > 0) {
      return new LanePosition(segment + cursor.offset(), cursor.head().rows() - rowsLeft);
    }
    return new LanePosition(segment + cursor.nextOffset(), 0);
  }

  @Override
  public void close() throws IOException {
    if (cursor != null) {
      cursor.close();
    }
  }
}
