package dev.samzabatch.operator;

import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.StreamItem;
import dev.samzabatch.state.Changelog;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.system.StreamReader;
import java.io.IOException;

/**
 * Reads a changelog bucket by bucket, and of a bucket whose keys do not fit memory the keys of one range of positions
 * after the other, each time from the bucket's beginning.
 *
 * <pre>
 * range  from position, up to its width, within a bucket
 *        does not fit: a quarter as wide, again    fits easily: the next one is four times as wide
 * </pre>
 */
final class BucketDrain implements Drain {

  /** What is made of the keys of one range. */
  interface Keys {

    /** Forgets all keys. */
    void begin();

    /**
     * Takes rows.
     *
     * @param round 0 for the first part of the bucket, 1 for the second
     */
    void take(int round, RecordBatch batch);

    /** How many keys there are. */
    int size();

    /** About how many bytes of heap they use. */
    long memoryBytes();

    /** Emits what belongs to all keys that were taken. */
    void emit(Output output) throws IOException;

    /**
     * Called when a single key does not fit memory: it may be worked on in more passes than before.
     *
     * @return whether to begin again with its first row; false when memory has to do
     */
    default boolean divide() {
      return false;
    }

    /** Called when all rows of a range have been taken: whether to take them once more. */
    default boolean nextPass() {
      return false;
    }
  }

  private static final int BATCHES_A_STEP = 64;

  /** By how much a range becomes narrower or wider. */
  private static final int STEP = 4;

  /** Less memory than this would only mean that buckets are read again and again. */
  private static final long LEAST_MEMORY = 64 << 10;

  private final Changelog log;
  private final int[] keyColumns;
  private final int buckets;
  private final long memoryLimit;
  private final Keys keys;
  private long[] hashes = new long[RecordBatch.DEFAULT_ROWS];
  private int[] selection = new int[RecordBatch.DEFAULT_ROWS];
  private long position;
  private long end;
  private long width;
  private long emptyBytes;
  private int round;
  private StreamReader reader;

  /**
   * One that goes on at a position.
   *
   * @param keyColumns in the changelog's rows
   * @param buckets how many there are; bucket b has the parts b, b + buckets, ...
   * @param memoryLimit for the keys of one range, in bytes
   */
  BucketDrain(Changelog log, int[] keyColumns, int buckets, long memoryLimit, Keys keys) {
    this.log = log;
    this.keyColumns = keyColumns;
    this.buckets = buckets;
    this.memoryLimit = memoryLimit;
    this.keys = keys;
    width = KeyBuckets.start(1, buckets);
  }

  /** How many bytes the keys of one range may use. */
  static long memoryLimit(OperatorState state) {
    return Math.max(LEAST_MEMORY, state.memoryBytes() / 2);
  }

  /** Goes on at a position that {@link #position()} gave. */
  BucketDrain from(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public boolean step(Output output) throws IOException {
    if (position == KeyBuckets.END) {
      return false;
    }
    if (reader == null) {
      begin();
    }
    for (int batches = 0; batches < BATCHES_A_STEP; batches++) {
      StreamItem item = reader.poll();
      if (item != null) {
        keys.take(round, inRange((RecordBatch) item));
        if (held() > memoryLimit && divide()) {
          close();
          return true;
        }
      } else if (!nextRound()) {
        if (keys.nextPass()) {
          open();
          return true;
        }
        emit(output);
        return position < KeyBuckets.END;
      }
    }
    return true;
  }

  private long held() {
    return keys.memoryBytes() - emptyBytes;
  }

  /** Makes less of the range at a time; false when it cannot be divided. */
  private boolean divide() {
    if (keys.size() > 1 && end - position > 1) {
      width = Math.max(1, (end - position) / STEP);
      return true;
    }
    return keys.divide();
  }

  private void begin() throws IOException {
    int bucket = KeyBuckets.bucketAt(position, buckets);
    end = Math.min(position + width, KeyBuckets.start(bucket + 1, buckets));
    keys.begin();
    emptyBytes = keys.memoryBytes();
    open();
  }

  private void open() throws IOException {
    close();
    round = 0;
    reader = log.read(KeyBuckets.bucketAt(position, buckets));
  }

  private boolean nextRound() throws IOException {
    int part = KeyBuckets.bucketAt(position, buckets) + (round + 1) * buckets;
    if (part >= log.parts()) {
      return false;
    }
    reader.close();
    reader = log.read(part);
    round++;
    return true;
  }

  private void emit(Output output) throws IOException {
    close();
    keys.emit(output);
    if (held() < memoryLimit / STEP) {
      width = Math.min(STEP * width, KeyBuckets.start(1, buckets));
    }
    position = end;
    keys.begin();
  }

  /** The rows of a batch whose keys are in the range. */
  private RecordBatch inRange(RecordBatch batch) {
    if (end - position == KeyBuckets.start(1, buckets)) {
      return batch;
    }
    int count = batch.rowCount();
    if (count > hashes.length) {
      hashes = new long[count];
      selection = new int[count];
    }
    KeyHash.hash(batch, keyColumns, hashes);
    int selected = 0;
    for (int i = 0; i < count; i++) {
      long at = KeyBuckets.position(hashes[i]);
      if (at >= position && at < end) {
        selection[selected++] = batch.row(i);
      }
    }
    return batch.withSelection(selection, selected);
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
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
