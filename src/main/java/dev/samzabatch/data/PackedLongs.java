package dev.samzabatch.data;

import java.util.Arrays;

/**
 * Longs in frame-of-reference packing (see {@link BatchCodec}). Static {@link #write} packs; an instance unpacks one
 * column from front to back.
 *
 * <p>
 * Both loops move whole longs for every width: the writer's next value overwrites what the last one wrote too much, the
 * reader masks away what it read too much.
 */
final class PackedLongs {

  private static final int MAX_WIDTH = Long.BYTES;

  private byte[] bytes = new byte[0];
  private int at;
  private int width;
  private long least;

  /** Appends the first {@code count} values. */
  static void write(long[] values, int count, ByteSink out) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    if (count == 0) {
      min = 0;
      max = 0;
    }
    int width = Math.max(widthOf(max - min), count > BatchCodec.MAX_FREE_ROWS ? 1 : 0);
    out.putByte(width);
    out.putLong(min);
    int start = out.reserve((long) count * width);
    pack(values, count, min, width, out.bytes(), start);
    out.resize(start + count * width);
  }

  private static void pack(long[] values, int count, long min, int width, byte[] target, int start) {
    if (width == 0) {
      return;
    }
    int to = start;
    for (int i = 0; i < count; i++) {
      ByteSink.LONGS.set(target, to, values[i] - min);
      to += width;
    }
  }

  /** How many bytes numbers from 0 to {@code range} (unsigned) need. */
  private static int widthOf(long range) {
    return (Long.SIZE + 7 - Long.numberOfLeadingZeros(range)) >>> 3;
  }

  /** Reads the head and passes over the values. */
  void open(ByteSource in, int count) throws BatchFormatException {
    width = in.getByte("the width of a column");
    if (width < 0 || width > MAX_WIDTH || width == 0 && count > BatchCodec.MAX_FREE_ROWS) {
      throw new BatchFormatException("width " + width + " for " + count + " values");
    }
    least = in.getLong("the least value of a column");
    at = in.skip((long) count * width, "a column of " + count + " values of width " + width);
    bytes = in.bytes();
  }

  /** Unpacks the next {@code count} values, which must be there. */
  void read(long[] target, int count) {
    if (width == 0) {
      Arrays.fill(target, 0, count, least);
      return;
    }
    int whole = Math.min(count, wholeLongs());
    unpack(bytes, at, width, least, target, whole);
    at += whole * width;
    for (int i = whole; i < count; i++) {
      target[i] = least + lastBytes();
      at += width;
    }
  }

  private static void unpack(byte[] source, int start, int width, long least, long[] target, int count) {
    long mask = -1L >>> (Long.SIZE - Byte.SIZE * width);
    int from = start;
    for (int i = 0; i < count; i++) {
      target[i] = ((long) ByteSink.LONGS.get(source, from) & mask) + least;
      from += width;
    }
  }

  /** For how many of the next values a whole long can be read without leaving the array. */
  private int wholeLongs() {
    int room = bytes.length - at - Long.BYTES;
    return room < 0 ? 0 : room / width + 1;
  }

  private long lastBytes() {
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << Byte.SIZE | bytes[at + i] & 0xFF;
    }
    return value;
  }
}
