package dev.samzabatch.expr;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DataType.Layout;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.ScalarType;

/** Makes accumulators. */
public final class Accumulators {

  private Accumulators() {}

  /**
   * An accumulator without groups.
   *
   * @throws IllegalArgumentException when the function does not exist for the type, which is a mistake of the caller
   */
  public static Accumulator create(AggregateCall call) {
    DataType argument = call.argumentType();
    return switch (call.function()) {
      case COUNT -> new CountAccumulator();
      case SUM, SUM_OR_ZERO -> sum(call);
      case AVG -> average(argument);
      case MIN -> extreme(call, false);
      case MAX -> extreme(call, true);
      case SINGLE_VALUE -> new SingleValueAccumulator(argument);
    };
  }

  private static Accumulator sum(AggregateCall call) {
    DataType argument = call.argumentType();
    boolean orZero = call.function() == AggregateFunction.SUM_OR_ZERO || !call.nullable();
    if (argument.layout() == Layout.DOUBLE) {
      return new DoubleSumAccumulator(orZero, call.type() == ScalarType.FLOAT);
    }
    requireExact(argument, "sum");
    return argument.layout() == Layout.LONG
        ? new LongSumAccumulator(orZero, argument, call.type())
        : new DecimalSumAccumulator(orZero, (DecimalType) call.type());
  }

  private static Accumulator average(DataType argument) {
    if (argument.layout() == Layout.DOUBLE) {
      return new AverageAccumulator(new DoubleSumAccumulator(true, false), 0);
    }
    requireExact(argument, "avg");
    int scale = Decimals.scale(argument);
    return argument.layout() == Layout.LONG
        ? new AverageAccumulator(new LongSumAccumulator(true, argument, argument), scale)
        : new AverageAccumulator(new DecimalSumAccumulator(true, (DecimalType) argument), scale);
  }

  private static Accumulator extreme(AggregateCall call, boolean largest) {
    DataType argument = call.argumentType();
    return switch (argument.layout()) {
      case LONG -> new LongExtremeAccumulator(argument, largest, call.nullable());
      case DOUBLE -> new DoubleExtremeAccumulator(argument, largest);
      case BYTES, DECIMAL, ARRAY, ROW -> new ValueExtremeAccumulator(argument, largest);
      case MAP -> throw new IllegalArgumentException("min or max of " + argument);
    };
  }

  private static void requireExact(DataType type, String function) {
    if (!Casts.isInteger(type) && !(type instanceof DecimalType)) {
      throw new IllegalArgumentException(function + " of " + type);
    }
  }
}
