package dev.samzabatch.state;

/**
 * Finds numbers by a word of 64 bits: open addressing with linear probing. A slot is two longs: the word, and {@code
 * low half of the hash << 32 | number + 1}, which is 0 in an empty slot. The same word may stand in several slots.
 */
final class WordTable {

  private long[] slots = new long[2 * KeyTable.INITIAL_SLOTS];
  private int mask = KeyTable.INITIAL_SLOTS - 1;

  /**
   * Looks only at the slot where each search begins, without a branch, so that cache misses overlap. Where that slot
   * has not the word, the number is -1.
   *
   * @param words word of the i-th row at {@code wordsFrom + i}
   * @param hashes hash of the i-th row at {@code from + i}
   * @param ids receives the number of the i-th row at {@code from + i}
   */
  void look(long[] words, int wordsFrom, long[] hashes, int from, int count, int[] ids) {
    long[] table = slots;
    int last = mask;
    for (int i = 0; i < count; i++) {
      int at = ((int) hashes[from + i] & last) << 1;
      long differs = table[at] ^ words[wordsFrom + i];
      ids[from + i] = ((int) table[at + 1] - 1) | (int) ((differs | -differs) >> 63);
    }
  }

  /** Where the search for the hash begins, for {@link #search}. */
  int start(long hash) {
    return ((int) hash & mask) << 1;
  }

  /** The place behind this one. */
  int next(int at) {
    return (at + 2) & (2 * mask + 1);
  }

  /** The first place, from this one on, that has the word or is empty. */
  int search(long word, int from) {
    int at = from;
    while (slots[at + 1] != 0 && slots[at] != word) {
      at = next(at);
    }
    return at;
  }

  /** The number at a place, or -1 when it is empty. */
  int id(int at) {
    return (int) slots[at + 1] - 1;
  }

  /** Fills an empty place. */
  void put(int at, long word, long hash, int id) {
    slots[at] = word;
    slots[at + 1] = hash << 32 | (id + 1);
  }

  /** How many slots there are. */
  int slots() {
    return mask + 1;
  }

  /** Makes it so many slots, a power of two. */
  void grow(int newSlots) {
    long[] old = slots;
    slots = new long[2 * newSlots];
    mask = newSlots - 1;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != 0) {
        int at = start(old[i + 1] >>> 32);
        while (slots[at + 1] != 0) {
          at = next(at);
        }
        slots[at] = old[i];
        slots[at + 1] = old[i + 1];
      }
    }
  }

  long memoryBytes() {
    return (long) slots.length * Long.BYTES;
  }
}
