package dev.samzabatch.format;

/**
 * Walks over the bytes of one value in Avro's binary encoding:
 *
 * <pre>
 * int, long         zigzag (0, -1, 1, -2, ...), seven bits a byte, the lowest first, all but the last with the high bit
 * float, double     4 or 8 bytes, the lowest first
 * bytes, string     the length as a long, and so many bytes
 * enum, union       the index as an int, and for a union the value of that branch
 * array, map        blocks of a count and so many items, up to a count of 0;
 *                   behind a negative count there is the size of its block
 * record, fixed     the fields one behind another; so many bytes
 * </pre>
 *
 * Bytes that are not so written are noted as a bad record, which is left with {@link BadRecord}.
 */
final class AvroInput {

  /** Items of no bytes, as empty records are, do not come in larger blocks. */
  private static final int MAX_EMPTY_ITEMS = 10_000;

  private final BadRecords bad;
  private byte[] bytes = new byte[0];
  private int start;
  private int at;
  private int end;

  AvroInput(BadRecords bad) {
    this.bad = bad;
  }

  /** Starts with the value that begins at {@code from}; {@code to} is where the bytes end. */
  void set(byte[] array, int from, int to) {
    bytes = array;
    start = from;
    at = from;
    end = to;
  }

  /** The array that the value lies in. */
  byte[] bytes() {
    return bytes;
  }

  /** Where bad records are noted. */
  BadRecords bad() {
    return bad;
  }

  /** How many bytes have been passed. */
  int position() {
    return at - start;
  }

  /** Whether there are bytes left. */
  boolean hasMore() {
    return at < end;
  }

  /** An int or a long. */
  long readLong() {
    byte[] b = bytes;
    int next = at;
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (next == end) {
        throw cutOff();
      }
      byte seven = b[next++];
      value |= (seven & 0x7fL) << shift;
      if (seven >= 0) {
        at = next;
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw malformed("a number of at most ten bytes");
  }

  /** An int. */
  int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw malformed("a number that fits an int");
    }
    return (int) value;
  }

  /** A boolean as 0 or 1. */
  long readBoolean() {
    byte value = bytes[pass(1)];
    if (value != 0 && value != 1) {
      throw malformed("0 or 1 for a boolean");
    }
    return value;
  }

  /** A float. */
  float readFloat() {
    return Float.intBitsToFloat((int) Swar.INTS.get(bytes, pass(Float.BYTES)));
  }

  /** A double. */
  double readDouble() {
    return Double.longBitsToDouble(Swar.load(bytes, pass(Double.BYTES)));
  }

  /** The length of bytes that follow; they are all there. */
  int readLength() {
    long length = readLong();
    if (length < 0 || length > end - at) {
      throw length < 0 ? malformed("a length") : cutOff();
    }
    return (int) length;
  }

  /** The index of one of so many symbols or branches. */
  int readIndex(int count) {
    long index = readLong();
    if (index < 0 || index >= count) {
      throw malformed("the index of one of " + count + " symbols or branches");
    }
    return (int) index;
  }

  /** Passes over so many bytes and returns where they begin. */
  int pass(int length) {
    if (length > end - at) {
      throw cutOff();
    }
    int from = at;
    at += length;
    return from;
  }

  /** How many items the next block of an array or a map has; 0 when there is none. */
  long readCount() {
    long count = readLong();
    if (count < 0) {
      readLength();
      count = -count;
    }
    return checked(count);
  }

  /** The same for who does not want the items: a block that tells its size is passed over. */
  long readCountOrPass() {
    long count = readLong();
    while (count < 0) {
      pass(readLength());
      count = readLong();
    }
    return checked(count);
  }

  private long checked(long count) {
    if (count < 0 || count > Math.max(end - at, MAX_EMPTY_ITEMS)) {
      throw malformed("the number of items of a block");
    }
    return count;
  }

  /** Notes that something else was expected before this place; for the caller to throw. */
  BadRecord malformed(String expected) {
    bad.addMalformed(position(), "expected " + expected + " before offset " + position() + " of the record, found "
        + "something else", "was the record written with this schema? " + hint());
    return BadRecord.NOTED;
  }

  private BadRecord cutOff() {
    bad.addMalformed(position(), "the record ends at offset " + (end - start) + ", in the midst of a value",
        "was the record written with this schema? " + hint());
    return BadRecord.NOTED;
  }

  private String hint() {
    return "If so, " + bad.mend();
  }
}
