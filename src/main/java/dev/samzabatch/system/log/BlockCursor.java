package dev.samzabatch.system.log;

import dev.samzabatch.system.Block;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Goes through the blocks of one file, reading many at a time, and checks each. The bytes of a block are valid until
 * the next call of {@link #next}.
 */
final class BlockCursor implements Closeable {

  private static final int READ_AHEAD = 256 << 10;

  private final Path file;
  private final FileChannel channel;
  private byte[] buffer = new byte[0];
  private long bufferStart;
  private int bufferLength;
  private long next;
  private long offset;
  private Block.Head head;

  /** Opens the file before the block at {@code start}. */
  BlockCursor(Path file, long start) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.next = start;
    this.bufferStart = start;
  }

  /**
   * Goes to the next block.
   *
   * @param limit where the file ends for this reader; it must end with a whole block
   * @return false when there is no further block before the limit
   * @throws DamagedLogException when there are bytes, but no block that is intact
   */
  boolean next(long limit) throws IOException {
    if (next >= limit) {
      return false;
    }
    offset = next;
    fill(Block.HEADER, limit);
    head = Block.head(buffer, at());
    if (head == null) {
      throw damaged("no block of a format that this program knows");
    }
    fill((long) Block.HEADER + head.payload(), limit);
    if (!Block.isIntact(buffer, at(), head)) {
      throw damaged("the checksum of the block differs");
    }
    next = offset + Block.HEADER + head.payload();
    return true;
  }

  /** Sees to it that the buffer holds {@code length} bytes from the offset on. */
  private void fill(long length, long limit) throws IOException {
    if (length > limit - offset) {
      throw damaged("the block is cut off: " + length + " bytes, of which " + (limit - offset) + " are there");
    }
    if (offset + length <= bufferStart + bufferLength) {
      return;
    }
    int kept = (int) Math.max(0, bufferStart + bufferLength - offset);
    int wanted = (int) Math.max(length, Math.min(READ_AHEAD, limit - offset));
    byte[] target = buffer.length < wanted ? new byte[wanted] : buffer;
    System.arraycopy(buffer, bufferLength - kept, target, 0, kept);
    buffer = target;
    bufferStart = offset;
    bufferLength = kept;
    ByteBuffer free = ByteBuffer.wrap(buffer, kept, wanted - kept);
    while (bufferLength < length) {
      int read = channel.read(free, bufferStart + bufferLength);
      if (read < 0) {
        throw damaged("the file ends before byte " + (offset + length));
      }
      bufferLength += read;
    }
  }

  /** The exception that tells of damage at the present block. */
  DamagedLogException damaged(String fact) {
    return new DamagedLogException(file, offset, fact);
  }

  /** How long the file is at present. */
  long size() throws IOException {
    return channel.size();
  }

  Path file() {
    return file;
  }

  /** Where the present block starts. */
  long offset() {
    return offset;
  }

  /** Where the next block starts. */
  long nextOffset() {
    return next;
  }

  Block.Head head() {
    return head;
  }

  byte[] bytes() {
    return buffer;
  }

  /** Where the payload of the present block starts in {@link #bytes()}. */
  int payload() {
    return at() + Block.HEADER;
  }

  private int at() {
    return (int) (offset - bufferStart);
  }

  /** Gives the memory back until there is more to read; the present block is gone. */
  void release() {
    buffer = new byte[0];
    bufferStart = next;
    bufferLength = 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
