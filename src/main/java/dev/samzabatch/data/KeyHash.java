package dev.samzabatch.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64-bit hashes of keys, a column at a time. Equal keys have equal hashes in every process and release of the same
 * format version, since the hash decides the partition of a record that may already be in a stream: null equals null,
 * -0.0 equals 0.0, every NaN equals every other, and int and long of the same value hash alike.
 */
public final class KeyHash {

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;
  private static final long NULL = 0x51ED270B7F3A9D11L;

  private KeyHash() {}

  /**
   * Writes the hash of the key columns of the i-th selected row to {@code hashes[i]}.
   *
   * @param columns indexes of the key columns; none gives the same hash for all rows
   * @param hashes at least {@link RecordBatch#rowCount()} long
   */
  public static void hash(RecordBatch batch, int[] columns, long[] hashes) {
    int count = batch.rowCount();
    for (int i = 0; i < count; i++) {
      hashes[i] = SEED;
    }
    for (int column : columns) {
      combine(batch.column(column), batch.selection(), 0, count, hashes);
    }
  }

  /** Mixes the values of one column at the given rows into {@code hashes}. */
  private static void combine(ColumnVector vector, int[] rows, int from, int count, long[] hashes) {
    if (vector instanceof LongVector longs) {
      combineLongs(longs, rows, from, count, hashes);
    } else if (vector instanceof BytesVector bytes) {
      combineBytes(bytes, rows, from, count, hashes);
    } else {
      for (int i = 0; i < count; i++) {
        hashes[i] = mix(hashes[i], valueHash(vector, rows == null ? from + i : rows[from + i]));
      }
    }
  }

  private static void combineLongs(LongVector vector, int[] rows, int from, int count, long[] hashes) {
    long[] values = vector.values();
    boolean anyNull = vector.mayHaveNulls();
    boolean[] nulls = vector.nulls();
    if (rows == null && !anyNull) {
      for (int i = 0; i < count; i++) {
        hashes[i] = mix(hashes[i], values[from + i]);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = rows == null ? from + i : rows[from + i];
      hashes[i] = mix(hashes[i], anyNull && nulls[row] ? NULL : values[row]);
    }
  }

  private static void combineBytes(BytesVector vector, int[] rows, int from, int count, long[] hashes) {
    byte[] data = vector.data();
    int[] starts = vector.starts();
    int[] lengths = vector.lengths();
    boolean anyNull = vector.mayHaveNulls();
    boolean[] nulls = vector.nulls();
    for (int i = 0; i < count; i++) {
      int row = rows == null ? from + i : rows[from + i];
      hashes[i] = mix(hashes[i], anyNull && nulls[row] ? NULL : bytesHash(data, starts[row], lengths[row]));
    }
  }

  /** The hash of a byte string by itself. */
  public static long bytesHash(byte[] data, int start, int length) {
    long hash = length * MULTIPLIER;
    int at = start;
    int end = start + length;
    while (end - at >= Long.BYTES) {
      hash = mix(hash, (long) LONGS.get(data, at));
      at += Long.BYTES;
    }
    long tail = 0;
    for (int shift = 0; at < end; at++, shift += Byte.SIZE) {
      tail |= (data[at] & 0xFFL) << shift;
    }
    return mix(hash, tail);
  }

  /** The hash of one value of any type, null included; the slow path for what has no loop of its own. */
  private static long valueHash(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return NULL;
    }
    if (vector instanceof LongVector longs) {
      return longs.values()[row];
    }
    if (vector instanceof DoubleVector doubles) {
      double value = doubles.values()[row];
      return Double.doubleToLongBits(value == 0 ? 0.0 : value);
    }
    if (vector instanceof BytesVector bytes) {
      return bytesHash(bytes.data(), bytes.starts()[row], bytes.lengths()[row]);
    }
    if (vector instanceof DecimalVector decimals) {
      return mix(decimals.high()[row], decimals.low()[row]);
    }
    if (vector instanceof RowVector record) {
      long hash = SEED;
      for (int i = 0; i < record.childCount(); i++) {
        hash = mix(hash, valueHash(record.child(i), row));
      }
      return hash;
    }
    if (vector instanceof ArrayVector array) {
      return sliceHash(array.elements(), array.starts()[row], array.lengths()[row]);
    }
    MapVector map = (MapVector) vector;
    long sum = map.lengths()[row];
    for (int i = 0, at = map.starts()[row]; i < map.lengths()[row]; i++, at++) {
      sum += mix(valueHash(map.keys(), at), valueHash(map.values(), at));
    }
    return sum;
  }

  private static long sliceHash(ColumnVector elements, int start, int length) {
    long hash = length;
    for (int i = 0; i < length; i++) {
      hash = mix(hash, valueHash(elements, start + i));
    }
    return hash;
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * MULTIPLIER;
    mixed ^= mixed >>> 32;
    mixed *= SEED;
    return mixed ^ (mixed >>> 29);
  }

  /** The partition, 0 to {@code partitions - 1}, of a key with this hash. */
  public static int partition(long hash, int partitions) {
    return (int) (((hash >>> 33) * partitions) >>> 31);
  }
}
