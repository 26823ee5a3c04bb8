package dev.samzabatch.format;

import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;

/** What reads Avro values into columns of numbers, booleans, dates and times. */
final class AvroNumbers {

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private AvroNumbers() {}

  static AvroValue bool(AvroTarget target) {
    LongVector vector = (LongVector) target.vector();
    return (in, row) -> vector.set(row, in.readBoolean());
  }

  /** Ints, and dates, which are ints. */
  static AvroValue ofInt(AvroTarget target) {
    LongVector vector = (LongVector) target.vector();
    return (in, row) -> vector.set(row, in.readInt());
  }

  static AvroValue ofLong(AvroTarget target) {
    LongVector vector = (LongVector) target.vector();
    return (in, row) -> vector.set(row, in.readLong());
  }

  static AvroValue ofFloat(AvroTarget target) {
    DoubleVector vector = (DoubleVector) target.vector();
    return (in, row) -> vector.set(row, in.readFloat());
  }

  static AvroValue ofDouble(AvroTarget target) {
    DoubleVector vector = (DoubleVector) target.vector();
    return (in, row) -> vector.set(row, in.readDouble());
  }

  /** Whole numbers into a column of floats or doubles. */
  static AvroValue whole(AvroTarget target) {
    DoubleVector vector = (DoubleVector) target.vector();
    boolean isFloat = target.type() == ScalarType.FLOAT;
    return (in, row) -> {
      long value = in.readLong();
      vector.set(row, isFloat ? (float) value : (double) value);
    };
  }

  /** Times or timestamps in milliseconds. */
  static AvroValue millis(AvroTarget target) {
    LongVector vector = (LongVector) target.vector();
    return (in, row) -> {
      long millis = in.readLong();
      if (millis > Long.MAX_VALUE / 1000 || millis < Long.MIN_VALUE / 1000) {
        throw target.unfit(in, millis + " milliseconds", "out of range");
      }
      vector.set(row, checked(target, in, millis * 1000));
    };
  }

  /** Times or timestamps in microseconds. */
  static AvroValue micros(AvroTarget target) {
    LongVector vector = (LongVector) target.vector();
    return (in, row) -> vector.set(row, checked(target, in, in.readLong()));
  }

  /** Timestamps in nanoseconds; what is less than a microsecond is cut off. */
  static AvroValue nanos(AvroTarget target) {
    LongVector vector = (LongVector) target.vector();
    return (in, row) -> vector.set(row, Math.floorDiv(in.readLong(), 1000L));
  }

  private static long checked(AvroTarget target, AvroInput in, long micros) {
    if (target.type() == ScalarType.TIME && (micros < 0 || micros >= MICROS_PER_DAY)) {
      throw target.unfit(in, micros + " microseconds", "no time of a day");
    }
    return micros;
  }
}
