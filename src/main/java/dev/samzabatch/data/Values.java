package dev.samzabatch.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Single values as Java objects, for tests, messages, literals and other slow paths. The objects: Boolean, Integer,
 * Long, Float, Double, {@link BigDecimal} (of the type's scale), String, {@link ByteBuffer}, {@link LocalDate},
 * {@link LocalTime}, {@link LocalDateTime}, List (array and row: by position), Map (in order); null for null.
 */
public final class Values {

  private static final long MICROS_PER_SECOND = 1_000_000L;

  private Values() {}

  /** The value at the row as an object; null when it is null. */
  public static Object get(DataType type, ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (type.layout()) {
      case LONG -> fromLong(type, ((LongVector) vector).get(row));
      case DOUBLE -> {
        double value = ((DoubleVector) vector).get(row);
        yield type == ScalarType.FLOAT ? (Object) (float) value : (Object) value;
      }
      case BYTES -> {
        BytesVector bytes = (BytesVector) vector;
        yield type == ScalarType.STRING ? bytes.text(row) : ByteBuffer.wrap(bytes.bytes(row));
      }
      case DECIMAL -> new BigDecimal(((DecimalVector) vector).get(row), ((DecimalType) type).scale());
      case ARRAY -> {
        ArrayVector array = (ArrayVector) vector;
        yield slice(((ArrayType) type).element(), array.elements(), array.starts()[row], array.lengths()[row]);
      }
      case MAP -> map((MapType) type, (MapVector) vector, row);
      case ROW -> {
        Schema schema = ((RowType) type).schema();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
          values.add(get(schema.type(i), ((RowVector) vector).child(i), row));
        }
        yield values;
      }
    };
  }

  /** The object for a long of a type whose layout is LONG. */
  public static Object fromLong(DataType type, long value) {
    if (type instanceof DecimalType decimal) {
      return BigDecimal.valueOf(value, decimal.scale());
    }
    return switch ((ScalarType) type) {
      case BOOLEAN -> value != 0;
      case INT -> (int) value;
      case LONG -> value;
      case DATE -> LocalDate.ofEpochDay(value);
      case TIME -> LocalTime.ofNanoOfDay(value * 1000);
      case TIMESTAMP -> LocalDateTime.ofEpochSecond(
          Math.floorDiv(value, MICROS_PER_SECOND), (int) Math.floorMod(value, MICROS_PER_SECOND) * 1000,
          ZoneOffset.UTC);
      case FLOAT, DOUBLE, STRING, BYTES -> throw new IllegalArgumentException(type + " is not held as a long");
    };
  }

  /**
   * Sets the row to the value of this object (see the class comment), or to null for null. The row must be within the
   * capacity, and rows with bytes or elements must be set in ascending order.
   */
  public static void set(DataType type, ColumnVector vector, int row, Object value) {
    if (value == null) {
      setNull(type, vector, row);
      return;
    }
    switch (type.layout()) {
      case LONG -> ((LongVector) vector).set(row, toLong(type, value));
      case DOUBLE -> ((DoubleVector) vector).set(row, ((Number) value).doubleValue());
      case BYTES -> setBytes((BytesVector) vector, row, value);
      case DECIMAL -> ((DecimalVector) vector).set(row, unscaled((DecimalType) type, value));
      case ARRAY -> {
        ArrayVector array = (ArrayVector) vector;
        List<?> list = (List<?>) value;
        setAll(((ArrayType) type).element(), array.elements(), array.used(), list);
        array.append(row, list.size());
      }
      case MAP -> {
        MapVector map = (MapVector) vector;
        MapType mapType = (MapType) type;
        Map<?, ?> entries = (Map<?, ?>) value;
        setAll(mapType.key(), map.keys(), map.used(), new ArrayList<>(entries.keySet()));
        setAll(mapType.value(), map.values(), map.used(), new ArrayList<>(entries.values()));
        map.append(row, entries.size());
      }
      case ROW -> {
        Schema schema = ((RowType) type).schema();
        for (int i = 0; i < schema.size(); i++) {
          set(schema.type(i), ((RowVector) vector).child(i), row, ((List<?>) value).get(i));
        }
      }
    }
  }

  private static void setNull(DataType type, ColumnVector vector, int row) {
    vector.setNull(row);
    if (vector instanceof BytesVector bytes) {
      bytes.append(row, 0);
    } else if (vector instanceof ArrayVector array) {
      array.append(row, 0);
    } else if (vector instanceof MapVector map) {
      map.append(row, 0);
    } else if (vector instanceof RowVector record) {
      Schema schema = ((RowType) type).schema();
      for (int i = 0; i < schema.size(); i++) {
        setNull(schema.type(i), record.child(i), row);
      }
    }
  }

  private static void setAll(DataType type, ColumnVector vector, int from, List<?> values) {
    vector.ensureCapacity(from + values.size());
    for (int i = 0; i < values.size(); i++) {
      set(type, vector, from + i, values.get(i));
    }
  }

  private static void setBytes(BytesVector vector, int row, Object value) {
    byte[] bytes;
    if (value instanceof String text) {
      bytes = text.getBytes(StandardCharsets.UTF_8);
    } else {
      ByteBuffer buffer = ((ByteBuffer) value).duplicate();
      bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
    }
    vector.set(row, bytes, 0, bytes.length);
  }

  private static BigInteger unscaled(DecimalType type, Object value) {
    return ((BigDecimal) value).setScale(type.scale()).unscaledValue();
  }

  /** The long for an object of a type whose layout is LONG. */
  public static long toLong(DataType type, Object value) {
    if (type instanceof DecimalType decimal) {
      return unscaled(decimal, value).longValueExact();
    }
    return switch ((ScalarType) type) {
      case BOOLEAN -> (Boolean) value ? 1 : 0;
      case INT, LONG -> ((Number) value).longValue();
      case DATE -> ((LocalDate) value).toEpochDay();
      case TIME -> ((LocalTime) value).toNanoOfDay() / 1000;
      case TIMESTAMP ->
          ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), (LocalDateTime) value);
      case FLOAT, DOUBLE, STRING, BYTES -> throw new IllegalArgumentException(type + " is not held as a long");
    };
  }

  private static List<Object> slice(DataType type, ColumnVector elements, int start, int length) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      values.add(get(type, elements, start + i));
    }
    return values;
  }

  private static Map<Object, Object> map(MapType type, MapVector vector, int row) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (int i = 0, at = vector.starts()[row]; i < vector.lengths()[row]; i++, at++) {
      entries.put(get(type.key(), vector.keys(), at), get(type.value(), vector.values(), at));
    }
    return entries;
  }

  /** A batch of these rows; each row's values are objects as in the class comment, in the order of the schema. */
  public static RecordBatch batch(Schema schema, List<? extends List<?>> rows) {
    ColumnVector[] columns = new ColumnVector[schema.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = schema.type(c).newVector(rows.size());
      for (int r = 0; r < rows.size(); r++) {
        set(schema.type(c), columns[c], r, rows.get(r).get(c));
      }
    }
    return RecordBatch.of(schema, columns, rows.size());
  }

  /** The rows of a batch that count, as objects. */
  public static List<List<Object>> rows(RecordBatch batch) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < batch.rowCount(); i++) {
      List<Object> row = new ArrayList<>();
      for (int c = 0; c < batch.columnCount(); c++) {
        row.add(get(batch.schema().type(c), batch.column(c), batch.row(i)));
      }
      rows.add(row);
    }
    return rows;
  }
}
