package dev.samzabatch.system;

import dev.samzabatch.data.EndOfStream;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.data.Watermark;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A block: what is appended to a lane of a stream in one go. Numbers are little-endian.
 *
 * <pre>
 *  0  int    magic "SBlk"
 *  4  byte   format version, 1
 *  5  byte   kind: 1 batch, 2 end of stream, 3 watermark, 4 begun anew
 *  6  short  0
 *  8  int    length of the payload in bytes
 * 12  int    rows of the batch; 0 for the other kinds
 * 16  int    CRC32C of the bytes 0 to 15 and the payload
 * 20  payload
 *       batch          as BatchCodec draws it
 *       end of stream  name of the task in UTF-8
 *       watermark      timestamp (long, microseconds) | name of the task in UTF-8
 *       begun anew     nothing; all that came before it in its partition is forgotten
 * </pre>
 */
public final class Block {

  /** Bytes of the head. */
  public static final int HEADER = 20;

  /** Kind of a block of rows. */
  public static final byte BATCH = 1;

  /** Kind of a block that is an end-of-stream mark. */
  public static final byte END_OF_STREAM = 2;

  /** Kind of a block that is a watermark. */
  public static final byte WATERMARK = 3;

  /** Kind of a block behind which a partition is begun anew; only where blocks are kept that are forgotten. */
  public static final byte BEGUN_ANEW = 4;

  private static final int MAGIC = 'S' | 'B' << 8 | 'l' << 16 | 'k' << 24;
  private static final byte VERSION = 1;
  private static final int CHECKED_HEADER = 16;

  /**
   * The head of a block as it was read.
   *
   * @param kind one of the four
   * @param payload its length in bytes
   * @param rows of the batch
   */
  public record Head(byte kind, int payload, int rows) {}

  private Block() {}

  /** Writes the head in front of the payload, which stands in {@code bytes} from {@link #HEADER} to {@code end}. */
  public static void seal(byte[] bytes, int end, byte kind, int rows) {
    ByteBuffer head = ByteBuffer.wrap(bytes, 0, HEADER).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(MAGIC).put(VERSION).put(kind).putShort((short) 0).putInt(end - HEADER).putInt(rows);
    head.putInt(crc(bytes, 0, end - HEADER));
  }

  /** The block of a mark. */
  public static byte[] of(EndOfStream mark) {
    byte[] task = mark.task().getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(HEADER + task.length);
    out.position(HEADER).put(task);
    seal(out.array(), out.capacity(), END_OF_STREAM, 0);
    return out.array();
  }

  /** The block of a mark. */
  public static byte[] of(Watermark mark) {
    byte[] task = mark.task().getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(HEADER + Long.BYTES + task.length).order(ByteOrder.LITTLE_ENDIAN);
    out.position(HEADER).putLong(mark.timestamp()).put(task);
    seal(out.array(), out.capacity(), WATERMARK, 0);
    return out.array();
  }

  /** The block behind which a partition is begun anew. */
  public static byte[] begunAnew() {
    byte[] block = new byte[HEADER];
    seal(block, HEADER, BEGUN_ANEW, 0);
    return block;
  }

  /**
   * The mark that a block of kind {@link #END_OF_STREAM} or {@link #WATERMARK} has as payload; null when it is too
   * short, or of another kind.
   */
  public static StreamItem mark(Head head, byte[] bytes, int payload) {
    if (head.kind() == END_OF_STREAM) {
      return new EndOfStream(new String(bytes, payload, head.payload(), StandardCharsets.UTF_8));
    }
    if (head.kind() != WATERMARK || head.payload() < Long.BYTES) {
      return null;
    }
    long timestamp = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(payload);
    String task = new String(bytes, payload + Long.BYTES, head.payload() - Long.BYTES, StandardCharsets.UTF_8);
    return new Watermark(task, timestamp);
  }

  /**
   * Reads a head without looking at the payload.
   *
   * @return null when there is none that this program knows at {@code start}
   */
  public static Head head(byte[] bytes, int start) {
    ByteBuffer in = ByteBuffer.wrap(bytes, start, HEADER).order(ByteOrder.LITTLE_ENDIAN);
    boolean known = in.getInt() == MAGIC && in.get() == VERSION;
    byte kind = in.get();
    boolean plain = in.getShort() == 0;
    int payload = in.getInt();
    int rows = in.getInt();
    boolean valid = known && plain && kind >= BATCH && kind <= BEGUN_ANEW && payload >= 0 && rows >= 0;
    return valid ? new Head(kind, payload, rows) : null;
  }

  /** Whether head and payload of the block at {@code start} have the checksum that it says. */
  public static boolean isIntact(byte[] bytes, int start, Head head) {
    int stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(start + CHECKED_HEADER);
    return stored == crc(bytes, start, head.payload());
  }

  private static int crc(byte[] bytes, int start, int payload) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, CHECKED_HEADER);
    crc.update(bytes, start + HEADER, payload);
    return (int) crc.getValue();
  }
}
