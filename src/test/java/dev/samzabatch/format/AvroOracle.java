package dev.samzabatch.format;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Turns what Avro's generic reader gives into values as {@link Values} has them. */
final class AvroOracle {

  private AvroOracle() {}

  /** The values of a record for these columns, which it has. */
  static List<Object> row(GenericRecord record, dev.samzabatch.data.Schema columns) {
    List<Object> row = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.field(i).name();
      row.add(value(record.get(name), record.getSchema().getField(name).schema(), columns.type(i)));
    }
    return row;
  }

  private static Object value(Object generic, Schema schema, DataType type) {
    if (generic == null) {
      return null;
    }
    if (schema.getType() == Schema.Type.UNION) {
      return value(generic, schema.getTypes().get(GenericData.get().resolveUnion(schema, generic)), type);
    }
    if (type instanceof ScalarType scalar) {
      return scalar(generic, schema, scalar);
    }
    if (type instanceof DecimalType) {
      return new BigDecimal(new BigInteger(bytes(generic)),
          ((LogicalTypes.Decimal) schema.getLogicalType()).getScale());
    }
    if (type instanceof ArrayType array) {
      List<Object> items = new ArrayList<>();
      ((List<?>) generic).forEach(item -> items.add(value(item, schema.getElementType(), array.element())));
      return items;
    }
    if (type instanceof MapType map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      ((Map<?, ?>) generic).forEach(
          (key, item) -> entries.put(key.toString(), value(item, schema.getValueType(), map.value())));
      return entries;
    }
    return row((GenericRecord) generic, ((RowType) type).schema());
  }

  private static Object scalar(Object generic, Schema schema, ScalarType type) {
    String logical = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    return switch (type) {
      case BOOLEAN -> generic;
      case INT -> ((Number) generic).intValue();
      case LONG -> ((Number) generic).longValue();
      case FLOAT -> ((Number) generic).floatValue();
      case DOUBLE -> ((Number) generic).doubleValue();
      case STRING -> text(generic, logical);
      case BYTES -> ByteBuffer.wrap(bytes(generic));
      case DATE -> Values.fromLong(type, ((Number) generic).longValue());
      case TIME, TIMESTAMP -> {
        long number = ((Number) generic).longValue();
        yield Values.fromLong(type, logical.endsWith("-millis") ? number * 1000
            : logical.endsWith("-nanos") ? Math.floorDiv(number, 1000) : number);
      }
    };
  }

  private static String text(Object generic, String logical) {
    if (generic instanceof GenericData.Fixed fixed && logical.equals("uuid")) {
      ByteBuffer bytes = ByteBuffer.wrap(fixed.bytes());
      return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
    return generic instanceof ByteBuffer ? new String(bytes(generic), StandardCharsets.UTF_8) : generic.toString();
  }

  private static byte[] bytes(Object generic) {
    if (generic instanceof GenericData.Fixed fixed) {
      return fixed.bytes();
    }
    if (generic instanceof CharSequence text) {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
    ByteBuffer buffer = ((ByteBuffer) generic).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
