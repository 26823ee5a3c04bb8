package dev.samzabatch.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Avro schemas of any shape and records of them, from a seed, and what Avro's own library makes of them. */
final class RandomAvro {

  private static final int MAX_DEPTH = 3;
  private static final long DAY = 86_400_000_000L;

  private final Random random;
  private int names;

  RandomAvro(Random random) {
    this.random = random;
  }

  /** A record. */
  Schema record() {
    return record(0);
  }

  private Schema record(int depth) {
    List<Schema.Field> fields = new ArrayList<>();
    int size = depth == 0 ? 1 + random.nextInt(6) : random.nextInt(4);
    for (int i = 0; i < size; i++) {
      fields.add(new Schema.Field("f" + i, any(depth)));
    }
    return Schema.createRecord("R" + names++, null, "x.y", false, fields);
  }

  /** A type that may be a union with null, null first or last. */
  private Schema any(int depth) {
    Schema type = type(depth);
    return switch (random.nextInt(6)) {
      case 0, 1 -> Schema.createUnion(Schema.create(Schema.Type.NULL), type);
      case 2 -> Schema.createUnion(type, Schema.create(Schema.Type.NULL));
      case 3 -> Schema.createUnion(Schema.create(Schema.Type.INT), Schema.create(Schema.Type.DOUBLE),
          Schema.create(Schema.Type.NULL));
      default -> type;
    };
  }

  private Schema type(int depth) {
    return switch (random.nextInt(depth < MAX_DEPTH ? 22 : 19)) {
      case 0 -> Schema.create(Schema.Type.BOOLEAN);
      case 1, 2 -> Schema.create(Schema.Type.INT);
      case 3, 4 -> Schema.create(Schema.Type.LONG);
      case 5 -> Schema.create(Schema.Type.FLOAT);
      case 6 -> Schema.create(Schema.Type.DOUBLE);
      case 7, 8 -> Schema.create(Schema.Type.STRING);
      case 9 -> Schema.create(Schema.Type.BYTES);
      case 10 -> Schema.createFixed("F" + names++, null, null, 1 + random.nextInt(9));
      case 11 -> Schema.createEnum("E" + names++, null, null, List.of("RED", "GREEN", "BLUE"));
      case 12 -> with(LogicalTypes.date(), Schema.Type.INT);
      case 13 -> with(LogicalTypes.timeMillis(), Schema.Type.INT);
      case 14 -> with(LogicalTypes.timeMicros(), Schema.Type.LONG);
      case 15 -> with(random.nextBoolean() ? LogicalTypes.timestampMillis() : LogicalTypes.localTimestampMillis(),
          Schema.Type.LONG);
      case 16 -> with(random.nextBoolean() ? LogicalTypes.timestampMicros() : LogicalTypes.timestampNanos(),
          Schema.Type.LONG);
      case 17 -> decimal();
      case 18 -> uuid();
      case 19 -> Schema.createArray(any(depth + 1));
      case 20 -> Schema.createMap(any(depth + 1));
      default -> record(depth + 1);
    };
  }

  private static Schema with(LogicalType logical, Schema.Type type) {
    return logical.addToSchema(Schema.create(type));
  }

  private Schema decimal() {
    int precision = 1 + random.nextInt(38);
    LogicalType type = LogicalTypes.decimal(precision, random.nextInt(precision + 1));
    return type.addToSchema(random.nextBoolean()
        ? Schema.create(Schema.Type.BYTES)
        : Schema.createFixed("D" + names++, null, null, 16));
  }

  private Schema uuid() {
    return LogicalTypes.uuid().addToSchema(random.nextBoolean()
        ? Schema.create(Schema.Type.STRING)
        : Schema.createFixed("U" + names++, null, null, 16));
  }

  /** A value of a schema, as Avro's generic writer takes it. */
  Object value(Schema schema) {
    long number = random.nextLong() >> random.nextInt(64);
    String logical = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> logical.equals("time-millis") ? random.nextInt(86_400_000) : (int) number;
      case LONG -> logical.equals("time-micros") ? Math.floorMod(number, DAY)
          : logical.endsWith("-millis") ? number / 1000 : number;
      case FLOAT -> random.nextInt(9) == 0 ? Float.NaN : (float) number / 8;
      case DOUBLE -> random.nextInt(9) == 0 ? Double.NEGATIVE_INFINITY : number / 16.0;
      case STRING -> "ä€\uD83D\uDE00x".substring(random.nextInt(2)).repeat(random.nextInt(4)) + number % 1000;
      case BYTES, FIXED -> bytes(schema);
      case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(schema.getElementType()));
        }
        yield items;
      }
      case MAP -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          entries.put("k" + random.nextInt(9), value(schema.getValueType()));
        }
        yield entries;
      }
      case RECORD -> {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
        yield record;
      }
      case UNION -> value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
    };
  }

  private Object bytes(Schema schema) {
    byte[] bytes = new byte[schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : random.nextInt(20)];
    random.nextBytes(bytes);
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      BigInteger digits =
          new BigInteger(125, random).mod(BigInteger.TEN.pow(1 + random.nextInt(decimal.getPrecision())));
      byte[] unscaled = (random.nextBoolean() ? digits.negate() : digits).toByteArray();
      bytes = schema.getType() == Schema.Type.FIXED ? widened(unscaled) : unscaled;
    }
    return schema.getType() == Schema.Type.FIXED ? new GenericData.Fixed(schema, bytes) : ByteBuffer.wrap(bytes);
  }

  private static byte[] widened(byte[] unscaled) {
    byte[] wide = new byte[16];
    Arrays.fill(wide, (byte) (unscaled[0] < 0 ? -1 : 0));
    System.arraycopy(unscaled, 0, wide, 16 - unscaled.length, unscaled.length);
    return wide;
  }

  /** The bytes of a value; with blocks of arrays and maps that tell their size, half of the time. */
  byte[] encoded(Schema schema, Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = random.nextBoolean()
        ? EncoderFactory.get().binaryEncoder(out, null)
        : new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null);
    try {
      new GenericDatumWriter<>(schema).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** What Avro's generic reader reads. */
  static Object decoded(Schema writer, Schema reader, byte[] bytes) {
    try {
      return new GenericDatumReader<>(writer, reader).read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
