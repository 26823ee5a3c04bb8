package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.plan.Work;
import dev.samzabatch.plan.Work.AggregateMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groupings and distinct of more than fits the memory that they are given. */
class LargeGroupingTest {

  private static final Schema INPUT =
      Schema.of(Field.required("k", ScalarType.LONG), Field.required("v", ScalarType.LONG));
  private static final AggregateCall COUNT =
      new AggregateCall(AggregateFunction.COUNT, -1, ScalarType.LONG, false, -1, "n", ScalarType.LONG, false);
  private static final AggregateCall COUNT_DISTINCT =
      new AggregateCall(AggregateFunction.COUNT, 1, ScalarType.LONG, true, -1, "d", ScalarType.LONG, false);
  private static final AggregateCall SUM =
      new AggregateCall(AggregateFunction.SUM, 1, ScalarType.LONG, false, -1, "s", ScalarType.LONG, true);

  private static final int BATCHES = 300;
  private static final int KEYS = 150_000;

  @TempDir
  private Path directory;

  @ParameterizedTest
  @EnumSource
  void everyKeyIsCountedOnceWhateverTheState(StateKind kind) throws IOException {
    Schema schema = Schema.of(INPUT.field(0), Field.required("n", ScalarType.LONG));
    Work.Aggregate work = new Work.Aggregate(AggregateMode.COMPLETE, List.of(0), List.of(COUNT));
    Map<Long, Long> counts = new HashMap<>();
    try (OpenState open = new OpenState(directory, kind, 1 << 20, work, schema, INPUT);
        Operator operator = new HashAggregateOperator(work, schema, open.get())) {
      run(
          operator,
          row -> row % KEYS,
          row -> row,
          row -> assertThat(counts.put((Long) row.get(0), (Long) row.get(1))).isNull());
    }
    assertThat(counts).hasSize(KEYS);
    int rows = BATCHES * RecordBatch.DEFAULT_ROWS;
    counts.forEach((key, count) -> assertThat(count).isEqualTo(rows / KEYS + (key < rows % KEYS ? 1 : 0)));
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyIsPassedOnOnceWhateverTheState(StateKind kind) throws IOException {
    Schema schema = Schema.of(INPUT.field(0));
    Work.Aggregate work = new Work.Aggregate(AggregateMode.COMPLETE, List.of(0), List.of());
    Map<Long, Integer> given = new HashMap<>();
    try (OpenState open = new OpenState(directory, kind, 1 << 20, work, schema, INPUT);
        Operator operator = new DistinctOperator(work, schema, open.get())) {
      run(operator, row -> row % KEYS, row -> row, row -> given.merge((Long) row.get(0), 1, Integer::sum));
    }
    assertThat(given).hasSize(KEYS);
    assertThat(given.values()).containsOnly(1);
  }

  @Test
  void distinctArgumentsOfOneGroupNeedNotFitMemory() throws IOException {
    List<AggregateCall> calls = List.of(COUNT, COUNT_DISTINCT, SUM);
    Schema schema =
        Schema.of(
            Field.required("n", ScalarType.LONG),
            Field.required("d", ScalarType.LONG),
            Field.optional("s", ScalarType.LONG));
    Work.Aggregate work = new Work.Aggregate(AggregateMode.COMPLETE, List.of(), calls);
    Map<List<Object>, Integer> results = new HashMap<>();
    try (OpenState open = new OpenState(directory, StateKind.AUTO, 1 << 20, work, schema, INPUT);
        Operator operator = new DistinctAggregateOperator(work, schema, open.get())) {
      run(operator, row -> 0, row -> row % KEYS, row -> results.merge(row, 1, Integer::sum));
    }
    long rows = (long) BATCHES * RecordBatch.DEFAULT_ROWS;
    long rest = rows % KEYS;
    long sum = rows / KEYS * ((long) KEYS * (KEYS - 1) / 2) + rest * (rest - 1) / 2;
    assertThat(results).isEqualTo(Map.of(List.of(rows, (long) KEYS, sum), 1));
  }

  @Test
  void oneGroupMayHaveMostOfTheDistinctArguments() throws IOException {
    Schema schema =
        Schema.of(
            INPUT.field(0), Field.required("n", ScalarType.LONG), Field.required("d", ScalarType.LONG));
    Work.Aggregate work = new Work.Aggregate(AggregateMode.COMPLETE, List.of(0), List.of(COUNT, COUNT_DISTINCT));
    Map<Long, List<Object>> results = new HashMap<>();
    try (OpenState open = new OpenState(directory, StateKind.AUTO, 1 << 20, work, schema, INPUT);
        Operator operator = new DistinctAggregateOperator(work, schema, open.get())) {
      run(
          operator,
          row -> row % 16 == 0 ? row : -1,
          row -> row % KEYS,
          row -> assertThat(results.put((Long) row.get(0), row.subList(1, 3))).isNull());
    }
    int rows = BATCHES * RecordBatch.DEFAULT_ROWS;
    assertThat(results).hasSize(rows / 16 + 1);
    assertThat(results.remove(-1L).get(0)).isEqualTo(rows - rows / 16L);
    assertThat(results.values()).containsOnly(List.of(1L, 1L));
  }

  private interface RowConsumer {
    void take(List<Object> row);
  }

  /** Feeds batches, makes the operator spill now and then, and drains it. */
  private static void run(Operator operator, IntToLongFunction key, IntToLongFunction value, RowConsumer consumer)
      throws IOException {
    Output output = batch -> Values.rows(batch).forEach(consumer::take);
    LongVector keys = new LongVector(RecordBatch.DEFAULT_ROWS);
    LongVector values = new LongVector(RecordBatch.DEFAULT_ROWS);
    ColumnVector[] columns = {keys, values};
    for (int n = 0; n < BATCHES; n++) {
      for (int i = 0; i < RecordBatch.DEFAULT_ROWS; i++) {
        int row = n * RecordBatch.DEFAULT_ROWS + i;
        keys.set(i, key.applyAsLong(row));
        values.set(i, value.applyAsLong(row));
      }
      operator.process(0, RecordBatch.of(INPUT, columns, RecordBatch.DEFAULT_ROWS), output);
      if (n % 50 == 20) {
        operator.spill();
      }
    }
    operator.endOfStream(0, output);
    boolean more = true;
    while (more) {
      more = operator.drain(output);
      operator.save();
    }
  }
}
