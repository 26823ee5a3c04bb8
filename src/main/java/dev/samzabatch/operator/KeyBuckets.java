package dev.samzabatch.operator;

/**
 * Divides keys by the lower half of their hash, taken as an unsigned number: the position of the key. (The upper half
 * chose the partition, so within a task it tells nothing.) A bucket is a range of positions, as is what fits memory of
 * a bucket that is too large.
 */
final class KeyBuckets {

  /** The position behind all. */
  static final long END = 1L << Integer.SIZE;

  private KeyBuckets() {}

  /** Where a key with this hash stands: 0 to {@link #END}, exclusive. */
  static long position(long hash) {
    return hash & (END - 1);
  }

  /** The bucket of a key with this hash. */
  static int bucket(long hash, int buckets) {
    return (int) (position(hash) * buckets >>> Integer.SIZE);
  }

  /** The bucket of a position. */
  static int bucketAt(long position, int buckets) {
    return (int) (position * buckets >>> Integer.SIZE);
  }

  /** The first position of a bucket; of the one behind the last, {@link #END}. The number of buckets divides it. */
  static long start(int bucket, int buckets) {
    return END / buckets * bucket;
  }
}
