package dev.samzabatch.format;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The Avro schema that rows are written with. What may be null is a union of null and the type, and null by default.
 * Times and timestamps are in microseconds, timestamps in UTC; decimals are bytes.
 */
final class AvroColumns {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private AvroColumns() {}

  /**
   * The schema for rows of these columns.
   *
   * @param subject what it is registered under; the record is named after it
   * @throws UserException when Avro has no form for a column
   */
  static Schema schema(dev.samzabatch.data.Schema columns, String subject) {
    String plain = subject.replaceFirst("-(value|key)$", "").replaceAll("[^A-Za-z0-9_]", "_");
    String name = plain.isEmpty() ? "record" : Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    return record(columns, name, "");
  }

  private static Schema record(dev.samzabatch.data.Schema columns, String name, String prefix) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Field field : columns.fields()) {
      String path = prefix + field.name();
      if (!NAME.matcher(field.name()).matches()) {
        throw unfit(path, "is no name in Avro: they are made of letters, digits and _, and begin with no digit",
            "give the column another name with select");
      }
      Schema type = optional(type(field.type(), name + "_" + field.name(), path), field.nullable());
      fields.add(field.nullable()
          ? new Schema.Field(field.name(), type, null, JsonProperties.NULL_VALUE)
          : new Schema.Field(field.name(), type));
    }
    return Schema.createRecord(name, null, null, false, fields);
  }

  private static Schema optional(Schema type, boolean nullable) {
    return nullable ? Schema.createUnion(Schema.create(Schema.Type.NULL), type) : type;
  }

  private static Schema type(DataType type, String name, String path) {
    if (type instanceof ScalarType scalar) {
      return scalar(scalar);
    }
    if (type instanceof DecimalType decimal) {
      return logical(Schema.Type.BYTES, LogicalTypes.decimal(decimal.precision(), decimal.scale()));
    }
    if (type instanceof ArrayType array) {
      return Schema.createArray(optional(type(array.element(), name, path + "[]"), array.nullableElements()));
    }
    if (type instanceof MapType map) {
      if (map.key() != ScalarType.STRING) {
        throw unfit(path, "is " + type + ", and the keys of a map are strings in Avro", "make the keys strings");
      }
      return Schema.createMap(optional(type(map.value(), name, path + ".{value}"), map.nullableValues()));
    }
    return record(((RowType) type).schema(), name, path + ".");
  }

  private static Schema scalar(ScalarType type) {
    return switch (type) {
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case INT -> Schema.create(Schema.Type.INT);
      case LONG -> Schema.create(Schema.Type.LONG);
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case STRING -> Schema.create(Schema.Type.STRING);
      case BYTES -> Schema.create(Schema.Type.BYTES);
      case DATE -> logical(Schema.Type.INT, LogicalTypes.date());
      case TIME -> logical(Schema.Type.LONG, LogicalTypes.timeMicros());
      case TIMESTAMP -> logical(Schema.Type.LONG, LogicalTypes.timestampMicros());
    };
  }

  private static Schema logical(Schema.Type type, LogicalType logical) {
    return logical.addToSchema(Schema.create(type));
  }

  private static UserException unfit(String path, String why, String hint) {
    return new UserException(Problem.error("SB-3044", Place.none(), "column " + path + " " + why, hint));
  }
}
