package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * SUM of wide decimals: a number of 192 bits a group, in three longs, so that no sum overflows on the way. The state is
 * (low, middle, high), low being null for a group without values.
 */
final class DecimalSumAccumulator implements Sums {

  private final boolean orZero;
  private final DecimalType type;
  private long[] lows = new long[0];
  private long[] middles = new long[0];
  private long[] highs = new long[0];
  private boolean[] seen = new boolean[0];

  /**
   * Makes one.
   *
   * @param type of the result, with the scale of the argument
   */
  DecimalSumAccumulator(boolean orZero, DecimalType type) {
    this.orZero = orZero;
    this.type = type;
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(ScalarType.LONG, ScalarType.LONG, ScalarType.LONG);
  }

  @Override
  public void ensureGroups(int groups) {
    lows = Groups.grown(lows, groups);
    middles = Groups.grown(middles, groups);
    highs = Groups.grown(highs, groups);
    seen = Groups.grown(seen, groups);
  }

  @Override
  public void add(ColumnVector values, int[] rows, int[] groups, int count) {
    DecimalVector decimals = (DecimalVector) values;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (!decimals.isNull(row)) {
        long upper = decimals.high()[row];
        add(groups[i], decimals.low()[row], upper, upper >> 63);
      }
    }
  }

  private void add(int group, long low, long middle, long high) {
    lows[group] += low;
    long carry = Long.compareUnsigned(lows[group], low) < 0 ? 1 : 0;
    long sum = middles[group] + middle;
    long next = Long.compareUnsigned(sum, middle) < 0 ? 1 : 0;
    middles[group] = sum + carry;
    next += middles[group] == 0 ? carry : 0;
    highs[group] += high + next;
    seen[group] = true;
  }

  @Override
  public void merge(ColumnVector[] states, int[] rows, int[] groups, int count) {
    LongVector low = (LongVector) states[0];
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (!low.isNull(row)) {
        add(groups[i], low.get(row), ((LongVector) states[1]).get(row), ((LongVector) states[2]).get(row));
      }
    }
  }

  @Override
  public void writeStates(int[] groups, int from, int count, ColumnVector[] target) {
    for (ColumnVector column : target) {
      column.ensureCapacity(count);
    }
    for (int i = 0; i < count; i++) {
      int group = Groups.at(groups, from + i);
      ((LongVector) target[0]).set(i, lows[group]);
      ((LongVector) target[1]).set(i, middles[group]);
      ((LongVector) target[2]).set(i, highs[group]);
      if (!seen[group]) {
        target[0].setNull(i);
      }
    }
  }

  @Override
  public void writeResults(int[] groups, int from, int count, ColumnVector target) {
    target.ensureCapacity(count);
    for (int i = 0; i < count; i++) {
      int group = Groups.at(groups, from + i);
      BigInteger sum = exact(group);
      if (!Decimals.fits(sum, type)) {
        throw Decimals.exceeds("a sum of " + sum + " at scale " + type.scale(), type);
      }
      Decimals.set(type, target, i, sum);
      if (!orZero && !seen[group]) {
        target.setNull(i);
      }
    }
  }

  private BigInteger exact(int group) {
    byte[] bytes = new byte[3 * Long.BYTES];
    long[] limbs = {highs[group], middles[group], lows[group]};
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (limbs[i >> 3] >> (56 - 8 * (i & 7)));
    }
    return new BigInteger(bytes);
  }

  @Override
  public double average(int group, long count, int scale) {
    return Sums.quotient(exact(group), count, scale);
  }

  @Override
  public void clear() {
    Arrays.fill(lows, 0);
    Arrays.fill(middles, 0);
    Arrays.fill(highs, 0);
    Arrays.fill(seen, false);
  }

  @Override
  public long memoryBytes() {
    return 3L * Long.BYTES * lows.length + seen.length;
  }
}
