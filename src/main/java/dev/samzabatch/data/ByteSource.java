package dev.samzabatch.data;

/** The bytes of an encoded batch, read from front to back; reading past their end is refused. */
final class ByteSource {

  private final byte[] bytes;
  private final int end;
  private int at;

  ByteSource(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  byte[] bytes() {
    return bytes;
  }

  int remaining() {
    return end - at;
  }

  /** Passes over so many bytes and returns where in {@link #bytes()} they start. */
  int skip(long length, String what) throws BatchFormatException {
    if (length < 0 || length > end - at) {
      throw new BatchFormatException(what + " of " + length + " bytes where " + (end - at) + " are left");
    }
    int start = at;
    at += (int) length;
    return start;
  }

  byte getByte(String what) throws BatchFormatException {
    return bytes[skip(1, what)];
  }

  int getInt(String what) throws BatchFormatException {
    return (int) ByteSink.INTS.get(bytes, skip(Integer.BYTES, what));
  }

  long getLong(String what) throws BatchFormatException {
    return (long) ByteSink.LONGS.get(bytes, skip(Long.BYTES, what));
  }

  /** A number of values that is not negative. */
  int getCount(String what) throws BatchFormatException {
    int count = getInt(what);
    if (count < 0) {
      throw new BatchFormatException(what + " is " + count);
    }
    return count;
  }
}
