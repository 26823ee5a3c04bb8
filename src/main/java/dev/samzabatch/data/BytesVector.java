package dev.samzabatch.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A column of byte strings: each value is a slice (start, length) of one array. The array is either the vector's own,
 * which {@link #set} and {@link #append} fill, or one that a reader shares ({@link #share}), whose bytes are then not
 * copied.
 */
public final class BytesVector extends ColumnVector {

  private byte[] data = new byte[0];
  private int used;
  private boolean shared;
  private int[] starts;
  private int[] lengths;

  /** An empty vector. */
  public BytesVector(int capacity) {
    starts = new int[capacity];
    lengths = new int[capacity];
  }

  /** The array that all values are slices of. It changes when the vector grows: fetch it anew after writing. */
  public byte[] data() {
    return data;
  }

  /** Where each value starts in {@link #data()}. */
  public int[] starts() {
    return starts;
  }

  /** How long each value is, in bytes. */
  public int[] lengths() {
    return lengths;
  }

  /** How many bytes of its own the vector has in use; meaningless while it shares an array. */
  public int used() {
    return used;
  }

  /**
   * Makes values slices of {@code array}, which the caller owns and must leave alone while the values are in use.
   * Follow with {@link #setSlice}; {@link #clear()} ends the sharing.
   */
  public void share(byte[] array) {
    data = array;
    shared = true;
  }

  /** Sets a value to a slice of {@link #data()} that is already there; the row must be within the capacity. */
  public void setSlice(int row, int start, int length) {
    starts[row] = start;
    lengths[row] = length;
  }

  /** Sets a value to a copy of these bytes; the row must be within the capacity and the vector not share an array. */
  public void set(int row, byte[] source, int start, int length) {
    int at = reserve(length);
    System.arraycopy(source, start, data, at, length);
    used = at + length;
    starts[row] = at;
    lengths[row] = length;
  }

  /** Sets a value to the UTF-8 form of the text; the row must be within the capacity. */
  public void set(int row, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    set(row, bytes, 0, bytes.length);
  }

  /**
   * Makes room for {@code length} more bytes of its own and returns where they start; the caller writes them into
   * {@link #data()} and then calls {@link #append}.
   */
  public int reserve(int length) {
    if (shared) {
      throw new IllegalStateException("the vector shares a reader's array");
    }
    if ((long) used + length > data.length) {
      data = Arrays.copyOf(data, grown(data.length, Math.addExact(used, length)));
    }
    return used;
  }

  /** Makes the next {@code length} own bytes, written after {@link #reserve}, the value of the row. */
  public void append(int row, int length) {
    starts[row] = used;
    lengths[row] = length;
    used += length;
  }

  /** The value as text; for tests, messages and slow paths. */
  public String text(int row) {
    return new String(data, starts[row], lengths[row], StandardCharsets.UTF_8);
  }

  /** A copy of the value. */
  public byte[] bytes(int row) {
    return Arrays.copyOfRange(data, starts[row], starts[row] + lengths[row]);
  }

  @Override
  public void clear() {
    super.clear();
    used = 0;
    if (shared) {
      data = new byte[0];
      shared = false;
    }
  }

  @Override
  public int capacity() {
    return starts.length;
  }

  @Override
  public void ensureCapacity(int rows) {
    if (rows > starts.length) {
      int size = grown(starts.length, rows);
      starts = Arrays.copyOf(starts, size);
      lengths = Arrays.copyOf(lengths, size);
      growNulls();
    }
  }

  @Override
  void copyValues(ColumnVector source, int[] rows, int from, int count, int target) {
    BytesVector theirs = (BytesVector) source;
    boolean anyNull = theirs.mayHaveNulls();
    for (int i = 0; i < count; i++) {
      int row = rows == null ? from + i : rows[from + i];
      if (anyNull && theirs.nulls()[row]) {
        starts[target + i] = used;
        lengths[target + i] = 0;
      } else {
        set(target + i, theirs.data, theirs.starts[row], theirs.lengths[row]);
      }
    }
  }
}
