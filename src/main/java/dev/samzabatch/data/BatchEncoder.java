package dev.samzabatch.data;

/** Encodes batches in the form of {@link BatchCodec}. Reuses its memory; not thread-safe. */
public final class BatchEncoder {

  private final Schema schema;
  private final ColumnEncoder[] columns;
  private final ByteSink out = new ByteSink();

  BatchEncoder(Schema schema) {
    this.schema = schema;
    this.columns = ColumnEncoder.of(schema);
  }

  /**
   * Encodes the rows of the batch that count.
   *
   * @param headroom how many bytes to leave free before them, for the caller to fill
   * @return where in {@link #bytes()} the encoded batch, which starts at {@code headroom}, ends
   * @throws IllegalArgumentException when the batch has another schema or takes more than 2 GiB
   */
  public int encode(RecordBatch batch, int headroom) {
    if (!batch.schema().equals(schema)) {
      throw new IllegalArgumentException("a batch of " + batch.schema() + " where " + schema + " is expected");
    }
    out.resize(0);
    out.reserve(headroom);
    out.resize(headroom);
    out.putByte(BatchCodec.VERSION);
    out.putInt(batch.rowCount());
    for (int i = 0; i < columns.length; i++) {
      columns[i].encode(batch.column(i), batch.selection(), batch.rowCount(), null, out);
    }
    return out.size();
  }

  /** The array that holds what was encoded last, valid until the next call; it may be longer. */
  public byte[] bytes() {
    return out.bytes();
  }
}
