package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.plan.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashJoinOperatorTest {

  private static final Schema LEFT =
      Schema.of(
          Field.optional("n", ScalarType.LONG),
          Field.optional("t", ScalarType.STRING),
          Field.optional("x", ScalarType.DOUBLE),
          Field.optional("list", Rows.LONGS),
          Field.required("id", ScalarType.LONG));

  private static final Schema RIGHT =
      Schema.of(
          Field.optional("x", ScalarType.DOUBLE),
          Field.required("id", ScalarType.LONG),
          Field.optional("d", Rows.WIDE_DECIMAL),
          Field.optional("t", ScalarType.STRING),
          Field.optional("n", ScalarType.LONG));

  /** Pairs of key columns that may be joined. */
  private static final int[][] KEYS = {{0, 4}, {1, 3}, {2, 0}, {4, 1}};

  @TempDir
  Path directory;

  @Property(tries = 80)
  void givesWhatTryingAllPairsGives(@ForAll long seed) {
    Random random = new Random(seed);
    List<Integer> leftKeys = new ArrayList<>();
    List<Integer> rightKeys = new ArrayList<>();
    for (int[] pair : KEYS) {
      if (random.nextInt(3) == 0) {
        leftKeys.add(pair[0]);
        rightKeys.add(pair[1]);
      }
    }
    Optional<Expr> condition = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(condition(random.nextInt(3)));
    JoinType type = JoinType.values()[random.nextInt(JoinType.values().length)];
    Work.Join work = new Work.Join(type, random.nextBoolean(), leftKeys, rightKeys, condition);
    int most = random.nextInt(4) == 0 ? 5 : 60;
    List<List<Object>> left = withoutRepeats(Rows.random(LEFT, random, most), leftKeys, random);
    List<List<Object>> right = withoutRepeats(Rows.random(RIGHT, random, most), rightKeys, random);
    tester(work, left, right).gives(allPairs(work, left, right));
  }

  /** Sometimes rows of distinct keys, which take another way through the operator. */
  private static List<List<Object>> withoutRepeats(List<List<Object>> rows, List<Integer> keys, Random random) {
    if (random.nextBoolean()) {
      return rows;
    }
    List<List<Object>> met = new ArrayList<>();
    return rows.stream()
        .filter(
            row -> {
              List<Object> key = OperatorTester.normal(keys.stream().map(row::get).toList());
              return !met.contains(key) && met.add(key);
            })
        .toList();
  }

  /** {@code left.id < right.id}, {@code left.n < right.n} with nulls, or {@code right.n is null}. */
  private static Expr condition(int which) {
    Expr left = new Expr.Column(which == 0 ? 4 : 0, "left", ScalarType.LONG, true);
    Expr right = new Expr.Column(LEFT.size() + (which == 0 ? 1 : 4), "right", ScalarType.LONG, true);
    return which == 2
        ? new Expr.Call(Function.IS_NULL, List.of(right), ScalarType.BOOLEAN, false)
        : new Expr.Call(Function.LESS, List.of(left, right), ScalarType.BOOLEAN, true);
  }

  @Test
  void aRowWithAMillionMatchesIsGivenInBoundedBatches() throws Exception {
    Schema schema = Schema.of(Field.required("a", ScalarType.LONG), Field.required("b", ScalarType.LONG));
    Schema one = Schema.of(Field.required("k", ScalarType.LONG));
    for (boolean keyed : new boolean[] {true, false}) {
      List<Integer> keys = keyed ? List.of(0) : List.of();
      Work.Join work = new Work.Join(JoinType.INNER, false, keys, keys, Optional.empty());
      for (StateKind kind : StateKind.values()) {
        List<Integer> sizes = sizesOfAMillionMatches(work, kind, one, schema);
        assertThat(sizes.stream().mapToInt(i -> i).sum()).isEqualTo(1_000_000);
        assertThat(Collections.max(sizes)).isLessThanOrEqualTo(1024);
      }
    }
  }

  private List<Integer> sizesOfAMillionMatches(Work.Join work, StateKind kind, Schema one, Schema schema)
      throws IOException {
    List<Integer> sizes = new ArrayList<>();
    Path ownDirectory = Files.createTempDirectory(directory, "join");
    try (OpenState state = new OpenState(ownDirectory, kind, 4 << 20, work, schema, one, one)) {
      HashJoinOperator operator = new HashJoinOperator(work, one, one, schema, state.get());
      RecordBatch thousand = Values.batch(one, Collections.nCopies(1000, List.of(7L)));
      for (int i = 0; i < 1000; i++) {
        operator.process(0, thousand, batch -> assertThat(batch).isNull());
      }
      operator.endOfStream(0, batch -> assertThat(batch).isNull());
      operator.process(1, Values.batch(one, List.of(List.of(7L))), batch -> sizes.add(batch.rowCount()));
      operator.endOfStream(1, batch -> sizes.add(batch.rowCount()));
      while (operator.drain(batch -> sizes.add(batch.rowCount()))) {
        assertThat(operator.memoryBytes()).isNotNegative();
      }
      assertThat(state.bytes() > 0).isEqualTo(kind == StateKind.ROCKSDB);
    }
    return sizes;
  }

  @Test
  void manyUnmatchedBuildRowsAreGivenInBoundedBatches() {
    List<List<Object>> right = new ArrayList<>();
    for (long i = 0; i < 5000; i++) {
      List<Object> row = new ArrayList<>(Collections.nCopies(RIGHT.size(), null));
      row.set(1, i);
      right.add(row);
    }
    Work.Join work = new Work.Join(JoinType.FULL, false, List.of(4), List.of(1), Optional.empty());
    tester(work, List.of(), right).atMost(1024).gives(allPairs(work, List.of(), right));
  }

  private static OperatorTester tester(Work.Join work, List<List<Object>> left, List<List<Object>> right) {
    List<Field> fields = new ArrayList<>(LEFT.fields());
    if (!work.type().leftOnly()) {
      RIGHT.fields().forEach(f -> fields.add(Field.optional("right_" + f.name(), f.type())));
    }
    Schema schema = new Schema(fields);
    OperatorTester tester =
        OperatorTester.of(work, schema, state -> new HashJoinOperator(work, LEFT, RIGHT, schema, state));
    return work.buildLeft() ? tester.port(LEFT, left).port(RIGHT, right) : tester.port(RIGHT, right).port(LEFT, left);
  }

  private static List<List<Object>> allPairs(Work.Join work, List<List<Object>> left, List<List<Object>> right) {
    List<List<Object>> result = new ArrayList<>();
    boolean[] rightMatched = new boolean[right.size()];
    for (List<Object> one : left) {
      boolean matched = false;
      for (int j = 0; j < right.size(); j++) {
        if (matches(work, one, right.get(j))) {
          matched = true;
          rightMatched[j] = true;
          if (!work.type().leftOnly()) {
            result.add(concat(one, right.get(j)));
          }
        }
      }
      if (work.type().leftOnly()) {
        if (matched == (work.type() == JoinType.SEMI)) {
          result.add(one);
        }
      } else if (!matched && work.type().keepsLeft()) {
        result.add(concat(one, Collections.nCopies(RIGHT.size(), null)));
      }
    }
    for (int j = 0; work.type().keepsRight() && j < right.size(); j++) {
      if (!rightMatched[j]) {
        result.add(concat(Collections.nCopies(LEFT.size(), null), right.get(j)));
      }
    }
    return result;
  }

  private static boolean matches(Work.Join work, List<Object> left, List<Object> right) {
    for (int k = 0; k < work.leftKeys().size(); k++) {
      Object one = left.get(work.leftKeys().get(k));
      Object other = right.get(work.rightKeys().get(k));
      if (one == null || other == null || AggregateOracle.compare(one, other) != 0) {
        return false;
      }
    }
    if (work.condition().isEmpty()) {
      return true;
    }
    Expr.Call condition = (Expr.Call) work.condition().get();
    if (condition.function() == Function.IS_NULL) {
      return right.get(4) == null;
    }
    int column = ((Expr.Column) condition.args().get(0)).index();
    Object one = left.get(column);
    Object other = right.get(column == 4 ? 1 : 4);
    return one != null && other != null && (Long) one < (Long) other;
  }

  private static List<Object> concat(List<Object> left, List<Object> right) {
    List<Object> row = new ArrayList<>(left);
    row.addAll(right);
    return row;
  }
}
