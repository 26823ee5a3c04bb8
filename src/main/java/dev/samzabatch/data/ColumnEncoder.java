package dev.samzabatch.data;

import java.util.Arrays;

/**
 * Writes the values of one column, and of the columns inside it, in the form of {@link BatchCodec}. Reuses its memory.
 */
final class ColumnEncoder {

  private final DataType type;
  private final ColumnEncoder[] children;
  private final PackedBytes packedBytes = new PackedBytes();
  private long[] longs = new long[0];
  private boolean[] missing = new boolean[0];
  private int[] childRows = new int[0];

  ColumnEncoder(DataType type) {
    this.type = type;
    this.children = switch (type.layout()) {
      case LONG, DOUBLE, BYTES, DECIMAL -> new ColumnEncoder[0];
      case ARRAY -> new ColumnEncoder[] {new ColumnEncoder(((ArrayType) type).element())};
      case MAP -> new ColumnEncoder[] {
          new ColumnEncoder(((MapType) type).key()), new ColumnEncoder(((MapType) type).value())};
      case ROW -> of(((RowType) type).schema());
    };
  }

  /** An encoder for each field. */
  static ColumnEncoder[] of(Schema schema) {
    return schema.fields().stream().map(field -> new ColumnEncoder(field.type())).toArray(ColumnEncoder[]::new);
  }

  /**
   * Appends the column.
   *
   * @param rows physical rows of the vector, or null for the rows {@code 0 .. count}
   * @param outer by position among the rows: true where a row around this column is null; null when there is none
   */
  void encode(ColumnVector vector, int[] rows, int count, boolean[] outer, ByteSink out) {
    boolean[] none = findMissing(vector, rows, count, outer);
    if (none == null) {
      out.putByte(BatchCodec.NO_NULLS);
    } else if (count <= BatchCodec.MAX_FREE_ROWS && allOf(none, count)) {
      out.putByte(BatchCodec.ALL_NULL);
      return;
    } else {
      out.putByte(BatchCodec.SOME_NULLS);
      writeBitmap(none, count, out);
    }
    switch (type.layout()) {
      case LONG -> encodeLongs(((LongVector) vector).values(), rows, count, none, out);
      case DOUBLE -> encodeDoubles(((DoubleVector) vector).values(), rows, count, none, out);
      case DECIMAL -> {
        encodeLongs(((DecimalVector) vector).high(), rows, count, none, out);
        encodeLongs(((DecimalVector) vector).low(), rows, count, none, out);
      }
      case BYTES -> encodeBytes((BytesVector) vector, rows, count, none, out);
      case ARRAY -> {
        ArrayVector array = (ArrayVector) vector;
        int elements = encodeSlices(array.starts(), array.lengths(), rows, count, none, out);
        children[0].encode(array.elements(), childRows, elements, null, out);
      }
      case MAP -> {
        MapVector map = (MapVector) vector;
        int entries = encodeSlices(map.starts(), map.lengths(), rows, count, none, out);
        children[0].encode(map.keys(), childRows, entries, null, out);
        children[1].encode(map.values(), childRows, entries, null, out);
      }
      case ROW -> {
        for (int i = 0; i < children.length; i++) {
          children[i].encode(((RowVector) vector).child(i), rows, count, none, out);
        }
      }
    }
  }

  /** True by position where the value is null; null when no value is. */
  private boolean[] findMissing(ColumnVector vector, int[] rows, int count, boolean[] outer) {
    if (!vector.mayHaveNulls()) {
      return outer;
    }
    missing = missing.length < count ? new boolean[Math.max(count, missing.length * 2)] : missing;
    boolean[] nulls = vector.nulls();
    boolean any = false;
    for (int i = 0; i < count; i++) {
      boolean none = nulls[rows == null ? i : rows[i]] || outer != null && outer[i];
      missing[i] = none;
      any |= none;
    }
    return any ? missing : null;
  }

  private static boolean allOf(boolean[] flags, int count) {
    for (int i = 0; i < count; i++) {
      if (!flags[i]) {
        return false;
      }
    }
    return true;
  }

