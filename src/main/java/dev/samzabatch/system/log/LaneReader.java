package dev.samzabatch.system.log;

import dev.samzabatch.data.BatchDecoder;
import dev.samzabatch.data.BatchFormatException;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.system.LanePosition;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Reads one file, up to a limit that moves, and gives its blocks as items, large ones in several batches. */
final class LaneReader implements Closeable {

  private final Path file;
  private final LogFileHeader header;
  private final BatchDecoder decoder;
  private final int batchRows;
  private LanePosition start;
  private long limit;
  private BlockCursor cursor;
  private int rowsLeft;

  /**
   * Opens nothing yet.
   *
   * @param header what the file is expected to be
   * @param decoder shared with other lanes; this one leaves it only between two blocks
   */
  LaneReader(Path file, LogFileHeader header, BatchDecoder decoder, int batchRows, LanePosition start) {
    this.file = file;
    this.header = header;
    this.decoder = decoder;
    this.batchRows = batchRows;
    this.start = start;
  }

  /** Sets how many bytes of the file may be read. */
  void limit(long bytes) {
    limit = bytes;
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
    if (cursor == null && start.offset() < limit) {
      open();
    }
    while (cursor != null && cursor.next(limit)) {
      if (cursor.head().kind() != Block.BATCH) {
        return true;
      }
      openBatch();
      if (cursor.offset() == start.offset()) {
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

  private void open() throws IOException {
    LogFileHeader found = LogFileHeader.read(file);
    if (!found.equals(header)) {
      throw new DamagedLogException(file, 0, "expected the file of " + header + ", found " + found);
    }
    cursor = new BlockCursor(file, Math.max(start.offset(), header.length()));
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

  /** How far the file has been read. */
  LanePosition position() {
    if (cursor == null) {
      return start;
    }
    if (rowsLeft > 0) {
      return new LanePosition(cursor.offset(), cursor.head().rows() - rowsLeft);
    }
    return new LanePosition(cursor.nextOffset(), 0);
  }

  @Override
  public void close() throws IOException {
    if (cursor != null) {
      cursor.close();
    }
  }
}
