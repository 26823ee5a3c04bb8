package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * SUM of int, long and decimals held as longs. A sum is {@code low + 2^64 * carries}: the loop adds to the low halves
 * and only counts, when one overflows, up or down. So sums never overflow on the way, whatever the order; only a result
 * that does not fit its type is an error. The state is (low, carries), low being null for a group without values.
 */
final class LongSumAccumulator implements Sums {

  private final boolean orZero;
  private final DataType argument;
  private final DataType type;
  private long[] lows = new long[0];
  private long[] carries = new long[0];
  private boolean[] seen = new boolean[0];

  LongSumAccumulator(boolean orZero, DataType argument, DataType type) {
    this.orZero = orZero;
    this.argument = argument;
    this.type = type;
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(ScalarType.LONG, ScalarType.LONG);
  }

  @Override
  public void ensureGroups(int groups) {
    lows = Groups.grown(lows, groups);
    if (!orZero) {
      seen = Groups.grown(seen, groups);
    }
    if (carries.length > 0) {
      carries = Groups.grown(carries, groups);
    }
  }

  @Override
  public void add(ColumnVector values, int[] rows, int[] groups, int count) {
    long[] theirs = ((LongVector) values).values();
    if (values.mayHaveNulls()) {
      addNullable(theirs, values.nulls(), rows, groups, count);
      return;
    }
    long[] ours = lows;
    if (rows == null) {
      for (int i = 0; i < count; i++) {
        int group = groups[i];
        long sum = ours[group] + theirs[i];
        if (((ours[group] ^ sum) & (theirs[i] ^ sum)) < 0) {
          carry(group, Long.signum(theirs[i]));
        }
        ours[group] = sum;
      }
    } else {
      for (int i = 0; i < count; i++) {
        int group = groups[i];
        long value = theirs[rows[i]];
        long sum = ours[group] + value;
        if (((ours[group] ^ sum) & (value ^ sum)) < 0) {
          carry(group, Long.signum(value));
        }
        ours[group] = sum;
      }
    }
    if (!orZero) {
      boolean[] marks = seen;
      for (int i = 0; i < count; i++) {
        marks[groups[i]] = true;
      }
    }
  }

  private void addNullable(long[] theirs, boolean[] nulls, int[] rows, int[] groups, int count) {
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (!nulls[row]) {
        add(groups[i], theirs[row]);
      }
    }
  }

  private void add(int group, long value) {
    long sum = lows[group] + value;
    if (((lows[group] ^ sum) & (value ^ sum)) < 0) {
      carry(group, Long.signum(value));
    }
    lows[group] = sum;
    if (!orZero) {
      seen[group] = true;
    }
  }

  private void carry(int group, long carried) {
    if (carries.length == 0) {
      carries = new long[lows.length];
    }
    carries[group] += carried;
  }

  @Override
  public void merge(ColumnVector[] states, int[] rows, int[] groups, int count) {
    LongVector low = (LongVector) states[0];
    LongVector carried = (LongVector) states[1];
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (!low.isNull(row)) {
        add(groups[i], low.get(row));
        if (carried.get(row) != 0) {
          carry(groups[i], carried.get(row));
        }
      }
    }
  }

  @Override
  public void writeStates(int[] groups, int from, int count, ColumnVector[] target) {
    for (ColumnVector column : target) {
      column.ensureCapacity(count);
    }
    LongVector low = (LongVector) target[0];
    LongVector carried = (LongVector) target[1];
    for (int i = 0; i < count; i++) {
      int group = Groups.at(groups, from + i);
      low.set(i, lows[group]);
      carried.set(i, carries.length == 0 ? 0 : carries[group]);
      if (!orZero && !seen[group]) {
        low.setNull(i);
      }
    }
  }

  @Override
  public void writeResults(int[] groups, int from, int count, ColumnVector target) {
    target.ensureCapacity(count);
    for (int i = 0; i < count; i++) {
      int group = Groups.at(groups, from + i);
      if (!orZero && !seen[group]) {
        target.setNull(i);
      } else if (type instanceof DecimalType decimal) {
        BigInteger unscaled = Decimals.rescale(exact(group), Decimals.scale(argument), decimal.scale());
        if (!Decimals.fits(unscaled, decimal)) {
          throw Decimals.exceeds("a sum", decimal);
        }
        Decimals.set(decimal, target, i, unscaled);
      } else {
        ((LongVector) target).set(i, whole(group));
      }
    }
  }

  private long whole(int group) {
    long value = lows[group];
    if (carries.length > 0 && carries[group] != 0 || type == ScalarType.INT && value != (int) value) {
      throw new EvaluationException(
          "a sum of " + exact(group) + " exceeds " + type + "; sum cast(... as decimal(38, 0)) instead");
    }
    return value;
  }

  private BigInteger exact(int group) {
    BigInteger low = BigInteger.valueOf(lows[group]);
    return carries.length == 0 ? low : low.add(BigInteger.valueOf(carries[group]).shiftLeft(Long.SIZE));
  }

  @Override
  public double average(int group, long count, int scale) {
    boolean exactAsDouble = scale == 0 && Math.abs(lows[group]) <= 1L << 53;
    if (exactAsDouble && (carries.length == 0 || carries[group] == 0)) {
      return (double) lows[group] / count;
    }
    return Sums.quotient(exact(group), count, scale);
  }

  @Override
  public void clear() {
    Arrays.fill(lows, 0);
    Arrays.fill(seen, false);
    carries = new long[0];
  }

  @Override
  public long memoryBytes() {
    return (long) Long.BYTES * (lows.length + carries.length) + seen.length;
  }
}
