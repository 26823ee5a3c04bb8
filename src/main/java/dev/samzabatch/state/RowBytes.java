package dev.samzabatch.state;

import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RowVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Single rows as bytes, one column after the other; what stands in local databases, never longer than the process.
 *
 * <pre>
 * value   0 for null, else 1 and
 * long, double   8 bytes        decimal  16 bytes       bytes  length, then these
 * array          length, then the elements              map    length, then key and value of each entry
 * row            the children
 * </pre>
 */
final class RowBytes {

  private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[256];
  private int at;

  /** Goes to the first byte. */
  void rewind() {
    at = 0;
  }

  /** The bytes; the array changes as it grows. */
  byte[] bytes() {
    return bytes;
  }

  /** Where the next byte is written or read. */
  int position() {
    return at;
  }

  /** Makes room for so many bytes from the first one on; what is there is lost. */
  void reserve(int length) {
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, 2 * bytes.length)];
    }
  }

  /** Writes a row behind what has been written. */
  void write(ColumnVector[] columns, int row) {
    for (ColumnVector column : columns) {
      writeValue(column, row);
    }
  }

  /** Reads the next row into a row of vectors, whose rows are read in ascending order. */
  void read(ColumnVector[] columns, int row) {
    for (ColumnVector column : columns) {
      readValue(column, row);
    }
  }

  private void writeValue(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      writeByte(0);
      return;
    }
    writeByte(1);
    if (vector instanceof LongVector longs) {
      writeLong(longs.get(row));
    } else if (vector instanceof DoubleVector doubles) {
      writeLong(Double.doubleToRawLongBits(doubles.get(row)));
    } else if (vector instanceof DecimalVector decimals) {
      writeLong(decimals.high()[row]);
      writeLong(decimals.low()[row]);
    } else if (vector instanceof BytesVector strings) {
      int length = strings.lengths()[row];
      writeInt(length);
      grow(length);
      System.arraycopy(strings.data(), strings.starts()[row], bytes, at, length);
      at += length;
    } else {
      writeNested(vector, row);
    }
  }

  private void writeNested(ColumnVector vector, int row) {
    if (vector instanceof ArrayVector array) {
      writeInt(array.lengths()[row]);
      for (int i = 0; i < array.lengths()[row]; i++) {
        writeValue(array.elements(), array.starts()[row] + i);
      }
    } else if (vector instanceof MapVector map) {
      writeInt(map.lengths()[row]);
      for (int i = 0; i < map.lengths()[row]; i++) {
        writeValue(map.keys(), map.starts()[row] + i);
        writeValue(map.values(), map.starts()[row] + i);
      }
    } else {
      RowVector record = (RowVector) vector;
      for (int i = 0; i < record.childCount(); i++) {
        writeValue(record.child(i), row);
      }
    }
  }

  private void readValue(ColumnVector vector, int row) {
    vector.ensureCapacity(row + 1);
    if (bytes[at++] == 0) {
      setNull(vector, row);
    } else if (vector instanceof LongVector longs) {
      longs.set(row, readLong());
    } else if (vector instanceof DoubleVector doubles) {
      doubles.set(row, Double.longBitsToDouble(readLong()));
    } else if (vector instanceof DecimalVector decimals) {
      long high = readLong();
      decimals.set(row, high, readLong());
    } else if (vector instanceof BytesVector strings) {
      int length = readInt();
      strings.set(row, bytes, at, length);
      at += length;
    } else {
      readNested(vector, row);
    }
  }

  private void readNested(ColumnVector vector, int row) {
    if (vector instanceof ArrayVector array) {
      int length = readInt();
      for (int i = 0; i < length; i++) {
        readValue(array.elements(), array.used() + i);
      }
      array.append(row, length);
    } else if (vector instanceof MapVector map) {
      int length = readInt();
      for (int i = 0; i < length; i++) {
        readValue(map.keys(), map.used() + i);
        readValue(map.values(), map.used() + i);
      }
      map.append(row, length);
    } else {
      RowVector record = (RowVector) vector;
      for (int i = 0; i < record.childCount(); i++) {
        readValue(record.child(i), row);
      }
    }
  }

  private static void setNull(ColumnVector vector, int row) {
    vector.ensureCapacity(row + 1);
    vector.setNull(row);
    if (vector instanceof BytesVector strings) {
      strings.append(row, 0);
    } else if (vector instanceof ArrayVector array) {
      array.append(row, 0);
    } else if (vector instanceof MapVector map) {
      map.append(row, 0);
    } else if (vector instanceof RowVector record) {
      for (int i = 0; i < record.childCount(); i++) {
        setNull(record.child(i), row);
      }
    }
  }

  private void writeByte(int value) {
    grow(1);
    bytes[at++] = (byte) value;
  }

  private void writeInt(int value) {
    grow(Integer.BYTES);
    INTS.set(bytes, at, value);
    at += Integer.BYTES;
  }

  private void writeLong(long value) {
    grow(Long.BYTES);
    LONGS.set(bytes, at, value);
    at += Long.BYTES;
  }

  private int readInt() {
    int value = (int) INTS.get(bytes, at);
    at += Integer.BYTES;
    return value;
  }

  private long readLong() {
    long value = (long) LONGS.get(bytes, at);
    at += Long.BYTES;
    return value;
  }

  private void grow(int more) {
    int needed = Math.addExact(at, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, 2L * bytes.length)));
    }
  }
}
