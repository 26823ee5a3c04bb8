package dev.samzabatch.format;

import dev.samzabatch.data.ByteSink;
import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import java.util.List;

/**
 * Each record is one value: text, or bytes of which nothing is known. The schema has one column for it, of any name;
 * {@code value} when none is declared. A null is written as an empty record.
 */
final class WholeRecordFormat implements RecordFormat {

  private final String name;
  private final ScalarType type;

  private WholeRecordFormat(String name, ScalarType type) {
    this.name = name;
    this.type = type;
  }

  static WholeRecordFormat ofText() {
    return new WholeRecordFormat("text", ScalarType.STRING);
  }

  static WholeRecordFormat ofBytes() {
    return new WholeRecordFormat("bytes", ScalarType.BYTES);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RecordDecoder decoder(ReadSpec spec) {
    requireOneColumn(spec.schema());
    return new WholeDecoder(spec, type == ScalarType.STRING);
  }

  @Override
  public RecordEncoder encoder(Schema schema, String subject) {
    requireOneColumn(schema);
    return (RecordBatch batch, int row, ByteSink out) -> {
      BytesVector vector = (BytesVector) batch.column(0);
      if (!vector.isNull(row)) {
        out.put(vector.data(), vector.starts()[row], vector.lengths()[row]);
      }
    };
  }

  @Override
  public Schema infer(List<byte[]> sample, Place place) {
    return Schema.of(Field.required("value", type));
  }

  private void requireOneColumn(Schema schema) {
    if (schema.size() != 1 || schema.type(0) != type) {
      throw new UserException(Problem.error("SB-3040", Place.none(),
          "records of the format " + name + " have exactly one column, of the type " + type + ", and here it is \""
              + schema + "\"",
          "make it one column, for example \"value " + type + "\", or write json"));
    }
  }

  /** Copies records. */
  private static final class WholeDecoder extends RowDecoder {

    private final boolean isText;
    private final BadRecords bad = BadRecords.ofValues();

    WholeDecoder(ReadSpec spec, boolean isText) {
      super(spec);
      this.isText = isText;
    }

    @Override
    RecordProblem decode(byte[] value, int from, int to, int row) {
      if (schema().size() == 0) {
        return null;
      }
      BytesVector vector = (BytesVector) vectors()[0];
      int at = vector.reserve(to - from + Long.BYTES);
      System.arraycopy(value, from, vector.data(), at, to - from);
      int invalid = isText ? Utf8.firstInvalid(vector.data(), at, at + to - from) : -1;
      if (invalid >= 0) {
        bad.addInvalidText(invalid - at, "the record is not UTF-8: byte "
            + String.format("0x%02x", vector.data()[invalid] & 0xff) + " at offset " + (invalid - at));
        return bad.take();
      }
      vector.append(row, to - from);
      return null;
    }
  }
}
