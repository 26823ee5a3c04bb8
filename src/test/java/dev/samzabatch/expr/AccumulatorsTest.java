package dev.samzabatch.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Values;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Aggregates over random rows, batches and merges, against lists of boxed values. */
class AccumulatorsTest {

  private static final int GROUPS = 5;
  private static final DecimalType SUM_OF_SHORT = new DecimalType(38, RandomExprs.SHORT.scale());
  private static final DecimalType SUM_OF_WIDE = new DecimalType(38, RandomExprs.WIDE.scale());

  @Property(tries = 2000)
  void anySplitIntoBatchesAndAnyMergeOfPartialStatesGiveTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    RandomExprs values = new RandomExprs(seed);
    DataType type = values.any(RandomExprs.TYPES);
    boolean nullable = random.nextBoolean();
    AggregateCall call = call(values.any(functions(type)), type, nullable);
    int rows = random.nextInt(60);
    List<Object> arguments = new ArrayList<>();
    int[] groups = new int[rows];
    for (int i = 0; i < rows; i++) {
      arguments.add(nullable && random.nextInt(4) == 0 ? null : finite(values.value(type)));
      groups[i] = random.nextInt(GROUPS - 1);
    }
    for (int group = 0; group < GROUPS && !nullable; group++) {
      arguments.add(finite(values.value(type)));
      groups = Arrays.copyOf(groups, arguments.size());
      groups[arguments.size() - 1] = group;
    }
    assertThat(results(call, arguments, groups, random)).as("%s of %s", call, type)
        .isEqualTo(naive(call, arguments, groups));
  }

  /** Sums of doubles that are infinite or NaN have a test of their own. */
  private static Object finite(Object value) {
    boolean finite = !(value instanceof Double d) || !d.isNaN() && Math.abs(d) < 1e100;
    return finite && !Objects.equals(value, Float.NaN) ? value : value instanceof Float ? (Object) 0.5f : (Object) 1e15;
  }

  private static List<AggregateFunction> functions(DataType type) {
    boolean isNumber = type == ScalarType.INT || type == ScalarType.LONG || type instanceof DecimalType;
    return isNumber || type.layout() == DataType.Layout.DOUBLE
        ? List.of(
            AggregateFunction.COUNT, AggregateFunction.SUM, AggregateFunction.SUM_OR_ZERO, AggregateFunction.MIN,
            AggregateFunction.MAX, AggregateFunction.AVG)
        : List.of(AggregateFunction.COUNT, AggregateFunction.MIN, AggregateFunction.MAX);
  }

  private static AggregateCall call(AggregateFunction function, DataType argument) {
    return call(function, argument, true);
  }

  private static AggregateCall call(AggregateFunction function, DataType argument, boolean nullable) {
    DataType type =
        switch (function) {
          case COUNT -> ScalarType.LONG;
          case AVG -> ScalarType.DOUBLE;
          case MIN, MAX, SINGLE_VALUE -> argument;
          case SUM, SUM_OR_ZERO -> argument.equals(RandomExprs.SHORT)
              ? SUM_OF_SHORT
              : argument.equals(RandomExprs.WIDE)
                  ? SUM_OF_WIDE
                  : argument.layout() == DataType.Layout.DOUBLE ? ScalarType.DOUBLE : ScalarType.LONG;
        };
    return new AggregateCall(function, 0, argument, false, -1, "x", type, nullable);
  }

  private static Object results(AggregateCall call, List<Object> arguments, int[] groups, Random random) {
    try {
      List<Accumulator> partials = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        partials.add(Accumulators.create(call));
      }
      for (int from = 0; from < groups.length;) {
        int size = Math.min(groups.length - from, 1 + random.nextInt(20));
        add(partials.get(random.nextInt(partials.size())), call, arguments.subList(from, from + size),
            Arrays.copyOfRange(groups, from, from + size), random);
        from += size;
      }
      while (partials.size() > 1) {
        Accumulator from = partials.remove(random.nextInt(partials.size()));
        merge(from, partials.get(random.nextInt(partials.size())), random);
      }
      return read(partials.get(0), call);
    } catch (EvaluationException e) {
      return "no right answer";
    }
  }

  /** Adds the rows in two parts: half of them by a list of rows, then the others. */
  private static void add(Accumulator target, AggregateCall call, List<Object> arguments, int[] groups, Random random) {
    target.ensureGroups(Arrays.stream(groups).max().orElse(0) + 1);
    ColumnVector column = column(call.argumentType(), arguments);
    if (random.nextBoolean()) {
      target.add(column, null, groups, groups.length);
      return;
    }
    for (int parity = 0; parity < 2; parity++) {
      int rest = parity;
      int[] rows = IntStream.range(0, groups.length).filter(row -> row % 2 == rest).toArray();
      target.add(column, rows, Arrays.stream(rows).map(row -> groups[row]).toArray(), rows.length);
    }
  }

  private static ColumnVector column(DataType type, List<Object> values) {
    ColumnVector column = type.newVector(values.size());
    for (int i = 0; i < values.size(); i++) {
      Values.set(type, column, i, values.get(i));
    }
    return column;
  }

  /** Moves all states of one accumulator into another, in a random order. */
  private static void merge(Accumulator from, Accumulator to, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, GROUPS).boxed().toList());
    Collections.shuffle(order, random);
    int[] groups = order.stream().mapToInt(Integer::intValue).toArray();
    ColumnVector[] states = from.stateTypes().stream().map(type -> type.newVector(0)).toArray(ColumnVector[]::new);
    from.ensureGroups(GROUPS);
    from.writeStates(groups, 0, GROUPS, states);
    to.ensureGroups(GROUPS);
    to.merge(states, random.nextBoolean() ? null : new int[] {0, 1, 2, 3, 4}, groups, GROUPS);
  }

  private static List<Object> read(Accumulator accumulator, AggregateCall call) {
    accumulator.ensureGroups(GROUPS);
    ColumnVector target = call.type().newVector(0);
    accumulator.writeResults(null, 0, GROUPS, target);
    List<Object> results = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      results.add(Values.get(call.type(), target, group));
    }
    return results;
  }

  private static Object naive(AggregateCall call, List<Object> arguments, int[] groups) {
    List<Object> results = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < groups.length; i++) {
        if (groups[i] == group && arguments.get(i) != null) {
          values.add(arguments.get(i));
        }
      }
      try {
        results.add(naive(call, values));
      } catch (NaiveEvaluator.NoAnswer e) {
        return "no right answer";
      }
    }
    return results;
  }

  private static Object naive(AggregateCall call, List<Object> values) {
    if (call.function() == AggregateFunction.COUNT) {
      return (long) values.size();
    }
    if (values.isEmpty() && call.function() != AggregateFunction.SUM_OR_ZERO) {
      return null;
    }
    return switch (call.function()) {
      case MIN -> values.stream().min(AccumulatorsTest::order).orElseThrow();
      case MAX -> values.stream().max(AccumulatorsTest::order).orElseThrow();
      case AVG -> call.argumentType().layout() == DataType.Layout.DOUBLE
          ? sum(values).doubleValue() / values.size()
          : sum(values).divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128).doubleValue();
      default -> call.type() == ScalarType.DOUBLE
          ? (Object) sum(values).doubleValue()
          : NaiveEvaluator.fit(sum(values), call.type());
    };
  }

  private static int order(Object a, Object b) {
    return a instanceof Double || a instanceof Float
        ? Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue())
        : NaiveEvaluator.order(a, b);
  }

  private static BigDecimal sum(List<Object> values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object value : values) {
      boolean inexact = value instanceof Double || value instanceof Float;
      sum = sum.add(inexact ? new BigDecimal(((Number) value).doubleValue()) : NaiveEvaluator.exact(value));
    }
    return sum;
  }

  private static List<Object> oneGroup(AggregateFunction function, DataType type, Object... values) {
    AggregateCall call = call(function, type);
    Accumulator accumulator = Accumulators.create(call);
    accumulator.ensureGroups(1);
    accumulator.add(column(type, Arrays.asList(values)), null, new int[values.length], values.length);
    return read(accumulator, call).subList(0, 1);
  }

  @Test
  void aSumMayOverflowOnTheWayButNotInTheEnd() {
    assertThat(oneGroup(AggregateFunction.SUM, ScalarType.LONG, Long.MAX_VALUE, 5L, -10L))
        .containsExactly(Long.MAX_VALUE - 5);
    assertThatThrownBy(() -> oneGroup(AggregateFunction.SUM, ScalarType.LONG, Long.MAX_VALUE, 5L))
        .isInstanceOf(EvaluationException.class)
        .hasMessage("a sum of 9223372036854775812 exceeds long; sum cast(... as decimal(38, 0)) instead");
  }

  @Test
  void theAverageOfLongsDoesNotOverflow() {
    assertThat(oneGroup(AggregateFunction.AVG, ScalarType.LONG, Long.MAX_VALUE, Long.MAX_VALUE, 1L))
        .containsExactly(6.1489146912365169E18);
  }

  @Test
  void sumsOfDoublesKeepWhatLargeValuesWouldSwallow() {
    assertThat(oneGroup(AggregateFunction.SUM, ScalarType.DOUBLE, 1e16, 1.0, -1e16)).containsExactly(1.0);
    assertThat(oneGroup(AggregateFunction.SUM, ScalarType.DOUBLE, 1.0, Double.POSITIVE_INFINITY, 2.0))
        .containsExactly(Double.POSITIVE_INFINITY);
    assertThat(oneGroup(AggregateFunction.SUM, ScalarType.DOUBLE, Double.NaN, 1.0)).containsExactly(Double.NaN);
  }

  @Test
  void theSumOfIntsIsALong() {
    assertThat(oneGroup(AggregateFunction.SUM, ScalarType.INT, Integer.MAX_VALUE, Integer.MAX_VALUE))
        .containsExactly(4294967294L);
  }

  @Test
  void aSecondRowIsAnErrorForASingleValue() {
    assertThat(oneGroup(AggregateFunction.SINGLE_VALUE, ScalarType.STRING, "a")).containsExactly("a");
    assertThat(oneGroup(AggregateFunction.SINGLE_VALUE, ScalarType.STRING, (Object) null)).containsOnlyNulls();
    assertThatThrownBy(() -> oneGroup(AggregateFunction.SINGLE_VALUE, ScalarType.STRING, null, "a"))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("more than one row");
  }

  @Test
  void replacedStringsDoNotPileUp() {
    AggregateCall call = call(AggregateFunction.MAX, ScalarType.STRING);
    Accumulator accumulator = Accumulators.create(call);
    accumulator.ensureGroups(1);
    for (int i = 0; i < 100_000; i++) {
      accumulator.add(column(ScalarType.STRING, List.of(String.format("%06d", i))), null, new int[1], 1);
    }
    assertThat(read(accumulator, call).get(0)).isEqualTo("099999");
    assertThat(accumulator.memoryBytes()).isLessThan(100_000);
  }

  @Test
  void aClearedAccumulatorStartsAnew() {
    for (DataType type : RandomExprs.TYPES) {
      for (AggregateFunction function : functions(type)) {
        AggregateCall call = call(function, type);
        Accumulator accumulator = Accumulators.create(call);
        List<Object> empty = read(accumulator, call);
        ColumnVector one = column(type, List.of(new RandomExprs(7).value(type)));
        accumulator.add(one, null, new int[] {2}, 1);
        assertThat(read(accumulator, call)).isNotEqualTo(empty);
        accumulator.clear();
        assertThat(read(accumulator, call)).as("%s of %s", call, type).isEqualTo(empty);
      }
    }
  }
}
