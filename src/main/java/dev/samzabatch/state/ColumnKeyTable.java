package dev.samzabatch.state;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.RecordBatch;
import java.util.List;

/**
 * The table for keys of any number of columns of any types.
 *
 * <p>
 * A slot is a long, {@code low half of the hash << 32 | number + 1}; 0 is an empty one. Rows search in rounds: each
 * goes to the next slot that is empty or has its hash. Empty slots are taken and the new keys copied in bulk; the rows
 * that met their hash are compared with the keys column by column, and those that differ search on in the next round.
 */
final class ColumnKeyTable extends KeyTable {

  private long[] slots = new long[INITIAL_SLOTS];
  private int mask = INITIAL_SLOTS - 1;

  /** Slot that each row of the chunk has come to. */
  private final int[] at = new int[CHUNK];

  /** What was in the slot where each row of the chunk began. */
  private final long[] first = new long[CHUNK];

  /** Physical rows of new keys. */
  private final int[] fresh = new int[CHUNK];

  private int freshCount;
  private final KeyMatch match = new KeyMatch(CHUNK);

  ColumnKeyTable(List<DataType> types) {
    super(types);
  }

  @Override
  public void lookupOrInsert(RecordBatch batch, int[] keyColumns, long[] hashes, int[] ids) {
    for (int from = 0; from < batch.rowCount(); from += CHUNK) {
      int count = Math.min(CHUNK, batch.rowCount() - from);
      reserve(count);
      match.begin(from, count);
      look(hashes, from, count);
      while (match.searching() > 0) {
        probe(batch, hashes, ids, true);
        insert(batch, keyColumns);
        match.compare(keys(), batch, keyColumns, ids);
      }
    }
  }

  @Override
  public void lookup(RecordBatch batch, int[] keyColumns, long[] hashes, int[] ids) {
    for (int from = 0; from < batch.rowCount(); from += CHUNK) {
      int count = Math.min(CHUNK, batch.rowCount() - from);
      match.begin(from, count);
      look(hashes, from, count);
      while (match.searching() > 0) {
        probe(batch, hashes, ids, false);
        match.compare(keys(), batch, keyColumns, ids);
      }
    }
  }

  private void look(long[] hashes, int from, int count) {
    long[] table = slots;
    int last = mask;
    for (int i = 0; i < count; i++) {
      int slot = (int) hashes[from + i] & last;
      at[i] = slot;
      first[i] = table[slot];
    }
  }

  /** Brings every searching row to the next slot that has its hash or is empty. */
  private void probe(RecordBatch batch, long[] hashes, int[] ids, boolean insert) {
    int from = match.from();
    int searching = match.searching();
    int[] rows = match.rows();
    match.beginRound();
    for (int j = 0; j < searching; j++) {
      int i = rows[j];
      int hash = (int) hashes[from + i];
      int slot = at[i];
      long entry = first[i];
      first[i] = 0;
      if (entry == 0) {
        entry = slots[slot];
      }
      while (entry != 0 && (int) (entry >>> 32) != hash) {
        slot = (slot + 1) & mask;
        entry = slots[slot];
      }
      if (entry != 0) {
        ids[from + i] = (int) entry - 1;
        match.candidate(i);
      } else if (insert) {
        int id = size() + freshCount;
        slots[slot] = (long) hash << 32 | (id + 1);
        ids[from + i] = id;
        fresh[freshCount++] = batch.row(from + i);
      } else {
        ids[from + i] = -1;
      }
      at[i] = (slot + 1) & mask;
    }
  }

  private void insert(RecordBatch batch, int[] keyColumns) {
    if (freshCount > 0) {
      ColumnVector[] keys = keys();
      for (int c = 0; c < keys.length; c++) {
        keys[c].copy(batch.column(keyColumns[c]), fresh, 0, freshCount, size());
      }
      resize(size() + freshCount);
      freshCount = 0;
    }
  }

  private void reserve(int more) {
    int needed = slotsFor(mask + 1, more);
    if (needed <= mask + 1) {
      return;
    }
    long[] old = slots;
    slots = new long[needed];
    mask = needed - 1;
    for (long entry : old) {
      if (entry != 0) {
        int slot = (int) (entry >>> 32) & mask;
        while (slots[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = entry;
      }
    }
  }

  @Override
  public long memoryBytes() {
    return super.memoryBytes() + (long) slots.length * Long.BYTES;
  }
}
