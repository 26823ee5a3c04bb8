package dev.samzabatch.format;

import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.ScalarType;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Which Avro values without parts can become values of which types; see {@link AvroResolution}. */
final class AvroScalars {

  private AvroScalars() {}

  /** What reads such values; empty when they cannot be those of the column. */
  static Optional<AvroValue> of(Schema writer, AvroTarget target) {
    if (target.type() instanceof DecimalType) {
      return decimal(writer, target);
    }
    return target.type() instanceof ScalarType type ? scalar(writer, type, target) : Optional.empty();
  }

  private static Optional<AvroValue> decimal(Schema writer, AvroTarget target) {
    int length = writer.getType() == Schema.Type.FIXED ? writer.getFixedSize() : -1;
    return writer.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? Optional.of(new AvroDecimals(target, decimal.getScale(), length))
        : Optional.empty();
  }

  private static Optional<AvroValue> scalar(Schema writer, ScalarType type, AvroTarget target) {
    Schema.Type written = writer.getType();
    String logical = AvroSchemas.logicalType(writer);
    return switch (type) {
      case BOOLEAN -> when(written == Schema.Type.BOOLEAN, AvroNumbers::bool, target);
      case INT -> when(written == Schema.Type.INT, AvroNumbers::ofInt, target);
      case LONG -> when(isWhole(written), AvroNumbers::ofLong, target);
      case FLOAT -> written == Schema.Type.FLOAT
          ? Optional.of(AvroNumbers.ofFloat(target))
          : when(isWhole(written), AvroNumbers::whole, target);
      case DOUBLE -> floating(written, target);
      case STRING -> text(writer, logical, target);
      case BYTES -> bytes(writer, target);
      case DATE -> when(logical.equals("date"), AvroNumbers::ofInt, target);
      case TIME -> when(logical.startsWith("time-"), time(logical), target);
      case TIMESTAMP -> when(logical.contains("timestamp-"), time(logical), target);
    };
  }

  private static Optional<AvroValue> when(
      boolean fits, Function<AvroTarget, AvroValue> reader, AvroTarget target) {
    return fits ? Optional.of(reader.apply(target)) : Optional.empty();
  }

  private static boolean isWhole(Schema.Type written) {
    return written == Schema.Type.INT || written == Schema.Type.LONG;
  }

  private static Optional<AvroValue> floating(Schema.Type written, AvroTarget target) {
    return switch (written) {
      case FLOAT -> Optional.of(AvroNumbers.ofFloat(target));
      case DOUBLE -> Optional.of(AvroNumbers.ofDouble(target));
      case INT, LONG -> Optional.of(AvroNumbers.whole(target));
      case RECORD, ENUM, ARRAY, MAP, UNION, FIXED, STRING, BYTES, BOOLEAN, NULL -> Optional.empty();
    };
  }

  private static Optional<AvroValue> text(Schema writer, String logical, AvroTarget target) {
    return switch (writer.getType()) {
      case STRING -> Optional.of(AvroTexts.text(target));
      case BYTES -> when(!logical.equals("decimal"), AvroTexts::text, target);
      case ENUM -> Optional.of(AvroTexts.symbol(target, writer.getEnumSymbols()));
      case FIXED -> when(logical.equals("uuid"), AvroTexts::uuid, target);
      case RECORD, ARRAY, MAP, UNION, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> Optional.empty();
    };
  }

  private static Optional<AvroValue> bytes(Schema writer, AvroTarget target) {
    return switch (writer.getType()) {
      case STRING, BYTES -> Optional.of(AvroTexts.bytes(target));
      case FIXED -> Optional.of(AvroTexts.fixed(target, writer.getFixedSize()));
      case RECORD, ENUM, ARRAY, MAP, UNION, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> Optional.empty();
    };
  }

  private static Function<AvroTarget, AvroValue> time(String logical) {
    if (logical.endsWith("-millis")) {
      return AvroNumbers::millis;
    }
    return logical.endsWith("-nanos") ? AvroNumbers::nanos : AvroNumbers::micros;
  }
}
