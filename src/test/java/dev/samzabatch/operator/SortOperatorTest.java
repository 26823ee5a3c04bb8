package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.plan.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

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

  @Property(tries = 100)
  void givesWhatAStableSortOfBoxedRowsGives(@ForAll long seed) {
    Random random = new Random(seed);
    List<List<Object>> rows = Rows.random(INPUT, random, random.nextBoolean() ? 30 : 400);
    List<SortKey> keys = randomKeys(random);
    long offset = random.nextBoolean() ? 0 : random.nextInt(rows.size() + 10);
    long limit = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(rows.size() + 10);
    Work.Sort work = new Work.Sort(keys, offset, limit);
    OperatorTester.of(INPUT, () -> new SortOperator(work, INPUT))
        .port(INPUT, rows)
        .atMost(1024)
        .givesInOrder(rows.stream().sorted(order(keys)).skip(offset).limit(limit).toList());
  }

  @Property(tries = 4)
  void theFirstOfManyRowsAreFoundInLittleMemory(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<SortKey> keys = randomKeys(random);
    int limit = random.nextInt(300);
    SortOperator operator = new SortOperator(new Work.Sort(keys, 5, limit), INPUT);
    List<List<Object>> all = new ArrayList<>();
    while (all.size() < 70_000) {
      List<List<Object>> rows = Rows.random(INPUT, random, 2000);
      all.addAll(rows);
      operator.process(0, Values.batch(INPUT, rows), batch -> assertThat(batch).isNull());
      assertThat(operator.memoryBytes()).isLessThan(4_000_000);
    }
    List<List<Object>> given = new ArrayList<>();
    operator.endOfStream(0, batch -> given.addAll(Values.rows(batch)));
    assertThat(given).isEqualTo(all.stream().sorted(order(keys)).skip(5).limit(limit).toList());
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
      OperatorTester.of(schema, () -> new SortOperator(new Work.Sort(keys, 0, 30), schema))
          .port(schema, rows)
          .givesInOrder(rows.stream().sorted(order(keys)).limit(30).toList());
    }
  }

  @Test
  void aLongSortOfSortedReversedAndRandomNumbersIsRight() {
    Schema schema = Schema.of(Field.required("n", ScalarType.LONG), Field.required("row", ScalarType.LONG));
    Random random = new Random(7);
    List<SortKey> keys = List.of(new SortKey(0, false, false));
    for (int kind = 0; kind < 4; kind++) {
      List<List<Object>> rows = new ArrayList<>();
      for (long i = 0; i < 20_001; i++) {
        long[] numbers = {i, -i, random.nextLong(), random.nextInt(10)};
        rows.add(List.of(numbers[kind], i));
      }
      OperatorTester.of(schema, () -> new SortOperator(new Work.Sort(keys, 0, Long.MAX_VALUE), schema))
          .port(schema, rows)
          .givesInOrder(rows.stream().sorted(order(keys)).toList());
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
