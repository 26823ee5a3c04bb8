package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.operator.OperatorRun.Disturbance;
import dev.samzabatch.plan.PlannedState;
import dev.samzabatch.plan.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortOperatorTest {

  private static final Schema INPUT =
      Schema.of(
          Field.optional("n", ScalarType.LONG),
          Field.optional("x", ScalarType.DOUBLE),
          Field.optional("t", ScalarType.STRING),
          Field.required("b", ScalarType.BOOLEAN),
          Field.optional("d", Rows.WIDE_DECIMAL),
          Field.optional("list", Rows.LONGS),
          Field.required("t2", ScalarType.STRING));

  @Property(tries = 40)
  void givesWhatAStableSortOfBoxedRowsGives(@ForAll long seed) {
    Random random = new Random(seed);
    List<List<Object>> rows = Rows.random(INPUT, random, random.nextBoolean() ? 30 : 400);
    List<SortKey> keys = randomKeys(random);
    long offset = random.nextBoolean() ? 0 : random.nextInt(rows.size() + 10);
    long limit = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(rows.size() + 10);
    Work.Sort work = new Work.Sort(keys, offset, limit);
    OperatorTester.of(work, INPUT, state -> new SortOperator(work, INPUT, state))
        .port(INPUT, rows)
        .atMost(1024)
        .givesInOrder(rows.stream().sorted(order(keys)).skip(offset).limit(limit).toList());
  }

  @Property(tries = 4)
  void theFirstOfManyRowsAreFoundInLittleMemory(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<SortKey> keys = randomKeys(random);
    int limit = random.nextInt(300);
    Work.Sort work = new Work.Sort(keys, 5, limit);
    Path directory = Files.createTempDirectory("operator");
    try (OpenState state = new OpenState(directory, StateKind.AUTO, 1 << 20, work, INPUT, INPUT)) {
      SortOperator operator = new SortOperator(work, INPUT, state.get());
      List<List<Object>> all = new ArrayList<>();
      while (all.size() < 70_000) {
        List<List<Object>> rows = Rows.random(INPUT, random, 2000);
        all.addAll(rows);
        operator.process(0, Values.batch(INPUT, rows), batch -> assertThat(batch).isNull());
        assertThat(operator.memoryBytes()).isLessThan(4_000_000);
      }
      assertThat(drain(operator)).isEqualTo(all.stream().sorted(order(keys)).skip(5).limit(limit).toList());
      assertThat(state.bytes()).isZero();
    } finally {
      OperatorTester.delete(directory);
    }
  }

  private static List<List<Object>> drain(Operator operator) throws IOException {
    List<List<Object>> given = new ArrayList<>();
    operator.endOfStream(0, batch -> given.addAll(Values.rows(batch)));
    assertThat(given).isEmpty();
    drainInto(operator, given);
    return given;
  }

  private static void drainInto(Operator operator, List<List<Object>> given) throws IOException {
    boolean more = true;
    while (more) {
      more = operator.drain(batch -> given.addAll(Values.rows(batch)));
    }
  }

  @Test
  void nullsAreToldFromTheLargestAndSmallestNumbers() {
    Schema schema = Schema.of(Field.optional("n", ScalarType.LONG));
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Object[] values = {Long.MAX_VALUE, null, Long.MIN_VALUE, 0L};
      rows.add(Collections.singletonList(values[i % 4]));
    }
    for (int kind = 0; kind < 4; kind++) {
      List<SortKey> keys = List.of(new SortKey(0, kind % 2 == 0, kind / 2 == 0));
      Work.Sort work = new Work.Sort(keys, 0, 30);
      OperatorTester.of(work, schema, state -> new SortOperator(work, schema, state))
          .port(schema, rows)
          .givesInOrder(rows.stream().sorted(order(keys)).limit(30).toList());
    }
  }

  @Test
  void theFirstOfManyListsAreFound() {
    Schema schema = Schema.of(Field.optional("list", Rows.LONGS), Field.required("row", ScalarType.LONG));
    List<List<Object>> rows = new ArrayList<>();
    for (long i = 0; i < 30_000; i++) {
      rows.add(Arrays.asList(i % 7 == 0 ? null : List.of(i * 7919 % 10_007), i));
    }
    List<SortKey> keys = List.of(new SortKey(0, true, false));
    Work.Sort work = new Work.Sort(keys, 0, 10);
    OperatorTester.of(work, schema, state -> new SortOperator(work, schema, state))
        .port(schema, rows)
        .undisturbed()
        .givesInOrder(rows.stream().sorted(order(keys)).limit(10).toList());
  }

  @Test
  void aLongSortOfSortedReversedAndRandomNumbersIsRight() {
    Schema schema = Schema.of(Field.required("n", ScalarType.LONG), Field.required("row", ScalarType.LONG));
    Random random = new Random(7);
    List<SortKey> keys = List.of(new SortKey(0, false, false));
    Work.Sort work = new Work.Sort(keys, 0, Long.MAX_VALUE);
    for (int kind = 0; kind < 4; kind++) {
      List<List<Object>> rows = new ArrayList<>();
      for (long i = 0; i < 20_001; i++) {
        long[] numbers = {i, -i, random.nextLong(), random.nextInt(10)};
        rows.add(List.of(numbers[kind], i));
      }
      OperatorTester.of(work, schema, state -> new SortOperator(work, schema, state))
          .port(schema, rows)
          .undisturbed()
          .givesInOrder(rows.stream().sorted(order(keys)).toList());
    }
  }

  @Property(tries = 6)
  void aSortThatIsInterruptedWhileItEmitsGoesOnThere(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Schema schema = Schema.of(Field.optional("n", ScalarType.LONG), Field.required("row", ScalarType.LONG));
    List<RecordBatch> batches = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    while (rows.size() < 150_000) {
      int from = rows.size();
      for (int i = random.nextInt(40_000); i >= 0; i--) {
        Long number = random.nextInt(100) == 0 ? null : (Long) (long) random.nextInt(5000);
        rows.add(Arrays.asList(number, (long) rows.size()));
      }
      batches.add(Values.batch(schema, rows.subList(from, rows.size())));
    }
    List<SortKey> keys = List.of(new SortKey(0, random.nextBoolean(), random.nextBoolean()));
    long limit = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(rows.size());
    Work.Sort work = new Work.Sort(keys, random.nextBoolean() ? 0 : random.nextInt(80_000), limit);
    StateKind kind = StateKind.values()[random.nextInt(3)];
    Disturbance disturbance = new Disturbance(kind, 300_000L << random.nextInt(8), 2, 5, 2, 12, random.nextLong());
    Path directory = Files.createTempDirectory("operator");
    try (OperatorRun run =
        new OperatorRun(
            directory,
            PlannedState.of(work, schema, List.of(schema)),
            disturbance,
            state -> new SortOperator(work, schema, state),
            batch -> assertThat(batch.rowCount()).isBetween(1, 1024))) {
      assertThat(run.run(List.of(batches)))
          .isEqualTo(rows.stream().sorted(order(keys)).skip(work.offset()).limit(limit).toList());
    } finally {
      OperatorTester.delete(directory);
    }
  }

  @Test
  void aSortThatEmitsFromMemoryIsSavedOnceAndCanBeMadeToSpill(@TempDir Path directory) throws IOException {
    Schema schema = Schema.of(Field.required("n", ScalarType.LONG), Field.required("row", ScalarType.LONG));
    Work.Sort work = new Work.Sort(List.of(new SortKey(0, false, false)), 1000, Long.MAX_VALUE);
    List<List<Object>> rows = new ArrayList<>();
    for (long i = 0; i < 200_000; i++) {
      rows.add(List.of(i * 7919 % 1000, i));
    }
    List<List<Object>> given = new ArrayList<>();
    try (OpenState state = new OpenState(directory, StateKind.AUTO, 1 << 20, work, schema, schema);
        SortOperator first = new SortOperator(work, schema, state.get());
        SortOperator second = new SortOperator(work, schema, state.get())) {
      first.process(0, Values.batch(schema, rows), batch -> {});
      first.endOfStream(0, batch -> {});
      for (int i = 0; i < 2; i++) {
        assertThat(first.drain(batch -> given.addAll(Values.rows(batch)))).isTrue();
        assertThat(first.save()).isEqualTo(given.size());
      }
      second.restore(given.size(), 1);
      List<List<Object>> rest = new ArrayList<>();
      assertThat(first.spill()).isTrue();
      assertThat(first.memoryBytes()).isLessThan(100_000);
      drainInto(first, rest);
      drainInto(second, given);
      assertThat(given).isEqualTo(rows.stream().sorted(order(work.keys())).skip(1000).toList());
      assertThat(rest).isEqualTo(given.subList(given.size() - rest.size(), given.size()));
    }
  }

  @Test
  void aSortOfMoreRowsThanFitMemoryKeepsToItsMemory(@TempDir Path directory) throws IOException {
    Schema schema = Schema.of(Field.required("n", ScalarType.LONG), Field.required("row", ScalarType.LONG));
    Work.Sort work = new Work.Sort(List.of(new SortKey(0, true, false)), 0, Long.MAX_VALUE);
    long memory = 4 << 20;
    Random random = new Random(5);
    try (OpenState state = new OpenState(directory, StateKind.ROCKSDB, memory, work, schema, schema)) {
      SortOperator operator = new SortOperator(work, schema, state.get());
      LongVector numbers = new LongVector(1000);
      LongVector places = new LongVector(1000);
      for (int from = 0; from < 600_000; from += 1000) {
        for (int i = 0; i < 1000; i++) {
          numbers.set(i, random.nextInt(100_000));
          places.set(i, from + i);
        }
        operator.process(0, RecordBatch.of(schema, new ColumnVector[] {numbers, places}, 1000), batch -> {});
        assertThat(operator.memoryBytes()).isLessThan(memory);
      }
      long[] last = {Long.MAX_VALUE, -1, 0};
      Output output =
          batch -> {
            assertThat(operator.memoryBytes()).isLessThan(memory);
            for (List<Object> row : Values.rows(batch)) {
              long number = (Long) row.get(0);
              assertThat(number < last[0] || number == last[0] && (Long) row.get(1) > last[1]).isTrue();
              last[0] = number;
              last[1] = (Long) row.get(1);
              last[2]++;
            }
          };
      while (operator.drain(output)) {
        assertThat(state.bytes()).isPositive();
      }
      assertThat(last[2]).isEqualTo(600_000);
      operator.close();
    }
  }

  private static List<SortKey> randomKeys(Random random) {
    List<SortKey> keys = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      keys.add(new SortKey(random.nextInt(INPUT.size()), random.nextBoolean(), random.nextBoolean()));
    }
    return keys;
  }

  private static Comparator<List<Object>> order(List<SortKey> keys) {
    return (one, other) -> {
      for (SortKey key : keys) {
        int order = compare(one.get(key.column()), other.get(key.column()), key);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  private static int compare(Object one, Object other, SortKey key) {
    if (one == null || other == null) {
      int order = Boolean.compare(one == null, other == null);
      return key.nullsFirst() ? -order : order;
    }
    int order = AggregateOracle.compare(one, other);
    return key.descending() ? -order : order;
  }
}
