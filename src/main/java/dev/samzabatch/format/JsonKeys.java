package dev.samzabatch.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The keys of the objects at one level. Objects of a file mostly have the same keys in the same order, so each key
 * knows which one followed it last, and finding that one again is a comparison of a few longs. A key that is written
 * with escapes never becomes an expected one, since it is compared as written. Not thread-safe.
 */
final class JsonKeys {

  /** The column of a key that is not wanted. */
  static final int UNWANTED = -1;

  /** Keys beyond this number, as when keys are data, are looked at anew each time. */
  private static final int MAX_KEYS = 4096;

  /** A key as it is written: its name in quotes and a colon. */
  static final class Key {

    private final byte[] name;
    private final int column;
    private final long[] words;
    private final long lastMask;
    private final int length;
    private Key next;

    /** A key that is unwanted and no name of a column, expected to follow itself. */
    private Key() {
      this(new byte[0], UNWANTED, null);
      next = this;
    }

    private Key(byte[] name, int column, Key next) {
      this.name = name;
      this.column = column;
      this.next = next;
      byte[] text = new byte[(name.length + 3 + 7) / 8 * 8];
      text[0] = '"';
      System.arraycopy(name, 0, text, 1, name.length);
      text[name.length + 1] = '"';
      text[name.length + 2] = ':';
      length = name.length + 3;
      words = new long[text.length / 8];
      for (int i = 0; i < words.length; i++) {
        words[i] = Swar.load(text, 8 * i);
      }
      int lastBytes = length - 8 * (words.length - 1);
      lastMask = -1L >>> (64 - 8 * lastBytes);
    }

    /** Which column its values go to, or {@link #UNWANTED}. */
    int column() {
      return column;
    }

    /** Length of the text with quotes and colon. */
    int length() {
      return length;
    }

    /** The key that is expected to follow. */
    Key next() {
      return next;
    }

    /** Whether its text stands here. */
    boolean isAt(byte[] b, int from) {
      int at = from;
      int last = words.length - 1;
      for (int i = 0; i < last; i++, at += 8) {
        if (Swar.load(b, at) != words[i]) {
          return false;
        }
      }
      return ((Swar.load(b, at) ^ words[last]) & lastMask) == 0;
    }
  }

  private final JsonScanner in;
  private final Key start = new Key();
  private final Key unknown = new Key();
  private Key[] table;
  private int count;
  private int end;

  /** Keys of the columns with these names. */
  JsonKeys(JsonScanner in, List<String> columns) {
    this.in = in;
    table = new Key[Math.max(16, Integer.highestOneBit(columns.size()) * 4)];
    for (int i = 0; i < columns.size(); i++) {
      add(columns.get(i).getBytes(StandardCharsets.UTF_8), i);
    }
  }

  /** The place before the first key, from where keys are followed. */
  Key start() {
    return start;
  }

  /** The key that stands here and is not the one that was expected after {@code before}. */
  Key find(Key before, int at) {
    Key second = before.next.next;
    if (second.isAt(in.bytes(), at)) {
      end = at + second.length;
      return second;
    }
    int from = in.keyQuote(at);
    end = in.text(from);
    int nameEnd = in.textEnd();
    boolean asWritten = end == nameEnd + 1;
    end = in.colon(end);
    Key key = lookUp(from, nameEnd);
    if (asWritten) {
      before.next = key;
    }
    return key;
  }

  /** Index behind the key that {@link #find} has found, its colon included. */
  int end() {
    return end;
  }

  private Key lookUp(int from, int to) {
    byte[] b = in.bytes();
    int mask = table.length - 1;
    int slot = hash(b, from, to) & mask;
    for (; table[slot] != null; slot = slot + 1 & mask) {
      byte[] name = table[slot].name;
      if (Arrays.equals(name, 0, name.length, b, from, to)) {
        return table[slot];
      }
    }
    return count < MAX_KEYS ? add(Arrays.copyOfRange(b, from, to), UNWANTED) : unknown;
  }

  private Key add(byte[] name, int column) {
    if (2 * (count + 1) > table.length) {
      Key[] old = table;
      table = new Key[2 * old.length];
      for (Key key : old) {
        if (key != null) {
          put(key);
        }
      }
    }
    Key key = new Key(name, column, start);
    put(key);
    count++;
    return key;
  }

  private void put(Key key) {
    int mask = table.length - 1;
    int slot = hash(key.name, 0, key.name.length) & mask;
    while (table[slot] != null) {
      slot = slot + 1 & mask;
    }
    table[slot] = key;
  }

  private static int hash(byte[] b, int from, int to) {
    int hash = 0;
    for (int at = from; at < to; at++) {
      hash = hash * 31 + b[at];
    }
    return hash ^ hash >>> 15;
  }
}
