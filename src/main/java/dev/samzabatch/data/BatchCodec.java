package dev.samzabatch.data;

/**
 * The form of a batch on disk and on the wire. Numbers are little-endian. The schema is not part of it: who keeps
 * batches keeps their schema beside them.
 *
 * <pre>
 * batch  = version (byte, 1) | rows (int) | a column for each field of the schema
 * column = nulls | values by layout
 * nulls  = 0 (byte): none
 *        | 1 (byte) | bitmap of (rows + 7) / 8 bytes, bit set = null, lowest bit first
 *        | 2 (byte): every value is null, and no values follow; not for more than 65,536 rows
 *
 * LONG     packed
 * DOUBLE   packed IEEE 754 bits; of a FLOAT its 32 bits
 * DECIMAL  packed upper halves | packed lower halves
 * BYTES    packed lengths | bytes
 * ARRAY    packed lengths | elements (int) | column of the elements
 * MAP      packed lengths | entries (int) | column of the keys | column of the values
 * ROW      a column for each field; where the row is null, its fields are null too
 *
 * packed = width (byte, 0 to 8) | least value (long) | for each row: value - least, in width bytes
 *          (frame of reference; width 0 only up to 65,536 rows, so that few bytes never stand for very many values)
 * bytes  = 0 (byte) | length (int) | the bytes of all values
 *        | 1 (byte) | length (int) | packed length (int) | the bytes of all values as an LZ4 block
 * </pre>
 *
 * <p>
 * A value that is null has some value or the length 0. Frame of reference packing makes blocks of typical integers a
 * third of their size and is faster to write and read than the longs as they are; LZ4 costs more time than that, so it
 * is used for bytes only, and only where it saves a quarter.
 */
public final class BatchCodec {

  /** The only version there is. */
  static final byte VERSION = 1;

  /** Up to so many rows a column may take no bytes at all. */
  static final int MAX_FREE_ROWS = 65_536;

  static final byte NO_NULLS = 0;
  static final byte SOME_NULLS = 1;
  static final byte ALL_NULL = 2;

  static final byte PLAIN_BYTES = 0;
  static final byte LZ4_BYTES = 1;

  private BatchCodec() {}

  /** An encoder of batches of this schema; it reuses its memory. */
  public static BatchEncoder encoder(Schema schema) {
    return new BatchEncoder(schema);
  }

  /** A decoder of batches of this schema; it reuses its memory. */
  public static BatchDecoder decoder(Schema schema) {
    return new BatchDecoder(schema);
  }
}
