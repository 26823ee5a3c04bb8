package dev.samzabatch.data;

import java.util.Arrays;

/**
 * The values of one column, by physical row. Vectors are filled by one owner (a reader, an operator), handed on within
 * a {@link RecordBatch}, and valid until the owner fills them again; who keeps values longer copies them. Not
 * thread-safe.
 *
 * <p>
 * The subclasses hand out their arrays, so that kernels can loop over them; a kernel writes only to vectors it owns.
 * The value at a row that is null is undefined. The arrays may be longer than the rows in use.
 */
public abstract sealed class ColumnVector
    permits LongVector, DoubleVector, BytesVector, DecimalVector, ArrayVector, MapVector, RowVector {

  private static final boolean[] NONE = new boolean[0];

  private boolean[] nulls = NONE;
  private boolean anyNull;

  /** A new, empty vector for the type. */
  static ColumnVector create(DataType type, int capacity) {
    return switch (type.layout()) {
      case LONG -> new LongVector(capacity);
      case DOUBLE -> new DoubleVector(capacity);
      case BYTES -> new BytesVector(capacity);
      case DECIMAL -> new DecimalVector(capacity);
      case ARRAY -> new ArrayVector(capacity, create(((ArrayType) type).element(), capacity));
      case MAP -> {
        MapType map = (MapType) type;
        yield new MapVector(capacity, create(map.key(), capacity), create(map.value(), capacity));
      }
      case ROW -> {
        Schema schema = ((RowType) type).schema();
        ColumnVector[] children = new ColumnVector[schema.size()];
        for (int i = 0; i < children.length; i++) {
          children[i] = create(schema.type(i), capacity);
        }
        yield new RowVector(capacity, children);
      }
    };
  }

  /** How many rows fit without growing. */
  public abstract int capacity();

  /** Makes room for at least this many rows, keeping what is there. */
  public abstract void ensureCapacity(int rows);

  /**
   * Copies the values (and nulls) of the source rows {@code rows[from .. from+count)} to the rows from {@code target}
   * on; bytes and elements are copied into this vector's own memory, so the source may be refilled afterwards.
   *
   * @param source a vector of the same type; not this one
   * @param rows source rows, or null for the rows {@code from .. from+count} themselves
   */
  public final void copy(ColumnVector source, int[] rows, int from, int count, int target) {
    ensureCapacity(target + count);
    copyNulls(source, rows, from, count, target);
    copyValues(source, rows, from, count, target);
  }

  abstract void copyValues(ColumnVector source, int[] rows, int from, int count, int target);

  /** Forgets all values and nulls; what memory there is stays for the next filling. */
  public void clear() {
    clearNulls();
  }

  /** Marks every row as not null. */
  public final void clearNulls() {
    if (anyNull) {
      Arrays.fill(nulls, false);
      anyNull = false;
    }
  }

  /** Whether {@link #nulls()} must be looked at; false means that no row is null. */
  public final boolean mayHaveNulls() {
    return anyNull;
  }

  /**
   * True at the rows that are null; at least {@link #capacity()} long if {@link #mayHaveNulls()}, else of any length.
   */
  public final boolean[] nulls() {
    return nulls;
  }

  /** The same as {@link #nulls()} for writing: makes room for all rows and declares that there may be nulls. */
  public final boolean[] writableNulls() {
    if (nulls.length < capacity()) {
      nulls = Arrays.copyOf(nulls, capacity());
    }
    anyNull = true;
    return nulls;
  }

  /** Whether the row is null. */
  public final boolean isNull(int row) {
    return anyNull && nulls[row];
  }

  /** Marks the row as null. */
  public final void setNull(int row) {
    if (nulls.length <= row) {
      nulls = Arrays.copyOf(nulls, Math.max(capacity(), row + 1));
    }
    nulls[row] = true;
    anyNull = true;
  }

  /** Keeps the array of nulls as long as the capacity, which the subclass has just changed. */
  final void growNulls() {
    if (nulls.length > 0 && nulls.length < capacity()) {
      nulls = Arrays.copyOf(nulls, capacity());
    }
  }

  private void copyNulls(ColumnVector source, int[] rows, int from, int count, int target) {
    if (source.anyNull) {
      boolean[] theirs = source.nulls;
      boolean[] ours = writableNulls();
      for (int i = 0; i < count; i++) {
        ours[target + i] = theirs[rows == null ? from + i : rows[from + i]];
      }
    } else if (anyNull) {
      Arrays.fill(nulls, target, target + count, false);
    }
  }

  /** The capacity to grow to when {@code needed} rows do not fit {@code present}. */
  static int grown(int present, int needed) {
    return (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, (long) present + (present >> 1) + 16));
  }
}
