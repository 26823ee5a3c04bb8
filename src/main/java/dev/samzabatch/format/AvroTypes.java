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
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalTypes;

/** The columns that records of an Avro schema have when none are declared. */
final class AvroTypes {

  private static final List<ScalarType> NUMBERS =
      List.of(ScalarType.INT, ScalarType.LONG, ScalarType.FLOAT, ScalarType.DOUBLE);

  private final Place place;

  /** The records that the one that is looked at lies in. */
  private final Set<String> around = new HashSet<>();

  private AvroTypes(Place place) {
    this.place = place;
  }

  /**
   * The columns of records of this schema.
   *
   * @throws UserException when there are fields that no column can hold
   */
  static Schema columns(org.apache.avro.Schema record, Place place) {
    return new AvroTypes(place).fields(record, "");
  }

  private Schema fields(org.apache.avro.Schema record, String prefix) {
    if (!around.add(record.getFullName())) {
      throw unfit(prefix, "records of the type " + record.getFullName() + " hold themselves");
    }
    List<Field> fields = new ArrayList<>();
    for (org.apache.avro.Schema.Field field : record.getFields()) {
      String path = prefix + field.name();
      fields.add(new Field(field.name(), type(field.schema(), path), isNullable(field.schema())));
    }
    around.remove(record.getFullName());
    return new Schema(fields);
  }

  private static boolean isNullable(org.apache.avro.Schema schema) {
    return schema.getType() == org.apache.avro.Schema.Type.NULL || schema.isNullable();
  }

  private DataType type(org.apache.avro.Schema schema, String path) {
    return switch (schema.getType()) {
      case BOOLEAN -> ScalarType.BOOLEAN;
      case INT, LONG -> whole(schema);
      case FLOAT -> ScalarType.FLOAT;
      case DOUBLE -> ScalarType.DOUBLE;
      case STRING, ENUM, NULL -> ScalarType.STRING;
      case BYTES, FIXED -> bytes(schema, path);
      case ARRAY -> new ArrayType(type(schema.getElementType(), path + "[]"), isNullable(schema.getElementType()));
      case MAP -> new MapType(ScalarType.STRING, type(schema.getValueType(), path + ".{value}"),
          isNullable(schema.getValueType()));
      case RECORD -> new RowType(fields(schema, path + "."));
      case UNION -> union(schema, path);
    };
  }

  private static DataType whole(org.apache.avro.Schema schema) {
    String logical = AvroSchemas.logicalType(schema);
    if (logical.equals("date")) {
      return ScalarType.DATE;
    }
    if (logical.startsWith("time-")) {
      return ScalarType.TIME;
    }
    if (logical.contains("timestamp-")) {
      return ScalarType.TIMESTAMP;
    }
    return schema.getType() == org.apache.avro.Schema.Type.INT ? ScalarType.INT : ScalarType.LONG;
  }

  private DataType bytes(org.apache.avro.Schema schema, String path) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      if (decimal.getPrecision() > DecimalType.MAX_PRECISION || decimal.getScale() > decimal.getPrecision()) {
        throw unfit(path, "decimals go up to " + DecimalType.MAX_PRECISION + " digits, and here it has "
            + decimal.getPrecision());
      }
      return new DecimalType(decimal.getPrecision(), decimal.getScale());
    }
    boolean isText = AvroSchemas.logicalType(schema).equals("uuid");
    return isText ? ScalarType.STRING : ScalarType.BYTES;
  }

  /** The type of all branches, or the number that all of them can become. */
  private DataType union(org.apache.avro.Schema schema, String path) {
    List<DataType> types = schema.getTypes().stream()
        .filter(branch -> branch.getType() != org.apache.avro.Schema.Type.NULL)
        .map(branch -> type(branch, path)).distinct().toList();
    if (types.size() < 2) {
      return types.isEmpty() ? ScalarType.STRING : types.get(0);
    }
    if (types.stream().allMatch(type -> type instanceof ScalarType scalar && NUMBERS.contains(scalar))) {
      boolean isLossy = types.contains(ScalarType.LONG) || types.contains(ScalarType.INT);
      DataType widest = NUMBERS.get(types.stream().mapToInt(NUMBERS::indexOf).max().orElseThrow());
      return widest == ScalarType.FLOAT && isLossy ? ScalarType.DOUBLE : widest;
    }
    throw unfit(path, "it is " + AvroSchemas.described(schema) + ", and a column has one type");
  }

  private UserException unfit(String path, String why) {
    return new UserException(Problem.error("SB-3043", place, "field " + path + " can be no column: " + why,
        "declare the columns that you need, for example schema = \"id long, name string null\""));
  }
}
