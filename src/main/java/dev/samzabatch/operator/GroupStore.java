package dev.samzabatch.operator;

import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.state.RowStore;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.StreamReader;
import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Increments of groups in a database, by the position of their key. All are in the changelog too. */
final class GroupStore implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupStore.class);

  /** While loading, so many bytes are sorted at a time. */
  private static final long LOAD_BYTES = 16 << 20;

  private final OperatorState state;
  private final Changelog log;
  private final int[] keyColumns;
  private final RowStore rows;
  private long[] hashes = new long[RecordBatch.DEFAULT_ROWS];

  /**
   * An empty one.
   *
   * @param keyColumns in the rows of the changelog
   */
  GroupStore(OperatorState state, int[] keyColumns) throws IOException {
    this.state = state;
    this.keyColumns = keyColumns;
    log = state.changelogs().get(0);
    rows = state.stores().open(state.name(), log.schema());
  }

  /** Adds the rows of a batch of the changelog's schema. */
  void add(RecordBatch batch) throws IOException {
    if (batch.rowCount() > hashes.length) {
      hashes = new long[batch.rowCount()];
    }
    KeyHash.hash(batch, keyColumns, hashes);
    for (int i = 0; i < batch.rowCount(); i++) {
      hashes[i] = KeyBuckets.position(hashes[i]);
    }
    rows.add(batch, hashes);
  }

  /** Moves what was added to disk. */
  void flush() throws IOException {
    rows.flush();
  }

  /** Adds what the changelog has, but for buckets that end before the position. */
  void load(long position) throws IOException {
    FaultPoint.RESTORE_STATE.reach();
    long loaded = 0;
    int parts = log.parts();
    for (int part = 0; part < parts; part++) {
      if (KeyBuckets.start(part + 1, parts) <= position) {
        continue;
      }
      try (StreamReader reader = log.read(part)) {
        for (StreamItem item = reader.poll(); item != null; item = reader.poll()) {
          RecordBatch batch = (RecordBatch) item;
          add(batch);
          loaded += batch.rowCount();
          if (rows.bufferedBytes() > Math.min(LOAD_BYTES, BucketDrain.memoryLimit(state))) {
            flush();
          }
        }
      }
      LOG.info("state of {}: {} rows loaded, part {} of {}", state.name(), loaded, part + 1, parts);
    }
    flush();
  }

  /** Emits the groups from a position on. */
  Drain drain(long position, BucketDrain.Keys keys) {
    return new StoreDrain(rows, position, keys);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
