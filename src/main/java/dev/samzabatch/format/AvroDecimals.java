package dev.samzabatch.format;

import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.LongVector;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads decimals: the unscaled value in two's complement, the highest byte first. They are never rounded. */
final class AvroDecimals implements AvroValue {

  private final AvroTarget target;
  private final DecimalType type;
  private final int scale;
  private final int fixedLength;
  private final BigInteger limit;

  /**
   * Makes a reader.
   *
   * @param scale of the values as they are written
   * @param fixedLength how many bytes each has; -1 when each tells
   */
  AvroDecimals(AvroTarget target, int scale, int fixedLength) {
    this.target = target;
    this.scale = scale;
    this.fixedLength = fixedLength;
    type = (DecimalType) target.type();
    limit = BigInteger.TEN.pow(type.precision());
  }

  @Override
  public void read(AvroInput in, int row) {
    int length = fixedLength >= 0 ? fixedLength : in.readLength();
    int from = in.pass(length);
    if (target.vector() instanceof LongVector longs) {
      longs.set(row, length <= Long.BYTES && scale == type.scale()
          ? small(in, from, length)
          : value(in, from, length).longValue());
    } else {
      ((DecimalVector) target.vector()).set(row, value(in, from, length));
    }
  }

  private long small(AvroInput in, int from, int length) {
    byte[] b = in.bytes();
    long value = length > 0 && b[from] < 0 ? -1 : 0;
    for (int at = from; at < from + length; at++) {
      value = value << 8 | b[at] & 0xff;
    }
    long bound = TextValues.powerOfTen(type.precision());
    if (value >= bound || value <= -bound) {
      throw unfit(in, BigInteger.valueOf(value), "out of range");
    }
    return value;
  }

  private BigInteger value(AvroInput in, int from, int length) {
    BigInteger written = length == 0 ? BigInteger.ZERO : new BigInteger(in.bytes(), from, length);
    BigInteger value = written;
    if (type.scale() >= scale) {
      value = written.multiply(BigInteger.TEN.pow(type.scale() - scale));
    } else {
      BigInteger[] parts = written.divideAndRemainder(BigInteger.TEN.pow(scale - type.scale()));
      if (parts[1].signum() != 0) {
        throw unfit(in, written, "too many digits behind the point");
      }
      value = parts[0];
    }
    if (value.abs().compareTo(limit) >= 0) {
      throw unfit(in, written, "out of range");
    }
    return value;
  }

  private BadRecord unfit(AvroInput in, BigInteger written, String why) {
    return target.unfit(in, BadRecords.shortened(new BigDecimal(written, scale).toString()), why);
  }
}
