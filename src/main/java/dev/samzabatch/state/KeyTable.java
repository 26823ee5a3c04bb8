package dev.samzabatch.state;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.UserException;
import java.util.List;

/**
 * Numbers distinct keys 0, 1, 2, ... in the order in which they come, and keeps them in columns by that number. Keys
 * are equal as in {@link dev.samzabatch.data.KeyHash}: null equals null, -0.0 equals 0.0, NaN equals NaN.
 *
 * <p>
 * All forms of it are open addressing with linear probing, at most half full. Batches are worked on in chunks: first
 * the slots of all rows are read, so that cache misses overlap, then rows are told apart. A slot holds the low half of
 * the hash beside the number, so that the table grows without a look at the keys. (The high half is no use for finding
 * a slot: it chose the partition.)
 */
public abstract sealed class KeyTable permits LongKeyTable, BytesKeyTable, ColumnKeyTable {

  /** Rows handled at a time. */
  static final int CHUNK = RecordBatch.DEFAULT_ROWS;

  /** So many slots that one chunk of new keys always fits. */
  static final int INITIAL_SLOTS = 2 * CHUNK;

  private static final int MOST_KEYS = 1 << 28;

  private final ColumnVector[] keys;
  private int size;

  KeyTable(List<DataType> types) {
    keys = new ColumnVector[types.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = types.get(i).newVector(CHUNK);
    }
  }

  /** An empty table for keys of these types; none at all is one key that all rows have. */
  public static KeyTable create(List<DataType> types) {
    if (types.size() == 1 && types.get(0).layout() == DataType.Layout.LONG) {
      return new LongKeyTable(types);
    }
    if (types.size() == 1 && types.get(0).layout() == DataType.Layout.BYTES) {
      return new BytesKeyTable(types);
    }
    return new ColumnKeyTable(types);
  }

  /**
   * Finds the number of the key of each selected row, and numbers the keys that are new.
   *
   * @param keyColumns the batch's key columns, of the table's types
   * @param hashes hash of the i-th selected row's key, from {@link dev.samzabatch.data.KeyHash}
   * @param ids receives the number of the i-th selected row's key
   */
  public abstract void lookupOrInsert(RecordBatch batch, int[] keyColumns, long[] hashes, int[] ids);

  /** The same without adding keys: the number of a key that is not there is -1. */
  public abstract void lookup(RecordBatch batch, int[] keyColumns, long[] hashes, int[] ids);

  /** How many keys there are; their numbers are 0 to one less. */
  public final int size() {
    return size;
  }

  /** Replaces what is in the vectors, one a key column, by the keys {@code from .. from + count}. */
  public final void copyKeys(int from, int count, ColumnVector[] target) {
    copyKeys(null, from, count, target);
  }

  /** Replaces what is in the vectors, one a key column, by the keys {@code numbers[from .. from + count]}. */
  public final void copyKeys(int[] numbers, int from, int count, ColumnVector[] target) {
    for (int i = 0; i < keys.length; i++) {
      target[i].clear();
      target[i].copy(keys[i], numbers, from, count, 0);
    }
  }

  /** About how many bytes of heap the table uses. */
  public long memoryBytes() {
    return VectorMemory.bytes(keys);
  }

  /** The keys by number, one vector a key column. */
  final ColumnVector[] keys() {
    return keys;
  }

  final void resize(int newSize) {
    size = newSize;
  }

  /**
   * The number of slots to have, being at most half full, when there are {@code slots} and {@code more} keys may come.
   */
  final int slotsFor(int slots, int more) {
    if (size > MOST_KEYS - more) {
      throw new UserException(
          ErrorKind.RESOURCES,
          Problem.error(
              "SB-5002",
              Place.none(),
              "one task met more than " + MOST_KEYS + " distinct keys, which is the most that a table holds",
              "raise partitions of the step, so that each task has a smaller share of the keys"));
    }
    int enough = slots;
    while (enough < 2 * (size + more)) {
      enough *= 2;
    }
    return enough;
  }
}