  private static void writeBitmap(boolean[] none, int count, ByteSink out) {
    int size = (count + 7) / 8;
    int start = out.reserve(size);
    byte[] bytes = out.bytes();
    Arrays.fill(bytes, start, start + size, (byte) 0);
    for (int i = 0; i < count; i++) {
      bytes[start + (i >> 3)] |= (byte) ((none[i] ? 1 : 0) << (i & 7));
    }
    out.resize(start + size);
  }

  private void encodeLongs(long[] values, int[] rows, int count, boolean[] none, ByteSink out) {
    if (rows == null && none == null) {
      PackedLongs.write(values, count, out);
      return;
    }
    long[] gathered = reserveLongs(count);
    if (none == null) {
      for (int i = 0; i < count; i++) {
        gathered[i] = values[rows[i]];
      }
    } else {
      for (int i = 0; i < count; i++) {
        gathered[i] = none[i] ? 0 : values[rows == null ? i : rows[i]];
      }
      fillMissing(gathered, none, count);
    }
    PackedLongs.write(gathered, count, out);
  }

  private void encodeDoubles(double[] values, int[] rows, int count, boolean[] none, ByteSink out) {
    long[] gathered = reserveLongs(count);
    boolean single = type == ScalarType.FLOAT;
    for (int i = 0; i < count; i++) {
      double value = values[rows == null ? i : rows[i]];
      gathered[i] = single ? Float.floatToRawIntBits((float) value) & 0xFFFFFFFFL : Double.doubleToRawLongBits(value);
    }
    if (none != null) {
      fillMissing(gathered, none, count);
    }
    PackedLongs.write(gathered, count, out);
  }

  /** Gives values that are null the value of a neighbour, so that they do not widen the packing. */
  private static void fillMissing(long[] values, boolean[] none, int count) {
    long neighbour = 0;
    for (int i = 0; i < count; i++) {
      if (!none[i]) {
        neighbour = values[i];
        break;
      }
    }
    for (int i = 0; i < count; i++) {
      neighbour = none[i] ? neighbour : values[i];
      values[i] = neighbour;
    }
  }

  private void encodeBytes(BytesVector vector, int[] rows, int count, boolean[] none, ByteSink out) {
    long total = encodeLengths(vector.lengths(), rows, count, none, out);
    int head = out.reserve(1 + Integer.BYTES + total);
    int to = head + 1 + Integer.BYTES;
    byte[] source = vector.data();
    byte[] target = out.bytes();
    int[] starts = vector.starts();
    for (int i = 0; i < count; i++) {
      int length = (int) longs[i];
      if (length > 0) {
        System.arraycopy(source, starts[rows == null ? i : rows[i]], target, to, length);
        to += length;
      }
    }
    out.resize(to);
    packedBytes.write(out, head);
  }

  /** Appends the lengths, leaves them in {@link #longs}, and returns their sum. */
  private long encodeLengths(int[] lengths, int[] rows, int count, boolean[] none, ByteSink out) {
    long[] gathered = reserveLongs(count);
    long total = 0;
    for (int i = 0; i < count; i++) {
      int length = none != null && none[i] ? 0 : lengths[rows == null ? i : rows[i]];
      gathered[i] = length;
      total += length;
    }
    PackedLongs.write(gathered, count, out);
    return total;
  }

  /** Appends lengths and number of elements, and leaves the elements' rows in {@link #childRows}. */
  private int encodeSlices(int[] starts, int[] lengths, int[] rows, int count, boolean[] none, ByteSink out) {
    int total = Math.toIntExact(encodeLengths(lengths, rows, count, none, out));
    out.putInt(total);
    childRows = childRows.length < total ? new int[Math.max(total, childRows.length * 2)] : childRows;
    int used = 0;
    for (int i = 0; i < count; i++) {
      int length = (int) longs[i];
      int start = length == 0 ? 0 : starts[rows == null ? i : rows[i]];
      for (int k = 0; k < length; k++) {
        childRows[used++] = start + k;
      }
    }
    return total;
  }

  private long[] reserveLongs(int count) {
    longs = longs.length < count ? new long[Math.max(count, longs.length * 2)] : longs;
    return longs;
  }
}
