package dev.samzabatch.format;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Passes over the values of one schema. */
final class AvroSkip {

  /** How deep values of a schema that holds itself may be nested. */
  private static final int MAX_DEPTH = 1000;

  private enum Kind {
    NOTHING, BYTES, NUMBER, PREFIXED, RECORD, ARRAY, MAP, UNION
  }

  private final Kind kind;
  private final int length;

  /** Of the fields of a record, the branches of a union, or the items of an array or map. */
  private AvroSkip[] parts = new AvroSkip[0];

  private AvroSkip(Kind kind, int length) {
    this.kind = kind;
    this.length = length;
  }

  /** What passes over values of this schema. */
  static AvroSkip of(Schema schema) {
    return of(schema, new IdentityHashMap<>());
  }

  private static AvroSkip of(Schema schema, Map<Schema, AvroSkip> known) {
    AvroSkip before = known.get(schema);
    if (before != null) {
      return before;
    }
    AvroSkip skip = empty(schema);
    known.put(schema, skip);
    List<Schema> parts = switch (schema.getType()) {
      case RECORD -> schema.getFields().stream().map(Schema.Field::schema).toList();
      case UNION -> schema.getTypes();
      case ARRAY -> List.of(schema.getElementType());
      case MAP -> List.of(schema.getValueType());
      case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, BYTES, ENUM, FIXED -> List.of();
    };
    skip.parts = parts.stream().map(part -> of(part, known)).toArray(AvroSkip[]::new);
    return skip;
  }

  private static AvroSkip empty(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> new AvroSkip(Kind.NOTHING, 0);
      case BOOLEAN -> new AvroSkip(Kind.BYTES, 1);
      case FLOAT -> new AvroSkip(Kind.BYTES, Float.BYTES);
      case DOUBLE -> new AvroSkip(Kind.BYTES, Double.BYTES);
      case FIXED -> new AvroSkip(Kind.BYTES, schema.getFixedSize());
      case INT, LONG, ENUM -> new AvroSkip(Kind.NUMBER, 0);
      case STRING, BYTES -> new AvroSkip(Kind.PREFIXED, 0);
      case RECORD -> new AvroSkip(Kind.RECORD, 0);
      case ARRAY -> new AvroSkip(Kind.ARRAY, 0);
      case MAP -> new AvroSkip(Kind.MAP, 0);
      case UNION -> new AvroSkip(Kind.UNION, 0);
    };
  }

  /** Passes over a value. */
  void pass(AvroInput in) {
    pass(in, 0);
  }

  private void pass(AvroInput in, int depth) {
    switch (kind) {
      case NOTHING -> {
      }
      case BYTES -> in.pass(length);
      case NUMBER -> in.readLong();
      case PREFIXED -> in.pass(in.readLength());
      case RECORD, ARRAY, MAP, UNION -> passParts(in, deeper(in, depth));
    }
  }

  private static int deeper(AvroInput in, int depth) {
    if (depth == MAX_DEPTH) {
      throw in.malformed("values nested up to " + MAX_DEPTH + " deep");
    }
    return depth + 1;
  }

  private void passParts(AvroInput in, int depth) {
    if (kind == Kind.UNION) {
      parts[in.readIndex(parts.length)].pass(in, depth);
    } else if (kind == Kind.RECORD) {
      for (AvroSkip field : parts) {
        field.pass(in, depth);
      }
    } else {
      for (long count = in.readCountOrPass(); count > 0; count = in.readCountOrPass()) {
        for (long i = 0; i < count; i++) {
          if (kind == Kind.MAP) {
            in.pass(in.readLength());
          }
          parts[0].pass(in, depth);
        }
      }
    }
  }
}
