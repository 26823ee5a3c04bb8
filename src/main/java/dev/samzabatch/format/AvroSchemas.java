package dev.samzabatch.format;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** What there is to ask of Avro schemas. */
final class AvroSchemas {

  /** Column of records whose schema is no record. */
  static final String VALUE = "value";

  private static final int SHOWN_NAMES = 20;

  private AvroSchemas() {}

  /**
   * The schema of a text. One that is no record becomes a record of one field, {@code value}: their bytes are the same.
   *
   * @param what which schema it is, for messages
   */
  static Schema parse(String text, Place place, String what) {
    Schema schema;
    try {
      schema = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false).parse(text);
    } catch (AvroRuntimeException e) {
      throw new UserException(Problem.error("SB-3042", place,
          what + " cannot be read: " + BadRecords.shortened(String.valueOf(e.getMessage())),
          "an Avro schema is JSON, for example {\"type\": \"record\", \"name\": \"R\", \"fields\": "
              + "[{\"name\": \"id\", \"type\": \"long\"}]}"));
    }
    if (schema.getType() == Schema.Type.RECORD) {
      return schema;
    }
    return Schema.createRecord("Value", null, null, false, List.of(new Schema.Field(VALUE, schema)));
  }

  /** The name of the logical type that holds for it; empty when none does. */
  static String logicalType(Schema schema) {
    return schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
  }

  /** The type for a message. */
  static String described(Schema schema) {
    if (schema.getType() == Schema.Type.UNION) {
      return "one of " + schema.getTypes().stream().map(AvroSchemas::described).collect(Collectors.joining(", "));
    }
    String type = schema.getType().getName();
    String logical = logicalType(schema);
    return logical.isEmpty() ? type : type + " (" + logical + ")";
  }

  /** The names of a record's fields for a message. */
  static String names(Schema record) {
    List<String> names = record.getFields().stream().map(Schema.Field::name).toList();
    String shown = names.stream().limit(SHOWN_NAMES).collect(Collectors.joining(", "));
    return names.isEmpty() ? "no field" : names.size() > SHOWN_NAMES ? shown + ", ..." : shown;
  }

  /** A field of the reader's schema. */
  static Optional<Schema.Field> named(Schema reader, String name) {
    return Optional.ofNullable(reader.getField(name));
  }

  /**
   * The writer's field for a column: that of its name, of an alias in the reader's field, or with the name as its own
   * alias.
   */
  static Optional<Schema.Field> find(Schema writer, String name, Optional<Schema.Field> reader) {
    Schema.Field same = writer.getField(name);
    if (same != null) {
      return Optional.of(same);
    }
    Optional<Schema.Field> known = reader.stream().flatMap(field -> field.aliases().stream())
        .map(writer::getField).filter(field -> field != null).findFirst();
    return known.isPresent() ? known
        : writer.getFields().stream().filter(field -> field.aliases().contains(name)).findFirst();
  }

  /** The schema itself or its first branch that is of this type. */
  static Optional<Schema> branch(Schema schema, Schema.Type type) {
    if (schema.getType() == type) {
      return Optional.of(schema);
    }
    return schema.getType() != Schema.Type.UNION ? Optional.empty()
        : schema.getTypes().stream().filter(branch -> branch.getType() == type).findFirst();
  }

  /** The default of a field, which has one, as it would be written. */
  static byte[] defaultBytes(Schema.Field field) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new GenericDatumWriter<>(field.schema()).write(GenericData.get().getDefaultValue(field), encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
