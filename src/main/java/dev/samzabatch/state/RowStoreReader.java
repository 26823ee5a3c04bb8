package dev.samzabatch.state;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Reads a {@link RowStore} in the order of positions. Rows of the same position come in one batch, or in batches one
 * behind the other. Used by one thread, and closed before the store.
 */
public final class RowStoreReader implements Closeable {

  /** The position behind all. */
  public static final long END = 1L << Integer.SIZE;

  private static final int MOST_ROWS = 2 * RecordBatch.DEFAULT_ROWS;

  private final RocksIterator iterator;
  private final RowStore store;
  private final Schema schema;
  private final ColumnVector[] columns;
  private final RowBytes row = new RowBytes();
  private final ByteBuffer key = ByteBuffer.allocateDirect(RowStore.KEY_BYTES);
  private ByteBuffer value = ByteBuffer.allocateDirect(1024);

  /** Position of the next row. */
  private long position;

  /** Position of the last row that was given; -1 at first. */
  private long given = -1;

  RowStoreReader(RocksIterator iterator, RowStore store, Schema schema, long fromPosition) {
    this.iterator = iterator;
    this.store = store;
    this.schema = schema;
    columns = schema.newVectors(RecordBatch.DEFAULT_ROWS);
    position = fromPosition;
    if (fromPosition < END) {
      iterator.seek(ByteBuffer.allocate(Integer.BYTES).putInt((int) fromPosition).array());
    }
  }

  /**
   * The next rows; none when there are no more. They are valid until the next call.
   *
   * @throws IOException when the database cannot be read
   */
  public RecordBatch next() throws IOException {
    for (ColumnVector column : columns) {
      column.clear();
    }
    int count = 0;
    locate();
    while (position < END && count < MOST_ROWS && (count < RecordBatch.DEFAULT_ROWS || !isBetweenPositions())) {
      given = position;
      readValue();
      row.rewind();
      row.read(columns, count++);
      iterator.next();
      locate();
    }
    return RecordBatch.of(schema, columns, count);
  }

  /** Finds out the position of the next row. */
  private void locate() throws IOException {
    if (position == END) {
      return;
    }
    if (iterator.isValid()) {
      key.clear();
      iterator.key(key);
      position = key.getInt(0) & (END - 1);
      return;
    }
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw store.failure(e);
    }
    position = END;
  }

  private void readValue() {
    value.clear();
    int length = iterator.value(value);
    if (length > value.capacity()) {
      value = ByteBuffer.allocateDirect(2 * length);
      iterator.value(value);
    }
    row.reserve(length);
    value.position(0).limit(length);
    value.get(row.bytes(), 0, length);
  }

  /** The position of the row behind those that were given; {@link #END} when there is none. */
  public long position() {
    return position;
  }

  /** Whether all rows of the position of the last one were given. */
  public boolean isBetweenPositions() {
    return position != given;
  }

  @Override
  public void close() {
    iterator.close();
  }
}
