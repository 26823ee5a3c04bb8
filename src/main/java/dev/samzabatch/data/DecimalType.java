package dev.samzabatch.data;

/**
 * An exact decimal number. Up to 18 digits the unscaled value is held in a long ({@link LongVector}), up to 38 in two
 * ({@link DecimalVector}).
 *
 * @param precision number of digits, 1 to 38
 * @param scale digits behind the point, 0 to precision
 */
public record DecimalType(int precision, int scale) implements DataType {

  /** The largest precision there is. */
  public static final int MAX_PRECISION = 38;

  /** The largest precision whose unscaled values all fit a long. */
  public static final int MAX_LONG_PRECISION = 18;

  /** Refuses what is out of range with an {@link IllegalArgumentException}. */
  public DecimalType {
    if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
      throw new IllegalArgumentException("decimal(" + precision + "," + scale + ") is out of range");
    }
  }

  @Override
  public Layout layout() {
    return precision <= MAX_LONG_PRECISION ? Layout.LONG : Layout.DECIMAL;
  }

  @Override
  public String toString() {
    return "decimal(" + precision + "," + scale + ")";
  }
}
