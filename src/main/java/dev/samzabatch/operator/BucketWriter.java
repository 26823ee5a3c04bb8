package dev.samzabatch.operator;

import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.state.Changelog;
import java.io.IOException;

/** Appends rows to parts of a changelog, a part a bucket, by the hash of key columns. */
final class BucketWriter {

  private final Changelog log;
  private final int[] keys;
  private final int firstPart;
  private final int buckets;
  private final RowsByTarget order;
  private long[] hashes = new long[RecordBatch.DEFAULT_ROWS];

  /**
   * One that has written nothing.
   *
   * @param keys key columns of the rows; without any all rows go to the same bucket
   * @param firstPart part of bucket 0
   */
  BucketWriter(Changelog log, int[] keys, int firstPart, int buckets) {
    this.log = log;
    this.keys = keys;
    this.firstPart = firstPart;
    this.buckets = buckets;
    order = new RowsByTarget(buckets);
  }

  /** Appends the rows of a batch of the changelog's schema. */
  void append(RecordBatch batch) throws IOException {
    if (buckets == 1) {
      log.append(firstPart, batch);
      return;
    }
    int count = batch.rowCount();
    if (count > hashes.length) {
      hashes = new long[count];
    }
    KeyHash.hash(batch, keys, hashes);
    int[] targets = order.targets(count);
    for (int i = 0; i < count; i++) {
      targets[i] = KeyBuckets.bucket(hashes[i], buckets);
    }
    order.sort(batch);
    for (int bucket = 0; bucket < buckets; bucket++) {
      if (order.count(bucket) > 0) {
        log.append(firstPart + bucket, batch, order.rows(), order.start(bucket), order.count(bucket));
      }
    }
  }
}
