package dev.samzabatch.expr;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** An accumulator of sums, from which averages are made. */
interface Sums extends Accumulator {

  /** More digits than any double needs to be rounded correctly in all but contrived cases. */
  MathContext DIGITS = new MathContext(40);

  /** The sum of a group, of values of this scale, divided by a count that is not 0. */
  double average(int group, long count, int scale);

  /** The double nearest to an unscaled sum divided by a count. */
  static double quotient(BigInteger unscaled, long count, int scale) {
    return new BigDecimal(unscaled, scale).divide(BigDecimal.valueOf(count), DIGITS).doubleValue();
  }
}
