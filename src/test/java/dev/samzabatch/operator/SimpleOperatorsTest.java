package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.expr.Evaluators;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Filters;
import dev.samzabatch.expr.Function;
import dev.samzabatch.plan.Work;
import dev.samzabatch.plan.Work.AggregateMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Filter, project, union, limit and distinct. */
class SimpleOperatorsTest {

  private static final Schema INPUT =
      Schema.of(
          Field.optional("n", ScalarType.LONG),
          Field.optional("m", ScalarType.LONG),
          Field.optional("x", ScalarType.DOUBLE),
          Field.optional("t", ScalarType.STRING));

  private static final Expr N = new Expr.Column(0, "n", ScalarType.LONG, true);
  private static final Expr M = new Expr.Column(1, "m", ScalarType.LONG, true);

  @Property(tries = 50)
  void aFilterKeepsTheRowsForWhichTheConditionIsTrue(@ForAll long seed) {
    List<List<Object>> rows = Rows.random(INPUT, new Random(seed), 200);
    Expr condition = new Expr.Call(Function.LESS, List.of(N, M), ScalarType.BOOLEAN, true);
    OperatorTester.of(INPUT, () -> new FilterOperator(Filters.compile(condition)))
        .port(INPUT, rows)
        .givesInOrder(rows.stream().filter(r -> less(r.get(0), r.get(1))).toList());
  }

  private static boolean less(Object a, Object b) {
    return a != null && b != null && (Long) a < (Long) b;
  }

  @Property(tries = 50)
  void aProjectionComputesAColumnAnExpression(@ForAll long seed) {
    List<List<Object>> rows = Rows.random(INPUT, new Random(seed), 200);
    Schema schema = Schema.of(Field.optional("s", ScalarType.LONG), Field.optional("n", ScalarType.LONG));
    Expr sum = new Expr.Call(Function.ADD, List.of(N, M), ScalarType.LONG, true);
    List<List<Object>> expected = new ArrayList<>();
    for (List<Object> row : rows) {
      Long n = (Long) row.get(0);
      Long m = (Long) row.get(1);
      List<Object> result = new ArrayList<>();
      result.add(n == null || m == null ? null : (Object) (n + m));
      result.add(n);
      expected.add(result);
    }
    OperatorTester.of(
        schema, () -> new ProjectOperator(List.of(Evaluators.compile(sum), Evaluators.compile(N)), schema))
        .port(INPUT, rows)
        .givesInOrder(expected);
  }

  @Property(tries = 20)
  void aUnionGivesTheRowsOfAllPortsUnderItsOwnNames(@ForAll long seed) {
    Random random = new Random(seed);
    Schema schema =
        Schema.of(
            Field.optional("a", ScalarType.LONG),
            Field.optional("b", ScalarType.LONG),
            Field.optional("c", ScalarType.DOUBLE),
            Field.optional("d", ScalarType.STRING));
    List<List<Object>> one = Rows.random(INPUT, random, 100);
    List<List<Object>> other = Rows.random(INPUT, random, 100);
    List<List<Object>> both = new ArrayList<>(one);
    both.addAll(other);
    OperatorTester.of(schema, () -> new UnionOperator(schema)).port(INPUT, one).port(INPUT, other).givesInOrder(both);
  }

  @Property(tries = 50)
  void aLimitSkipsAndGives(@ForAll long seed) {
    Random random = new Random(seed);
    List<List<Object>> rows = Rows.random(INPUT, random, 200);
    long offset = random.nextInt(3) == 0 ? 0 : random.nextInt(210);
    long limit = random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextInt(210);
    OperatorTester.of(INPUT, () -> new LimitOperator(offset, limit))
        .port(INPUT, rows)
        .givesInOrder(rows.stream().skip(offset).limit(limit).toList());
  }

  @Property(tries = 20)
  void distinctGivesTheFirstOfEqualRowsAsItComes(@ForAll long seed) {
    List<List<Object>> rows = Rows.random(INPUT, new Random(seed), 400);
    Schema schema = INPUT.project(new int[] {3, 2});
    Set<List<Object>> expected = new LinkedHashSet<>();
    for (List<Object> row : rows) {
      List<Object> key = new ArrayList<>();
      key.add(row.get(3));
      key.add(row.get(2));
      expected.add(OperatorTester.normal(key));
    }
    List<List<Object>> inOrder = new ArrayList<>(expected);
    Work.Aggregate partial = new Work.Aggregate(AggregateMode.PARTIAL, List.of(3, 2), List.of());
    OperatorTester.of(schema, () -> new PartialDistinctOperator(partial, schema, Long.MAX_VALUE))
        .undisturbed()
        .port(INPUT, rows)
        .givesInOrder(inOrder);
    Work.Aggregate work = new Work.Aggregate(AggregateMode.COMPLETE, List.of(3, 2), List.of());
    OperatorTester distinct =
        OperatorTester.of(work, schema, state -> new DistinctOperator(work, schema, state)).port(INPUT, rows);
    distinct.gives(inOrder);
    distinct.undisturbed().givesInOrder(inOrder);
  }

  @Test
  void aPartialDistinctLetsRepeatsThroughWhenMemoryIsShortButLosesNothing() throws Exception {
    Map<Object, Integer> given = distinctCounts(50_000, 600_000);
    assertThat(given).hasSize(50_000);
    assertThat(given.values()).anyMatch(count -> count > 1);
  }

  @Test
  void aPartialDistinctOverDistinctRowsSoonPassesEverythingOn() throws Exception {
    Map<Object, Integer> given = distinctCounts(150_000, Long.MAX_VALUE);
    assertThat(given.values().stream().mapToInt(i -> i).sum()).isBetween(250_000, 300_000);
  }

  /** How often each key is given when 0 to {@code keys} come one after the other, up to 300,000 in all. */
  private static Map<Object, Integer> distinctCounts(int keys, long limit) throws Exception {
    Schema schema = INPUT.project(new int[] {0});
    Work.Aggregate work = new Work.Aggregate(AggregateMode.PARTIAL, List.of(0), List.of());
    PartialDistinctOperator operator = new PartialDistinctOperator(work, schema, limit);
    Map<Object, Integer> counts = new LinkedHashMap<>();
    for (int from = 0; from < 300_000; from += 1000) {
      List<List<Object>> rows = new ArrayList<>();
      for (int i = from; i < from + 1000; i++) {
        rows.add(List.of((long) (i % keys)));
      }
      RecordBatch batch = Values.batch(schema, rows);
      operator.process(0, batch, out -> Values.rows(out).forEach(row -> counts.merge(row.get(0), 1, Integer::sum)));
    }
    operator.endOfStream(0, out -> assertThat(out).isNull());
    return counts;
  }
}
