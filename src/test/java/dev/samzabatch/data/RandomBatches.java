package dev.samzabatch.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Schemas of any shape and rows that fit them, from a seed. */
public final class RandomBatches {

  private static final int MAX_DEPTH = 3;

  private final Random random;

  /** The same seed gives the same schemas and rows. */
  public RandomBatches(long seed) {
    random = new Random(seed);
  }

  /** A schema of 1 to 6 columns, nested ones among them. */
  public Schema schema() {
    return schema(0);
  }

  private Schema schema(int depth) {
    List<Field> fields = new ArrayList<>();
    int size = 1 + random.nextInt(depth == 0 ? 6 : 3);
    for (int i = 0; i < size; i++) {
      fields.add(new Field("c" + i, type(depth), random.nextBoolean()));
    }
    return new Schema(fields);
  }

  private DataType type(int depth) {
    int kind = random.nextInt(depth < MAX_DEPTH ? 15 : 11);
    return switch (kind) {
      case 10 -> new DecimalType(1 + random.nextInt(DecimalType.MAX_PRECISION), 0);
      case 11 -> new DecimalType(25, 7);
      case 12 -> new ArrayType(type(depth + 1), random.nextBoolean());
      case 13 -> {
        DataType key = random.nextBoolean() ? ScalarType.STRING : ScalarType.LONG;
        yield new MapType(key, type(depth + 1), random.nextBoolean());
      }
      case 14 -> new RowType(schema(depth + 1));
      default -> ScalarType.values()[kind];
    };
  }

  /** Rows that fit the schema, as objects; nulls only where they are allowed. */
  public List<List<Object>> rows(Schema schema, int count) {
    int nullsIn100 = List.of(0, 3, 50, 100).get(random.nextInt(4));
    int magnitude = random.nextInt(64);
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(schema, nullsIn100, magnitude));
    }
    return rows;
  }

  private List<Object> row(Schema schema, int nullsIn100, int magnitude) {
    List<Object> row = new ArrayList<>();
    for (Field field : schema.fields()) {
      row.add(value(field.type(), field.nullable(), nullsIn100, magnitude));
    }
    return row;
  }

  private Object value(DataType type, boolean nullable, int nullsIn100, int magnitude) {
    if (nullable && random.nextInt(100) < nullsIn100) {
      return null;
    }
    if (type instanceof ScalarType scalar) {
      return scalar(scalar, random.nextLong() >> magnitude);
    }
    if (type instanceof DecimalType decimal) {
      BigInteger limit = BigInteger.TEN.pow(decimal.precision());
      BigInteger digits = new BigInteger(125, random).mod(limit);
      return new BigDecimal(random.nextBoolean() ? digits.negate() : digits, decimal.scale());
    }
    if (type instanceof RowType row) {
      return row(row.schema(), nullsIn100, magnitude);
    }
    int size = random.nextInt(4);
    if (type instanceof ArrayType array) {
      List<Object> elements = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        elements.add(value(array.element(), array.nullableElements(), nullsIn100, magnitude));
      }
      return elements;
    }
    MapType map = (MapType) type;
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      Object key = value(map.key(), false, 0, magnitude);
      entries.put(key, value(map.value(), map.nullableValues(), nullsIn100, magnitude));
    }
    return entries;
  }

  private Object scalar(ScalarType type, long number) {
    return switch (type) {
      case BOOLEAN -> number % 2 == 0;
      case INT -> (int) number;
      case LONG -> number;
      case FLOAT -> Float.intBitsToFloat((int) number & 0xFFBFFFFF);
      case DOUBLE -> random.nextInt(10) == 0 ? -0.0 : Double.longBitsToDouble(number);
      case STRING -> "ä€\uD83D\uDE00x".substring(random.nextInt(2)).repeat(random.nextInt(4)) + number % 1000;
      case BYTES -> {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        yield ByteBuffer.wrap(bytes);
      }
      case DATE -> LocalDate.ofEpochDay(number % 1_000_000);
      case TIME -> LocalTime.ofNanoOfDay(Math.floorMod(number, 86_400_000_000L) * 1000);
      case TIMESTAMP -> LocalDateTime.of(2020, 1, 1, 0, 0).plusNanos(number / 1000 * 1000);
    };
  }
}
