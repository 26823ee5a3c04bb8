package dev.samzabatch.system.log;

import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The beginning of every stream file: it says what the file is, so that it can be read by itself. Numbers are
 * little-endian, a text is its length in bytes (int) and its UTF-8 form.
 *
 * <pre>
 *  0  int   magic "SLog"
 *  4  int   format version, 2
 *  8  int   length of the body in bytes
 * 12  body  partition (int) | start (long) | stream name (text) | lane (text) | schema (text)
 *  n  int   CRC32C of everything before
 * </pre>
 *
 * @param stream name of the stream
 * @param partition from 0
 * @param lane name of the container that writes
 * @param start offset of the file's first byte in the lane
 * @param schema of the records, as a schema string
 */
record LogFileHeader(String stream, int partition, String lane, long start, String schema) {

  private static final int MAGIC = 'S' | 'L' << 8 | 'o' << 16 | 'g' << 24;
  private static final int VERSION = 2;
  private static final int BODY = 3 * Integer.BYTES;
  private static final int FACTS = Integer.BYTES + Long.BYTES;

  /** The header of a lane's file. */
  static LogFileHeader of(StreamSpec stream, int partition, String lane, long start) {
    return new LogFileHeader(stream.name(), partition, lane, start, stream.schema().toString());
  }

  /** The header as bytes. */
  byte[] bytes() {
    byte[][] texts = {utf8(stream), utf8(lane), utf8(schema)};
    int body = FACTS + Integer.BYTES * texts.length + texts[0].length + texts[1].length + texts[2].length;
    ByteBuffer out = ByteBuffer.allocate(BODY + body + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putInt(VERSION).putInt(body).putInt(partition).putLong(start);
    for (byte[] text : texts) {
      out.putInt(text.length).put(text);
    }
    out.putInt(crc(out.array(), out.position()));
    return out.array();
  }

  /** How many bytes {@link #bytes()} has. */
  int length() {
    return bytes().length;
  }

  /**
   * Reads the header of a file.
   *
   * @throws DamagedLogException when it has none that this program knows
   */
  static LogFileHeader read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer start = read(channel, BODY);
      if (start.remaining() < BODY || start.getInt() != MAGIC) {
        throw new DamagedLogException(file, 0, "no stream file");
      }
      int version = start.getInt();
      if (version != VERSION) {
        String fact = "format version " + version + ", this program knows " + VERSION;
        throw new DamagedLogException(file, Integer.BYTES, fact);
      }
      int length = start.getInt();
      if (length < 0 || length > channel.size() - BODY - Integer.BYTES) {
        throw new DamagedLogException(file, 2L * Integer.BYTES, "the header is cut off");
      }
      ByteBuffer all = read(channel, BODY + length + Integer.BYTES);
      if (all.getInt(BODY + length) != crc(all.array(), BODY + length)) {
        throw new DamagedLogException(file, 0, "the checksum of the header differs");
      }
      all.position(BODY);
      if (length < FACTS) {
        throw new DamagedLogException(file, BODY, "the header is empty");
      }
      int partition = all.getInt();
      long laneOffset = all.getLong();
      return new LogFileHeader(text(all, file), partition, text(all, file), laneOffset, text(all, file));
    }
  }

  private static ByteBuffer read(FileChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) >= 0) {
      continue;
    }
    return buffer.flip();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer in, Path file) throws DamagedLogException {
    int length = in.remaining() < 2 * Integer.BYTES ? -1 : in.getInt();
    if (length < 0 || length > in.remaining() - Integer.BYTES) {
      throw new DamagedLogException(file, in.position(), "a text of the header that is longer than the header");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
