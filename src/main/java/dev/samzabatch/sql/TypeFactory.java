package dev.samzabatch.sql;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Our types as Calcite's and back. There is one string type, without length: a literal has it too, so nothing is ever
 * padded with blanks; and FLOAT is the type of 32 bits that schema strings name float.
 */
final class TypeFactory extends SqlTypeFactoryImpl {

  TypeFactory() {
    super(new TypeSystem());
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName) {
    return super.createSqlType(ours(typeName));
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName, int precision) {
    return super.createSqlType(ours(typeName), precision(typeName, precision));
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName, int precision, int scale) {
    return super.createSqlType(ours(typeName), precision(typeName, precision), scale);
  }

  private static SqlTypeName ours(SqlTypeName typeName) {
    return switch (typeName) {
      case CHAR -> SqlTypeName.VARCHAR;
      case BINARY -> SqlTypeName.VARBINARY;
      case FLOAT -> SqlTypeName.REAL;
      case TINYINT, SMALLINT -> SqlTypeName.INTEGER;
      default -> typeName;
    };
  }

  private static int precision(SqlTypeName typeName, int precision) {
    return switch (typeName) {
      case CHAR, VARCHAR, BINARY, VARBINARY -> RelDataType.PRECISION_NOT_SPECIFIED;
      case TIME, TIMESTAMP -> TypeSystem.MICROSECONDS;
      default -> precision;
    };
  }

  /** The row type of a relation. */
  RelDataType rowType(Schema schema) {
    return row(schema, StructKind.FULLY_QUALIFIED);
  }

  private RelDataType row(Schema schema, StructKind kind) {
    List<RelDataType> types = new ArrayList<>();
    for (Field field : schema.fields()) {
      types.add(type(field.type(), field.nullable()));
    }
    return createStructType(kind, types, schema.names());
  }

  /** Calcite's type for ours. */
  RelDataType type(DataType type, boolean nullable) {
    RelDataType plain;
    if (type instanceof ScalarType scalar) {
      plain = createSqlType(scalarName(scalar));
    } else if (type instanceof DecimalType decimal) {
      plain = createSqlType(SqlTypeName.DECIMAL, decimal.precision(), decimal.scale());
    } else if (type instanceof ArrayType array) {
      plain = createArrayType(type(array.element(), array.nullableElements()), -1);
    } else if (type instanceof MapType map) {
      plain = createMapType(type(map.key(), false), type(map.value(), map.nullableValues()));
    } else {
      plain = row(((RowType) type).schema(), StructKind.PEEK_FIELDS_NO_EXPAND);
    }
    return createTypeWithNullability(plain, nullable);
  }

  private static SqlTypeName scalarName(ScalarType type) {
    return switch (type) {
      case BOOLEAN -> SqlTypeName.BOOLEAN;
      case INT -> SqlTypeName.INTEGER;
      case LONG -> SqlTypeName.BIGINT;
      case FLOAT -> SqlTypeName.REAL;
      case DOUBLE -> SqlTypeName.DOUBLE;
      case STRING -> SqlTypeName.VARCHAR;
      case BYTES -> SqlTypeName.VARBINARY;
      case DATE -> SqlTypeName.DATE;
      case TIME -> SqlTypeName.TIME;
      case TIMESTAMP -> SqlTypeName.TIMESTAMP;
    };
  }

  /** The schema of a row type, whose names must be distinct. */
  static Schema schema(RelDataType rowType) {
    List<Field> fields = new ArrayList<>();
    for (RelDataTypeField field : rowType.getFieldList()) {
      fields.add(new Field(field.getName(), dataType(field.getType()), field.getType().isNullable()));
    }
    return new Schema(fields);
  }

  /**
   * Our type for Calcite's; whether it may be null is not part of it.
   *
   * @throws UnsupportedSqlException when there is none, such as for intervals
   */
  static DataType dataType(RelDataType type) {
    if (type.isStruct()) {
      return new RowType(schema(type));
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> ScalarType.BOOLEAN;
      case TINYINT, SMALLINT, INTEGER -> ScalarType.INT;
      case BIGINT -> ScalarType.LONG;
      case REAL -> ScalarType.FLOAT;
      case DOUBLE -> ScalarType.DOUBLE;
      case DECIMAL -> new DecimalType(type.getPrecision(), Math.max(0, type.getScale()));
      case CHAR, VARCHAR -> ScalarType.STRING;
      case BINARY, VARBINARY -> ScalarType.BYTES;
      case DATE -> ScalarType.DATE;
      case TIME -> ScalarType.TIME;
      case TIMESTAMP -> ScalarType.TIMESTAMP;
      case ARRAY -> new ArrayType(dataType(type.getComponentType()), type.getComponentType().isNullable());
      case MAP -> new MapType(
          dataType(type.getKeyType()), dataType(type.getValueType()), type.getValueType().isNullable());
      case NULL -> ScalarType.STRING;
      default -> throw new UnsupportedSqlException("a value of type " + type.getSqlTypeName().getName(),
          "turn it into a number, a string, a date or a timestamp");
    };
  }
}
