package dev.samzabatch.state;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.RecordBatch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The table for one key column of byte strings. Its words are:
 *
 * <pre>
 * up to 7 bytes  the bytes, little-endian, and the length in the highest byte: equal words are equal keys
 * longer         the hash with the highest byte set: keys of equal words are compared
 * null           the highest byte is 8
 * </pre>
 */
final class BytesKeyTable extends KeyTable {

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MOST_SHORT = 7;
  private static final int TOP = Long.SIZE - Byte.SIZE;
  private static final long LONG_STRING = 0xFFL << TOP;
  private static final long NULL = 8L << TOP;

  private final WordTable table = new WordTable();
  private final long[] words = new long[CHUNK];

  BytesKeyTable(List<DataType> types) {
    super(types);
  }

  @Override
  public void lookupOrInsert(RecordBatch batch, int[] keyColumns, long[] hashes, int[] ids) {
    BytesVector column = (BytesVector) batch.column(keyColumns[0]);
    for (int from = 0; from < batch.rowCount(); from += CHUNK) {
      int count = Math.min(CHUNK, batch.rowCount() - from);
      reserve(count);
      look(column, batch, hashes, from, count, ids);
      for (int i = 0; i < count; i++) {
        int row = batch.row(from + i);
        if (!isKey(ids[from + i], words[i], column, row)) {
          ids[from + i] = searchOrInsert(words[i], hashes[from + i], column, row);
        }
      }
    }
  }

  @Override
  public void lookup(RecordBatch batch, int[] keyColumns, long[] hashes, int[] ids) {
    BytesVector column = (BytesVector) batch.column(keyColumns[0]);
    for (int from = 0; from < batch.rowCount(); from += CHUNK) {
      int count = Math.min(CHUNK, batch.rowCount() - from);
      look(column, batch, hashes, from, count, ids);
      for (int i = 0; i < count; i++) {
        int row = batch.row(from + i);
        if (!isKey(ids[from + i], words[i], column, row)) {
          ids[from + i] = table.id(search(words[i], hashes[from + i], column, row));
        }
      }
    }
  }

  private void look(BytesVector column, RecordBatch batch, long[] hashes, int from, int count, int[] ids) {
    int[] selection = batch.selection();
    for (int i = 0; i < count; i++) {
      words[i] = word(column, selection == null ? from + i : selection[from + i], hashes[from + i]);
    }
    table.look(words, 0, hashes, from, count, ids);
  }

  private static long word(BytesVector column, int row, long hash) {
    if (column.isNull(row)) {
      return NULL;
    }
    int length = column.lengths()[row];
    if (length > MOST_SHORT) {
      return hash | LONG_STRING;
    }
    byte[] data = column.data();
    int start = column.starts()[row];
    long word = 0;
    if (start + Long.BYTES <= data.length) {
      word = (long) LONGS.get(data, start) & ((1L << length * Byte.SIZE) - 1);
    } else {
      for (int i = 0; i < length; i++) {
        word |= (data[start + i] & 0xFFL) << i * Byte.SIZE;
      }
    }
    return word | (long) length << TOP;
  }

  /** Whether a number, of a slot that has the row's word, is that of the row's key; -1 is not. */
  private boolean isKey(int id, long word, BytesVector column, int row) {
    boolean wordDecides = (word & LONG_STRING) != LONG_STRING;
    return id >= 0 && (wordDecides || ValueEquality.equalBytes((BytesVector) keys()[0], id, column, row));
  }

  /** The place that has the row's key, or the empty one where it belongs. */
  private int search(long word, long hash, BytesVector column, int row) {
    int at = table.search(word, table.start(hash));
    while (table.id(at) >= 0 && !isKey(table.id(at), word, column, row)) {
      at = table.search(word, table.next(at));
    }
    return at;
  }

  private int searchOrInsert(long word, long hash, BytesVector column, int row) {
    int at = search(word, hash, column, row);
    int known = table.id(at);
    if (known >= 0) {
      return known;
    }
    int id = size();
    table.put(at, word, hash, id);
    BytesVector keys = (BytesVector) keys()[0];
    if (column.isNull(row)) {
      keys.append(id, 0);
      keys.setNull(id);
    } else {
      keys.set(id, column.data(), column.starts()[row], column.lengths()[row]);
    }
    resize(id + 1);
    return id;
  }

  private void reserve(int more) {
    keys()[0].ensureCapacity(size() + more);
    int needed = slotsFor(table.slots(), more);
    if (needed > table.slots()) {
      table.grow(needed);
    }
  }

  @Override
  public long memoryBytes() {
    return super.memoryBytes() + table.memoryBytes();
  }
}
