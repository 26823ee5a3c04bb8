package dev.samzabatch.data;

/**
 * Decodes batches in the form of {@link BatchCodec}, some rows at a time: {@link #open} takes an encoded batch,
 * {@link #next} gives its rows. Bytes that are no batch are refused with an exception; they never make it read outside
 * of them or take memory out of proportion. Reuses its memory; not thread-safe.
 */
public final class BatchDecoder {

  private final Schema schema;
  private final ColumnDecoder[] decoders;
  private final ColumnVector[] vectors;
  private int remaining;

  BatchDecoder(Schema schema) {
    this.schema = schema;
    this.decoders = new ColumnDecoder[schema.size()];
    this.vectors = new ColumnVector[schema.size()];
    for (int i = 0; i < decoders.length; i++) {
      vectors[i] = schema.type(i).newVector(0);
      decoders[i] = new ColumnDecoder(schema.type(i), vectors[i]);
    }
  }

  /**
   * Goes to the beginning of an encoded batch. The bytes must stay as they are while its rows are in use.
   *
   * @throws BatchFormatException when they are no batch of the schema, as far as can be seen without decoding the rows
   */
  public void open(byte[] bytes, int offset, int length) throws BatchFormatException {
    remaining = 0;
    ByteSource in = new ByteSource(bytes, offset, length);
    byte version = in.getByte("the version");
    if (version != BatchCodec.VERSION) {
      throw new BatchFormatException("version " + version + " of the batch format; this program knows 1");
    }
    int rows = in.getCount("the number of rows");
    for (ColumnDecoder decoder : decoders) {
      decoder.open(in, rows);
    }
    if (in.remaining() != 0) {
      throw new BatchFormatException(in.remaining() + " bytes too many");
    }
    remaining = rows;
  }

  /** How many rows {@link #next} has not given yet. */
  public int remaining() {
    return remaining;
  }

  /**
   * The next rows, at most {@code maxRows} and at most {@link #remaining()}; valid until the next call of {@code next}
   * or {@code open}.
   *
   * @throws BatchFormatException when the bytes turn out to be damaged
   */
  public RecordBatch next(int maxRows) throws BatchFormatException {
    int rows = Math.min(maxRows, remaining);
    for (ColumnDecoder decoder : decoders) {
      decoder.decode(rows);
    }
    remaining -= rows;
    return RecordBatch.of(schema, vectors, rows);
  }
}
