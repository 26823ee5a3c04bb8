package dev.samzabatch.state;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.KeyHash;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * States how many rows a second one thread counts by key, through a {@link KeyTable} and through a {@link HashMap}. Run
 * its main; the second of the rounds counts, and only the ratios of one run are worth comparing.
 */
final class KeyTableBenchmark {

  private static final int ROWS = 8_000_000;

  private KeyTableBenchmark() {}

  /** Arguments: none. */
  public static void main(String[] args) {
    for (int groups : new int[] {1_000, 1_000_000}) {
      long[] keys = new SplittableRandom(groups).longs(ROWS, 0, groups).map(key -> key * 7919).toArray();
      for (int round = 0; round < 3; round++) {
        long start = System.nanoTime();
        long checksum = viaHashMap(keys);
        long between = System.nanoTime();
        long longs = viaTable(keys, ScalarType.LONG);
        long then = System.nanoTime();
        long strings = viaTable(keys, ScalarType.STRING);
        long end = System.nanoTime();
        if (checksum != longs || checksum != strings) {
          throw new AssertionError("the counts differ");
        }
        System.out.printf(
            "%,9d groups: HashMap<Long> %5.1f M rows/s, long key %5.1f (%.1f x), string key made too %5.1f (%.1f x)%n",
            groups,
            rate(start, between),
            rate(between, then),
            rate(between, then) / rate(start, between),
            rate(then, end),
            rate(then, end) / rate(start, between));
      }
    }
  }

  private static double rate(long start, long end) {
    return ROWS * 1e3 / (end - start);
  }

  private static long viaHashMap(long[] keys) {
    Map<Long, long[]> counts = new HashMap<>();
    for (long key : keys) {
      counts.computeIfAbsent(key, k -> new long[1])[0]++;
    }
    return counts.values().stream().mapToLong(count -> count[0] * count[0]).sum();
  }

  private static long viaTable(long[] keys, ScalarType type) {
    Schema schema = Schema.of(Field.required("k", type));
    KeyTable table = KeyTable.create(List.of(type));
    ColumnVector column = type.newVector(RecordBatch.DEFAULT_ROWS);
    long[] hashes = new long[RecordBatch.DEFAULT_ROWS];
    int[] ids = new int[RecordBatch.DEFAULT_ROWS];
    long[] counts = new long[RecordBatch.DEFAULT_ROWS];
    for (int from = 0; from < ROWS; from += RecordBatch.DEFAULT_ROWS) {
      int count = Math.min(RecordBatch.DEFAULT_ROWS, ROWS - from);
      fill(column, keys, from, count);
      RecordBatch batch = RecordBatch.of(schema, new ColumnVector[] {column}, count);
      KeyHash.hash(batch, new int[] {0}, hashes);
      table.lookupOrInsert(batch, new int[] {0}, hashes, ids);
      if (table.size() > counts.length) {
        counts = Arrays.copyOf(counts, 2 * table.size());
      }
      for (int i = 0; i < count; i++) {
        counts[ids[i]]++;
      }
    }
    return Arrays.stream(counts).map(count -> count * count).sum();
  }

  private static void fill(ColumnVector column, long[] keys, int from, int count) {
    if (column instanceof LongVector longs) {
      System.arraycopy(keys, from, longs.values(), 0, count);
      return;
    }
    BytesVector bytes = (BytesVector) column;
    bytes.clear();
    for (int i = 0; i < count; i++) {
      int at = bytes.reserve(20);
      byte[] data = bytes.data();
      int length = 0;
      for (long rest = keys[from + i] + 1_000_000; rest > 0; rest /= 10) {
        data[at + length++] = (byte) ('0' + rest % 10);
      }
      bytes.append(i, length);
    }
  }
}
