package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.expr.Accumulators;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import dev.samzabatch.plan.Work;
import dev.samzabatch.plan.Work.AggregateMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HashAggregateOperatorTest {

  private static final Schema INPUT =
      Schema.of(
          Field.optional("n", ScalarType.LONG),
          Field.optional("x", ScalarType.DOUBLE),
          Field.optional("t", ScalarType.STRING),
          Field.optional("b", ScalarType.BOOLEAN),
          Field.optional("d", Rows.WIDE_DECIMAL),
          Field.required("id", ScalarType.LONG),
          Field.optional("day", ScalarType.DATE));

  private static final long NO_LIMIT = Long.MAX_VALUE;

  @Property(tries = 25)
  void givesWhatGroupingBoxedRowsGives(@ForAll long seed) {
    Random random = new Random(seed);
    List<Integer> keys = randomKeys(random);
    List<AggregateCall> calls = randomCalls(random, true);
    List<List<Object>> rows = Rows.random(INPUT, random, 300);
    complete(rows, keys, calls).gives(AggregateOracle.results(rows, keys, calls));
  }

  @Property(tries = 15)
  void partialAndFinalTogetherGiveWhatCompleteGives(@ForAll long seed) {
    Random random = new Random(seed);
    List<Integer> keys = randomKeys(random);
    List<AggregateCall> calls = randomCalls(random, false);
    List<List<Object>> rows = Rows.random(INPUT, random, 300);
    long limit = random.nextBoolean() ? NO_LIMIT : 0;
    List<List<Object>> states = new ArrayList<>();
    for (int half = 0; half < 2; half++) {
      List<List<Object>> part = rows.subList(half * rows.size() / 2, (half + 1) * rows.size() / 2);
      states.addAll(partial(part, keys, calls, limit).rows());
    }
    last(states, keys, calls).gives(AggregateOracle.results(rows, keys, calls));
  }

  @Test
  void withoutRowsAndKeysThereIsOneRow() {
    List<AggregateCall> calls = List.of(count(), call(AggregateFunction.SUM, 0, false, -1));
    complete(List.of(), List.of(), calls).gives(List.of(Arrays.asList(0L, null)));
    last(List.of(), List.of(), calls).gives(List.of(Arrays.asList(0L, null)));
    partial(List.of(), List.of(), calls, NO_LIMIT).gives(List.of());
    complete(List.of(), List.of(0), calls).gives(List.of());
  }

  @Test
  void withoutCallsAndKeysThereIsOneRowWithoutColumns() {
    complete(List.of(), List.of(), List.of()).gives(List.of(List.of()));
  }

  @Test
  void aPartialOverDistinctKeysSoonPassesRowsOnAsTheyCome() throws Exception {
    List<AggregateCall> calls = List.of(count(), call(AggregateFunction.MAX, 2, false, 3));
    List<Integer> keys = List.of(5);
    PartialAggregateOperator operator = partialOperator(keys, calls, NO_LIMIT);
    List<List<Object>> states = new ArrayList<>();
    List<List<Object>> rows = numbered(250_000, i -> i);
    feed(operator, rows, states);
    assertThat(operator.memoryBytes()).isLessThan(1_000_000);
    assertThat(states).hasSize(rows.size());
    operator.endOfStream(0, batch -> states.addAll(Values.rows(batch)));
    assertThat(states).hasSize(rows.size());
    last(states.subList(99_000, 120_000), keys, calls)
        .undisturbed()
        .gives(AggregateOracle.results(rows.subList(99_000, 120_000), keys, calls));
  }

  @Test
  void aPartialOverRepeatedKeysKeepsThemToTheEnd() throws Exception {
    PartialAggregateOperator operator = partialOperator(List.of(5), List.of(count()), NO_LIMIT);
    List<List<Object>> states = new ArrayList<>();
    feed(operator, numbered(250_000, i -> i % 60_000), states);
    assertThat(states).isEmpty();
    operator.endOfStream(0, batch -> states.addAll(Values.rows(batch)));
    assertThat(states).hasSize(60_000);
  }

  @Test
  void aPartialThatOutgrowsItsMemoryEmitsWhatItHasAndStartsAnew() throws Exception {
    PartialAggregateOperator operator = partialOperator(List.of(5), List.of(count()), 600_000);
    List<List<Object>> states = new ArrayList<>();
    feed(operator, numbered(200_000, i -> i % 50_000), states);
    assertThat(operator.memoryBytes()).isLessThan(1_200_000);
    assertThat(states).isNotEmpty();
    operator.endOfStream(0, batch -> states.addAll(Values.rows(batch)));
    assertThat(states).hasSizeGreaterThan(50_000);
    last(states, List.of(5), List.of(count()))
        .undisturbed()
        .gives(IntStream.range(0, 50_000).mapToObj(i -> List.of((long) i, 4L)).toList());
  }

  @Test
  void distinctCallsHaveNoPartialStates() {
    List<AggregateCall> calls = List.of(call(AggregateFunction.COUNT, 0, true, -1));
    assertThatThrownBy(() -> partialOperator(List.of(5), calls, NO_LIMIT)).isInstanceOf(IllegalArgumentException.class);
  }

  private interface Numbering {
    long key(int row);
  }

  private static List<List<Object>> numbered(int count, Numbering numbering) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Arrays.asList(null, 1.5, "t" + i, i % 3 == 0, null, numbering.key(i), null));
    }
    return rows;
  }

  /** Feeds batches of 1000 rows, every second batch with a selection. */
  private static void feed(Operator operator, List<List<Object>> rows, List<List<Object>> emitted) throws Exception {
    for (int from = 0; from < rows.size(); from += 1000) {
      RecordBatch batch = Values.batch(INPUT, rows.subList(from, from + 1000));
      int[] first = IntStream.range(0, 500).toArray();
      int[] second = IntStream.range(500, 1000).toArray();
      if (from % 2000 == 0) {
        operator.process(0, batch, out -> emitted.addAll(Values.rows(out)));
      } else {
        operator.process(0, batch.withSelection(first, 500), out -> emitted.addAll(Values.rows(out)));
        operator.process(0, batch.withSelection(second, 500), out -> emitted.addAll(Values.rows(out)));
      }
    }
  }

  private static OperatorTester complete(List<List<Object>> rows, List<Integer> keys, List<AggregateCall> calls) {
    Schema schema = resultSchema(keys, calls);
    Work.Aggregate work = new Work.Aggregate(AggregateMode.COMPLETE, keys, calls);
    boolean distinct = calls.stream().anyMatch(AggregateCall::distinct);
    return OperatorTester.of(
        work,
        schema,
        state -> distinct
            ? new DistinctAggregateOperator(work, schema, state)
            : new HashAggregateOperator(work, schema, state))
        .atMost(1024)
        .port(INPUT, rows);
  }

  private static OperatorTester partial(
      List<List<Object>> rows, List<Integer> keys, List<AggregateCall> calls, long limit) {
    return OperatorTester.of(stateSchema(keys, calls), () -> partialOperator(keys, calls, limit)).port(INPUT, rows);
  }

  private static PartialAggregateOperator partialOperator(List<Integer> keys, List<AggregateCall> calls, long limit) {
    Work.Aggregate work = new Work.Aggregate(AggregateMode.PARTIAL, keys, calls);
    return new PartialAggregateOperator(work, stateSchema(keys, calls), limit);
  }

  private static OperatorTester last(List<List<Object>> states, List<Integer> keys, List<AggregateCall> calls) {
    Schema schema = resultSchema(keys, calls);
    List<Integer> first = IntStream.range(0, keys.size()).boxed().toList();
    Work.Aggregate work = new Work.Aggregate(AggregateMode.FINAL, first, calls);
    return OperatorTester.of(work, schema, state -> new HashAggregateOperator(work, schema, state))
        .port(stateSchema(keys, calls), states);
  }

  private static List<Field> keyFields(List<Integer> keys) {
    List<Field> fields = new ArrayList<>();
    keys.forEach(k -> fields.add(INPUT.field(k)));
    return fields;
  }

  private static Schema resultSchema(List<Integer> keys, List<AggregateCall> calls) {
    List<Field> fields = keyFields(keys);
    calls.forEach(call -> fields.add(Field.optional("r" + fields.size(), call.type())));
    return new Schema(fields);
  }

  private static Schema stateSchema(List<Integer> keys, List<AggregateCall> calls) {
    List<Field> fields = keyFields(keys);
    for (AggregateCall call : calls) {
      for (DataType type : Accumulators.create(call).stateTypes()) {
        fields.add(Field.optional("s" + fields.size(), type));
      }
    }
    return new Schema(fields);
  }

  private static List<Integer> randomKeys(Random random) {
    List<Integer> keys = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      int key = random.nextInt(INPUT.size());
      if (!keys.contains(key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static List<AggregateCall> randomCalls(Random random, boolean withDistinct) {
    List<AggregateCall> calls = new ArrayList<>();
    for (int i = random.nextInt(4) + 1; i > 0; i--) {
      boolean distinct = withDistinct && random.nextInt(3) == 0;
      int filter = random.nextInt(3) == 0 ? 3 : -1;
      calls.add(
          switch (random.nextInt(6)) {
            case 0 -> new AggregateCall(
                AggregateFunction.COUNT, -1, ScalarType.LONG, false, filter, "c", ScalarType.LONG, false);
            case 1 -> call(AggregateFunction.COUNT, random.nextInt(INPUT.size()), distinct, filter);
            case 2 -> call(AggregateFunction.SUM, random.nextBoolean() ? 0 : 5, distinct, filter);
            case 3 -> call(AggregateFunction.MIN, random.nextBoolean() ? 2 : 6, distinct, filter);
            case 4 -> call(AggregateFunction.MAX, random.nextBoolean() ? 1 : 4, distinct, filter);
            default -> call(AggregateFunction.AVG, 1, distinct, filter);
          });
    }
    return calls;
  }

  private static AggregateCall count() {
    return new AggregateCall(AggregateFunction.COUNT, -1, ScalarType.LONG, false, -1, "c", ScalarType.LONG, false);
  }

  private static AggregateCall call(AggregateFunction function, int argument, boolean distinct, int filter) {
    DataType type = INPUT.type(argument);
    DataType result =
        switch (function) {
          case COUNT -> ScalarType.LONG;
          case SUM, SUM_OR_ZERO -> type instanceof DecimalType d ? new DecimalType(38, d.scale()) : type;
          case AVG -> ScalarType.DOUBLE;
          case MIN, MAX, SINGLE_VALUE -> type;
        };
    return new AggregateCall(function, argument, type, distinct, filter, "r", result, true);
  }
}
