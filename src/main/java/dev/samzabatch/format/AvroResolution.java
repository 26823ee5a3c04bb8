package dev.samzabatch.format;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.ArrayVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.MapVector;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.RowVector;
import dev.samzabatch.data.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.avro.Schema;

/**
 * Finds out how records of one Avro schema, the writer's, become columns, once for all its records.
 *
 * <p>
 * A column takes the field of its name; else one that the reader's schema, if there is one, knows under an alias, or
 * that has the column's name as an alias. Without any it is null, or the default that the reader's schema has.
 *
 * <pre>
 * boolean    boolean                      string     string, bytes, enum, a fixed that is a uuid
 * int        int                          bytes      bytes, string, fixed
 * long       int, long                    date       int that is a date
 * float      int, long, float             time       int and long that are a time
 * double     int, long, float, double     timestamp  long that is a timestamp, local or not
 * decimal    bytes and fixed that are one; never rounded
 * array, map, row   array, map with string keys, record
 * </pre>
 *
 * A union is what each of its branches is; a record whose branch cannot be the column's is bad.
 */
final class AvroResolution {

  private final AvroInput constants;

  private AvroResolution(BadRecords bad) {
    constants = new AvroInput(bad);
  }

  /**
   * What reads records into these vectors.
   *
   * @param writer a record
   * @param reader has names and defaults for what the writer's schema does not have
   * @throws AvroMismatch when that cannot be
   */
  static AvroValue records(Schema writer, Optional<Schema> reader, dev.samzabatch.data.Schema columns,
      ColumnVector[] vectors, BadRecords bad) {
    return new AvroResolution(bad).record(writer, reader, "", columns, i -> vectors[i]);
  }

  private AvroValue record(Schema writer, Optional<Schema> reader, String prefix,
      dev.samzabatch.data.Schema columns, IntFunction<ColumnVector> vectors) {
    AvroValue[] fields = new AvroValue[writer.getFields().size()];
    List<AvroRecord.Absent> absent = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Field column = columns.field(i);
      AvroTarget target =
          new AvroTarget(prefix + column.name(), column.type(), column.nullable(), vectors.apply(i));
      Optional<Schema.Field> wanted =
          reader.flatMap(schema -> AvroSchemas.named(schema, column.name()));
      Optional<Schema.Field> found = AvroSchemas.find(writer, column.name(), wanted);
      if (found.isPresent()) {
        fields[found.get().pos()] = value(found.get().schema(), wanted.map(Schema.Field::schema), target);
      } else {
        absent.add(absent(target, wanted, writer));
      }
    }
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] == null) {
        AvroSkip skip = AvroSkip.of(writer.getFields().get(i).schema());
        fields[i] = (in, row) -> skip.pass(in);
      }
    }
    return new AvroRecord(fields, absent.toArray(AvroRecord.Absent[]::new));
  }

  /** The default, which is read from its own bytes like any value; else null. */
  private AvroRecord.Absent absent(AvroTarget target, Optional<Schema.Field> wanted, Schema writer) {
    if (wanted.isPresent() && wanted.get().hasDefaultValue()) {
      Schema.Field field = wanted.get();
      AvroValue value = value(field.schema(), Optional.of(field.schema()), target);
      return new AvroRecord.Absent(value, AvroSchemas.defaultBytes(field), constants);
    }
    if (!target.nullable()) {
      throw AvroMismatch.missing(target, AvroSchemas.names(writer));
    }
    return new AvroRecord.Absent(target::readNull, new byte[0], constants);
  }

  private AvroValue value(Schema writer, Optional<Schema> reader, AvroTarget target) {
    return switch (writer.getType()) {
      case UNION -> union(writer, reader, target);
      case NULL -> nulls(target);
      case ARRAY -> array(writer, reader, target);
      case MAP -> map(writer, reader, target);
      case RECORD -> {
        if (!(target.type() instanceof RowType row)) {
          throw AvroMismatch.type(target, AvroSchemas.described(writer));
        }
        RowVector vector = (RowVector) target.vector();
        Optional<Schema> inner = reader.flatMap(schema -> AvroSchemas.branch(schema, Schema.Type.RECORD));
        yield record(writer, inner, target.path() + ".", row.schema(), vector::child);
      }
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, BYTES, ENUM, FIXED -> AvroScalars.of(writer, target)
          .orElseThrow(() -> AvroMismatch.type(target, AvroSchemas.described(writer)));
    };
  }

  private static AvroValue nulls(AvroTarget target) {
    if (!target.nullable()) {
      throw AvroMismatch.type(target, "null");
    }
    return target::readNull;
  }

  private AvroValue union(Schema writer, Optional<Schema> reader, AvroTarget target) {
    List<Schema> branches = writer.getTypes();
    AvroValue[] values = new AvroValue[branches.size()];
    int fit = 0;
    for (int i = 0; i < values.length; i++) {
      Schema branch = branches.get(i);
      if (branch.getType() == Schema.Type.NULL) {
        values[i] = target::readNull;
      } else {
        try {
          values[i] = value(branch, reader, target);
          fit++;
        } catch (AvroMismatch e) {
          values[i] = (in, row) -> {
            throw target.unfit(in, AvroSchemas.described(branch), "");
          };
        }
      }
    }
    if (fit == 0 && !(target.nullable() && writer.isNullable())) {
      throw AvroMismatch.type(target, AvroSchemas.described(writer));
    }
    if (values.length == 2 && writer.isNullable()) {
      int nullBranch = branches.get(0).getType() == Schema.Type.NULL ? 0 : 1;
      return AvroUnions.optional(target, nullBranch, values[1 - nullBranch]);
    }
    return AvroUnions.any(values);
  }

  private AvroValue array(Schema writer, Optional<Schema> reader, AvroTarget target) {
    if (!(target.type() instanceof ArrayType array)) {
      throw AvroMismatch.type(target, AvroSchemas.described(writer));
    }
    ArrayVector vector = (ArrayVector) target.vector();
    Optional<Schema> inner =
        reader.flatMap(schema -> AvroSchemas.branch(schema, Schema.Type.ARRAY)).map(Schema::getElementType);
    AvroTarget element =
        new AvroTarget(target.path() + "[]", array.element(), array.nullableElements(), vector.elements());
    return new AvroList(vector, value(writer.getElementType(), inner, element));
  }

  private AvroValue map(Schema writer, Optional<Schema> reader, AvroTarget target) {
    if (!(target.type() instanceof MapType map) || map.key() != ScalarType.STRING) {
      throw AvroMismatch.type(target, AvroSchemas.described(writer));
    }
    MapVector vector = (MapVector) target.vector();
    Optional<Schema> inner =
        reader.flatMap(schema -> AvroSchemas.branch(schema, Schema.Type.MAP)).map(Schema::getValueType);
    AvroTarget key = new AvroTarget(target.path() + ".{key}", map.key(), false, vector.keys());
    AvroTarget value =
        new AvroTarget(target.path() + ".{value}", map.value(), map.nullableValues(), vector.values());
    return new AvroMap(vector, AvroTexts.text(key), value(writer.getValueType(), inner, value));
  }
}
