package dev.samzabatch.operator;

import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.state.RowStore;
import dev.samzabatch.state.RowStoreReader;
import java.io.IOException;

/** Reads a database in the order of positions, as many keys at a time as make a step. */
final class StoreDrain implements Drain {

  private static final int ROWS_A_STEP = 64 * RecordBatch.DEFAULT_ROWS;

  private final RowStoreReader reader;
  private final BucketDrain.Keys keys;
  private long position;

  /** One that goes on at a position. */
  StoreDrain(RowStore store, long position, BucketDrain.Keys keys) {
    this.keys = keys;
    this.position = position;
    reader = store.read(position);
  }

  @Override
  public boolean step(Output output) throws IOException {
    if (position == KeyBuckets.END) {
      return false;
    }
    keys.begin();
    long rows = 0;
    do {
      RecordBatch batch = reader.next();
      keys.take(0, batch);
      rows += batch.rowCount();
    } while (reader.position() < KeyBuckets.END && (rows < ROWS_A_STEP || !reader.isBetweenPositions()));
    keys.emit(output);
    keys.begin();
    position = reader.position();
    return position < KeyBuckets.END;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public long memoryBytes() {
    return keys.memoryBytes();
  }

  @Override
  public void close() {
    reader.close();
  }
}
