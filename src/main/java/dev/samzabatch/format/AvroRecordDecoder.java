package dev.samzabatch.format;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Decodes Avro records, each straight into the columns. They are all of one schema, or each tells the number of its own
 * in the bytes before it:
 *
 * <pre>
 * 0 | number, 4 bytes, the highest first | the record
 * </pre>
 *
 * What a schema's records become is found out when the first of them comes.
 */
final class AvroRecordDecoder extends RowDecoder {

  /** How many bytes stand before a record that tells the number of its schema. */
  static final int HEAD_BYTES = 5;

  /** More are forgotten: numbers without a schema are not numbers of schemas, and there may be many. */
  private static final int MAX_REFUSED = 1000;

  private final BadRecords bad = BadRecords.ofValues();
  private final AvroInput in = new AvroInput(bad);
  private final Optional<WriterSchemas> schemas;
  private final Optional<Schema> reader;
  private final Map<Integer, AvroValue> readers = new HashMap<>();
  private final Map<Integer, RecordProblem> refused = new HashMap<>();

  /** What reads the records of the schema of this number; of all of them when they tell none. */
  private AvroValue record = (input, row) -> {};

  private int number;

  private AvroRecordDecoder(ReadSpec spec, Optional<WriterSchemas> schemas, Optional<Schema> reader) {
    super(spec);
    this.schemas = schemas;
    this.reader = reader;
  }

  /** A decoder of records that are all of this schema. */
  static AvroRecordDecoder ofOne(ReadSpec spec, Schema writer) {
    AvroRecordDecoder decoder = new AvroRecordDecoder(spec, Optional.empty(), Optional.empty());
    try {
      decoder.record = decoder.resolved(writer);
    } catch (AvroMismatch e) {
      RecordProblem problem = e.problem();
      throw new UserException(Problem.error("SB-3043", Place.none(), problem.message(), problem.hint()));
    }
    return decoder;
  }

  /** A decoder of records that tell the number of their schema. */
  static AvroRecordDecoder ofMany(ReadSpec spec, WriterSchemas schemas, Optional<Schema> reader) {
    return new AvroRecordDecoder(spec, Optional.of(schemas), reader);
  }

  private AvroValue resolved(Schema writer) {
    return AvroResolution.records(writer, reader, schema(), vectors(), bad);
  }

  @Override
  RecordProblem decode(byte[] bytes, int from, int to, int row) throws IOException {
    int start = from;
    if (schemas.isPresent()) {
      RecordProblem problem = readHead(bytes, from, to);
      if (problem != null) {
        return problem;
      }
      start = from + HEAD_BYTES;
    }
    in.set(bytes, start, to);
    try {
      record.read(in, row);
      if (in.hasMore()) {
        throw in.malformed("the end of the record");
      }
      return null;
    } catch (BadRecord e) {
      return bad.take();
    }
  }

  private RecordProblem readHead(byte[] bytes, int from, int to) throws IOException {
    if (!hasHead(bytes, from, to)) {
      bad.addMalformed(0, "expected a 0 and the four bytes of a schema's number before the record, found "
          + (to == from ? "an empty record" : "something else"),
          "if the records are plain Avro, take the registry away and give their schema; else check the format");
      return bad.take();
    }
    int found = numberAt(bytes, from);
    if (found != number || readers.isEmpty()) {
      return choose(found);
    }
    return null;
  }

  /** Whether a record tells the number of its schema. */
  static boolean hasHead(byte[] bytes, int from, int to) {
    return to - from >= HEAD_BYTES && bytes[from] == 0;
  }

  /** The number that a record tells. */
  static int numberAt(byte[] bytes, int from) {
    return Integer.reverseBytes((int) Swar.INTS.get(bytes, from + 1));
  }

  /** Reads records of the schema of this number from now on; returns null when they can be read. */
  private RecordProblem choose(int found) throws IOException {
    RecordProblem problem = refused.get(found);
    if (problem != null) {
      return problem;
    }
    AvroValue known = readers.get(found);
    if (known == null) {
      try {
        known = resolved(writer(found));
        readers.put(found, known);
      } catch (AvroMismatch e) {
        return refuse(found, e.problem());
      } catch (UserException e) {
        if (e.kind() != ErrorKind.USER) {
          throw e;
        }
        Problem first = e.problems().get(0);
        return refuse(found, new RecordProblem("SB-3004", first.message(), first.hint()));
      }
    }
    record = known;
    number = found;
    return null;
  }

  private Schema writer(int found) throws IOException {
    return AvroSchemas.parse(schemas.orElseThrow().byId(found), Place.none(), "the schema of number " + found);
  }

  private RecordProblem refuse(int found, RecordProblem problem) {
    if (refused.size() == MAX_REFUSED) {
      refused.clear();
    }
    refused.put(found, problem);
    return problem;
  }
}
