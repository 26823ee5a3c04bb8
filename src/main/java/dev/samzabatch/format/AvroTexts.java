package dev.samzabatch.format;

import dev.samzabatch.data.BytesVector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** What reads Avro values into columns of texts and bytes. */
final class AvroTexts {

  private AvroTexts() {}

  /** A string, or bytes that must be UTF-8. */
  static AvroValue text(AvroTarget target) {
    BytesVector vector = (BytesVector) target.vector();
    return (in, row) -> {
      int length = in.readLength();
      int from = in.pass(length);
      int at = vector.reserve(length + Long.BYTES);
      byte[] data = vector.data();
      System.arraycopy(in.bytes(), from, data, at, length);
      if (Utf8.firstInvalid(data, at, at + length) >= 0) {
        in.bad().addInvalidText(in.position(), "the text of column " + target.path() + " is not UTF-8: "
            + BadRecords.shown(in.bytes(), from, from + length));
        throw BadRecord.NOTED;
      }
      vector.append(row, length);
    };
  }

  /** Bytes with their length before them. */
  static AvroValue bytes(AvroTarget target) {
    BytesVector vector = (BytesVector) target.vector();
    return (in, row) -> {
      int length = in.readLength();
      vector.set(row, in.bytes(), in.pass(length), length);
    };
  }

  /** So many bytes. */
  static AvroValue fixed(AvroTarget target, int length) {
    BytesVector vector = (BytesVector) target.vector();
    return (in, row) -> vector.set(row, in.bytes(), in.pass(length), length);
  }

  /** The name of a symbol. */
  static AvroValue symbol(AvroTarget target, List<String> names) {
    BytesVector vector = (BytesVector) target.vector();
    byte[][] symbols = names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    return (in, row) -> {
      byte[] symbol = symbols[in.readIndex(symbols.length)];
      vector.set(row, symbol, 0, symbol.length);
    };
  }

  /** The text of a UUID of 16 bytes, the highest first. */
  static AvroValue uuid(AvroTarget target) {
    BytesVector vector = (BytesVector) target.vector();
    return (in, row) -> {
      int at = in.pass(2 * Long.BYTES);
      long upper = Long.reverseBytes(Swar.load(in.bytes(), at));
      long lower = Long.reverseBytes(Swar.load(in.bytes(), at + Long.BYTES));
      vector.set(row, new UUID(upper, lower).toString());
    };
  }
}
