package dev.samzabatch.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952). Unlike the stream of the standard library it never takes a second member that is damaged,
 * cut or merely late for the end of the file: it reads to the end of the packed bytes or fails. Zero bytes behind the
 * last member, as tapes have them, are no error.
 *
 * <pre>
 * member = 1f 8b 08 flags mtime(4) xfl os [extra: length(2) bytes] [name 00] [comment 00] [header crc(2)]
 *          deflated bytes, crc32(4), unpacked length modulo 2^32 (4)
 * </pre>
 */
final class GzipInput extends InputStream {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final InputStream packed;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private int at;
  private int limit;
  private boolean inMember;
  private boolean ended;

  /** Reads the first header, so that what is not gzip at all is found here. */
  GzipInput(InputStream packed) throws IOException {
    this.packed = packed;
    try {
      startMember(required());
    } catch (IOException e) {
      inflater.end();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int count = inMember ? inflate(target, from, length) : 0;
      if (count > 0) {
        crc.update(target, from, count);
        return count;
      }
      if (!inMember) {
        nextMember();
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    ended = true;
    packed.close();
  }

  /** Returns 0 at the end of the member, whose trailer it has then checked, or when it must be called again. */
  private int inflate(byte[] target, int from, int length) throws IOException {
    try {
      int count = inflater.inflate(target, from, length);
      if (count > 0) {
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("it needs a dictionary");
      } else if (inflater.needsInput()) {
        if (!fill()) {
          throw truncated();
        }
        inflater.setInput(buffer, 0, limit);
      }
      return 0;
    } catch (DataFormatException e) {
      throw new ZipException("its bytes are damaged (" + (e.getMessage() == null ? "bad code" : e.getMessage()) + ")");
    }
  }

  private void endMember() throws IOException {
    at = limit - inflater.getRemaining();
    if (requiredInt() != (int) crc.getValue()) {
      throw new ZipException("its bytes are damaged (wrong checksum)");
    }
    if (requiredInt() != (int) inflater.getBytesWritten()) {
      throw new ZipException("its bytes are damaged (wrong length)");
    }
    inMember = false;
  }

  private void nextMember() throws IOException {
    int first = optional();
    while (first == 0) {
      first = optional();
      if (first > 0) {
        throw new ZipException("after its end there are bytes that are not gzip");
      }
    }
    if (first < 0) {
      ended = true;
    } else {
      startMember(first);
    }
  }

  private void startMember(int first) throws IOException {
    if (first != 0x1f || required() != 0x8b) {
      throw new ZipException("its bytes are not gzip");
    }
    if (required() != 8) {
      throw new ZipException("its packing method is unknown");
    }
    int flags = required();
    skip(6);
    if ((flags & FLAG_EXTRA) != 0) {
      skip(required() | required() << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(buffer, at, limit - at);
    crc.reset();
    inMember = true;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      required();
    }
  }

  private void skipText() throws IOException {
    while (required() != 0) {
      continue;
    }
  }

  private int requiredInt() throws IOException {
    return required() | required() << 8 | required() << 16 | required() << 24;
  }

  private int required() throws IOException {
    int value = optional();
    if (value < 0) {
      throw truncated();
    }
    return value;
  }

  private int optional() throws IOException {
    return at < limit || fill() ? buffer[at++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    at = 0;
    limit = Math.max(0, packed.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  private static EOFException truncated() {
    return new EOFException("it is incomplete: the file ends too early");
  }
}
