package dev.samzabatch.format;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Each record is one in Avro's binary encoding: all of a schema that is given, or each with the number of its own
 * before it, as {@link AvroRecordDecoder} draws. Records are written with the schema that the columns make.
 */
final class AvroRecordFormat implements RecordFormat {

  private final Optional<WriterSchemas> schemas;
  private final Optional<org.apache.avro.Schema> given;

  AvroRecordFormat(Optional<WriterSchemas> schemas, Optional<String> schemaText) {
    this.schemas = schemas;
    given = schemaText.map(text -> AvroSchemas.parse(text, Place.none(), "the Avro schema"));
  }

  @Override
  public String name() {
    return "avro";
  }

  @Override
  public RecordDecoder decoder(ReadSpec spec) {
    if (schemas.isPresent()) {
      return AvroRecordDecoder.ofMany(spec, schemas.get(), given);
    }
    return AvroRecordDecoder.ofOne(spec, requireGiven(Place.none()));
  }

  private org.apache.avro.Schema requireGiven(Place place) {
    return given.orElseThrow(() -> new UserException(Problem.error("SB-3041", place,
        "records in Avro cannot be read without the schema they were written with",
        "give a schema registry, if the records tell the numbers of their schemas; else the schema itself")));
  }

  @Override
  public RecordEncoder encoder(Schema schema, String subject) throws IOException {
    String text = AvroColumns.schema(schema, subject).toString();
    byte[] head = new byte[0];
    if (schemas.isPresent()) {
      head = ByteBuffer.allocate(AvroRecordDecoder.HEAD_BYTES).put((byte) 0).putInt(schemas.get().idOf(subject, text))
          .array();
    }
    return new AvroRecordEncoder(schema, head);
  }

  /**
   * The columns of the given schema. If there is none, those of the newest schema in the sample (the one of the highest
   * number), and behind them those that only older ones have; a column that not all of them have may be null.
   */
  @Override
  public Schema infer(List<byte[]> sample, Place place) throws IOException {
    if (given.isPresent() || schemas.isEmpty()) {
      return AvroTypes.columns(requireGiven(place), place);
    }
    List<Schema> found = new ArrayList<>();
    for (int number : newestFirst(sample)) {
      Optional<org.apache.avro.Schema> writer = writer(number, schemas.get(), place);
      if (writer.isPresent()) {
        found.add(AvroTypes.columns(writer.get(), place));
      }
    }
    if (found.isEmpty()) {
      throw new UserException(Problem.error("SB-3046", place,
          "no record of the sample tells a schema that the registry knows: there is nothing to infer a schema from",
          "declare the schema, for example schema = \"id long, name string null\""));
    }
    return merged(found);
  }

  private static Iterable<Integer> newestFirst(List<byte[]> sample) {
    TreeSet<Integer> numbers = new TreeSet<>(Comparator.reverseOrder());
    for (byte[] value : sample) {
      if (AvroRecordDecoder.hasHead(value, 0, value.length)) {
        numbers.add(AvroRecordDecoder.numberAt(value, 0));
      }
    }
    return numbers;
  }

  /** The schema of this number, if there is one. */
  private static Optional<org.apache.avro.Schema> writer(int number, WriterSchemas known, Place place)
      throws IOException {
    try {
      return Optional.of(AvroSchemas.parse(known.byId(number), place, "the schema of number " + number));
    } catch (UserException e) {
      if (e.kind() != ErrorKind.USER) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static Schema merged(List<Schema> newestFirst) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Schema schema : newestFirst) {
      schema.fields().forEach(field -> fields.putIfAbsent(field.name(), field));
    }
    fields.replaceAll((name, field) -> {
      boolean inAll = newestFirst.stream()
          .allMatch(schema -> schema.indexOf(name) >= 0 && !schema.field(schema.indexOf(name)).nullable());
      return new Field(name, field.type(), !inAll);
    });
    return new Schema(List.copyOf(fields.values()));
  }
}
