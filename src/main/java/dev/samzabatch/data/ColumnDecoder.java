package dev.samzabatch.data;

import java.util.Arrays;

/**
 * Reads one column, and the columns inside it, in the form of {@link BatchCodec}: {@link #open} finds its parts, then
 * {@link #decode} fills the vector with some rows at a time, from front to back. Reuses its memory; bytes are shared,
 * not copied.
 */
final class ColumnDecoder {

  private final DataType type;
  private final ColumnVector vector;
  private final ColumnDecoder[] children;
  private final PackedLongs first = new PackedLongs();
  private final PackedLongs second = new PackedLongs();
  private final PackedBytes packedBytes = new PackedBytes();
  private long[] longs = new long[0];

  private byte nullForm;
  private byte[] source = new byte[0];
  private int bitmap;
  private int given;
  private int elements;
  private int elementsGiven;

  ColumnDecoder(DataType type, ColumnVector vector) {
    this.type = type;
    this.vector = vector;
    this.children = switch (type.layout()) {
      case LONG, DOUBLE, BYTES, DECIMAL -> new ColumnDecoder[0];
      case ARRAY -> new ColumnDecoder[] {
          new ColumnDecoder(((ArrayType) type).element(), ((ArrayVector) vector).elements())};
      case MAP -> new ColumnDecoder[] {
          new ColumnDecoder(((MapType) type).key(), ((MapVector) vector).keys()),
          new ColumnDecoder(((MapType) type).value(), ((MapVector) vector).values())};
      case ROW -> fields(((RowType) type).schema(), (RowVector) vector);
    };
  }

  private static ColumnDecoder[] fields(Schema schema, RowVector vector) {
    ColumnDecoder[] fields = new ColumnDecoder[schema.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = new ColumnDecoder(schema.type(i), vector.child(i));
    }
    return fields;
  }

  /** The vector that {@link #decode} fills. */
  ColumnVector vector() {
    return vector;
  }

  /** Finds the parts of a column of {@code rows} rows and passes over it. */
  void open(ByteSource in, int rows) throws BatchFormatException {
    given = 0;
    elementsGiven = 0;
    source = in.bytes();
    nullForm = in.getByte("the form of a column's nulls");
    if (nullForm == BatchCodec.ALL_NULL && rows <= BatchCodec.MAX_FREE_ROWS) {
      return;
    }
    if (nullForm == BatchCodec.SOME_NULLS) {
      bitmap = in.skip(((long) rows + 7) / 8, "a null bitmap");
    } else if (nullForm != BatchCodec.NO_NULLS) {
      throw new BatchFormatException("unknown form " + nullForm + " of a column's nulls for " + rows + " rows");
    }
    switch (type.layout()) {
      case LONG, DOUBLE -> first.open(in, rows);
      case DECIMAL -> {
        first.open(in, rows);
        second.open(in, rows);
      }
      case BYTES -> {
        first.open(in, rows);
        packedBytes.open(in);
      }
      case ARRAY, MAP -> {
        first.open(in, rows);
        elements = in.getCount("the number of elements");
        openChildren(in, elements);
      }
      case ROW -> openChildren(in, rows);
    }
  }

  private void openChildren(ByteSource in, int rows) throws BatchFormatException {
    for (ColumnDecoder child : children) {
      child.open(in, rows);
    }
  }

  /** Fills the vector's rows {@code 0 .. count} with the next values, which must be there. */
  void decode(int count) throws BatchFormatException {
    vector.ensureCapacity(count);
    if (nullForm == BatchCodec.ALL_NULL) {
      decodeAllNull(count);
      return;
    }
    switch (type.layout()) {
      case LONG -> first.read(((LongVector) vector).values(), count);
      case DOUBLE -> decodeDoubles(((DoubleVector) vector).values(), count);
      case DECIMAL -> {
        first.read(((DecimalVector) vector).high(), count);
        second.read(((DecimalVector) vector).low(), count);
      }
      case BYTES -> decodeBytes((BytesVector) vector, count);
      case ARRAY, MAP -> decodeSlices(count);
      case ROW -> {
        for (ColumnDecoder child : children) {
          child.decode(count);
        }
      }
    }
    decodeNulls(count);
    given += count;
  }

  /** Nulls, and defined values under them: who copies the vector need not look at the nulls first. */
  private void decodeAllNull(int count) {
    vector.clear();
    if (vector instanceof BytesVector bytes) {
      for (int i = 0; i < count; i++) {
        bytes.setSlice(i, 0, 0);
      }
    } else if (vector instanceof RowVector) {
      for (ColumnDecoder child : children) {
        child.vector.ensureCapacity(count);
        child.decodeAllNull(count);
      }
    }
    Arrays.fill(vector.writableNulls(), 0, count, true);
  }

  private void decodeNulls(int count) {
    vector.clearNulls();
    if (nullForm == BatchCodec.SOME_NULLS) {
      boolean[] nulls = vector.writableNulls();
      for (int i = 0, row = given; i < count; i++, row++) {
        nulls[i] = (source[bitmap + (row >> 3)] >>> (row & 7) & 1) != 0;
      }
    }
  }

  private void decodeDoubles(double[] values, int count) {
    long[] bits = readLongs(count);
    if (type == ScalarType.FLOAT) {
      for (int i = 0; i < count; i++) {
        values[i] = Float.intBitsToFloat((int) bits[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        values[i] = Double.longBitsToDouble(bits[i]);
      }
    }
  }

  private void decodeBytes(BytesVector target, int count) throws BatchFormatException {
    long[] sizes = readLongs(count);
    target.share(packedBytes.opened());
    int[] starts = target.starts();
    int[] lengths = target.lengths();
    int start = packedBytes.start() + elementsGiven;
    int end = packedBytes.start() + packedBytes.length();
    for (int i = 0; i < count; i++) {
      long size = sizes[i];
      if (size < 0 || size > end - start) {
        throw new BatchFormatException("a value of " + size + " bytes where " + (end - start) + " are left");
      }
      starts[i] = start;
      lengths[i] = (int) size;
      start += (int) size;
    }
    elementsGiven = start - packedBytes.start();
  }

  private void decodeSlices(int count) throws BatchFormatException {
    long[] sizes = readLongs(count);
    vector.clear();
    int total = 0;
    for (int i = 0; i < count; i++) {
      long size = sizes[i];
      if (size < 0 || size > elements - elementsGiven - total) {
        throw new BatchFormatException("a value of " + size + " elements of " + elements);
      }
      total += (int) size;
      if (vector instanceof ArrayVector array) {
        array.append(i, (int) size);
      } else {
        ((MapVector) vector).append(i, (int) size);
      }
    }
    for (ColumnDecoder child : children) {
      child.decode(total);
    }
    elementsGiven += total;
  }

  private long[] readLongs(int count) {
    longs = longs.length < count ? new long[count] : longs;
    first.read(longs, count);
    return longs;
  }
}
