package dev.samzabatch.format;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.ByteSink;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.RowVector;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;

/** Writes rows in Avro's binary encoding, see {@link AvroInput}, with the schema that {@link AvroColumns} makes. */
final class AvroRecordEncoder implements RecordEncoder {

  private static final int NULL_BRANCH = 0;
  private static final int VALUE_BRANCH = 1;

  private final Schema schema;
  private final byte[] head;

  /**
   * Makes an encoder.
   *
   * @param head what stands before each record
   */
  AvroRecordEncoder(Schema schema, byte[] head) {
    this.schema = schema;
    this.head = head;
  }

  @Override
  public void encode(RecordBatch batch, int row, ByteSink out) {
    out.put(head, 0, head.length);
    for (int c = 0; c < schema.size(); c++) {
      Field field = schema.field(c);
      write(field.type(), field.nullable(), batch.column(c), row, out);
    }
  }

  private static void write(DataType type, boolean nullable, ColumnVector vector, int row, ByteSink out) {
    boolean isNull = vector.isNull(row);
    if (nullable) {
      writeLong(isNull ? NULL_BRANCH : VALUE_BRANCH, out);
    } else if (isNull) {
      throw new IllegalStateException("a value of the type " + type + ", which is never null, is null");
    }
    if (!isNull) {
      writeValue(type, vector, row, out);
    }
  }

  private static void writeValue(DataType type, ColumnVector vector, int row, ByteSink out) {
    switch (type.layout()) {
      case LONG -> writeLayoutLong(type, ((LongVector) vector).get(row), out);
      case DOUBLE -> writeDouble(type, ((DoubleVector) vector).get(row), out);
      case BYTES -> {
        BytesVector bytes = (BytesVector) vector;
        writeBytes(bytes.data(), bytes.starts()[row], bytes.lengths()[row], out);
      }
      case DECIMAL -> {
        byte[] unscaled = ((DecimalVector) vector).get(row).toByteArray();
        writeBytes(unscaled, 0, unscaled.length, out);
      }
      case ARRAY -> writeArray((ArrayType) type, (ArrayVector) vector, row, out);
      case MAP -> writeMap((MapType) type, (MapVector) vector, row, out);
      case ROW -> {
        Schema fields = ((RowType) type).schema();
        for (int i = 0; i < fields.size(); i++) {
          Field field = fields.field(i);
          write(field.type(), field.nullable(), ((RowVector) vector).child(i), row, out);
        }
      }
    }
  }

  private static void writeLayoutLong(DataType type, long value, ByteSink out) {
    if (!(type instanceof ScalarType scalar)) {
      writeSmallDecimal(value, out);
    } else if (scalar == ScalarType.BOOLEAN) {
      out.putByte((int) value);
    } else if (scalar == ScalarType.DATE && value != (int) value) {
      throw new UserException(Problem.error("SB-3045", Place.none(),
          "a date that is " + value + " days from 1970-01-01 has no form in Avro, where days are an int",
          "leave such rows out with a filter"));
    } else {
      writeLong(value, out);
    }
  }

  private static void writeDouble(DataType type, double value, ByteSink out) {
    if (type == ScalarType.FLOAT) {
      out.putInt(Float.floatToRawIntBits((float) value));
    } else {
      out.putLong(Double.doubleToRawLongBits(value));
    }
  }

  /** As few bytes as hold the value and its sign. */
  private static void writeSmallDecimal(long value, ByteSink out) {
    int bits = Long.SIZE + 1 - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
    int length = (bits + 7) / 8;
    writeLong(length, out);
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      out.putByte((int) (value >> shift));
    }
  }

  private static void writeBytes(byte[] bytes, int start, int length, ByteSink out) {
    writeLong(length, out);
    out.put(bytes, start, length);
  }

  private static void writeArray(ArrayType type, ArrayVector vector, int row, ByteSink out) {
    int length = vector.lengths()[row];
    int start = vector.starts()[row];
    writeCount(length, out);
    for (int at = start; at < start + length; at++) {
      write(type.element(), type.nullableElements(), vector.elements(), at, out);
    }
    writeLong(0, out);
  }

  private static void writeMap(MapType type, MapVector vector, int row, ByteSink out) {
    int length = vector.lengths()[row];
    int start = vector.starts()[row];
    writeCount(length, out);
    for (int at = start; at < start + length; at++) {
      writeValue(type.key(), vector.keys(), at, out);
      write(type.value(), type.nullableValues(), vector.values(), at, out);
    }
    writeLong(0, out);
  }

  /** The count of the only block, of which there is none if there are no items. */
  private static void writeCount(int length, ByteSink out) {
    if (length > 0) {
      writeLong(length, out);
    }
  }

  private static void writeLong(long value, ByteSink out) {
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7fL) != 0) {
      out.putByte((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.putByte((int) rest);
  }
}
