package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.plan.PlannedState;
import dev.samzabatch.plan.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntervalJoinOperatorTest {

  private static final long SECOND = 1_000_000;

  private static final Schema SIDE = Schema.of(Field.optional("k", ScalarType.STRING),
      Field.optional("at", ScalarType.TIMESTAMP), Field.required("n", ScalarType.LONG));

  private static final Schema OUTPUT = Schema.of(Field.optional("k", ScalarType.STRING),
      Field.optional("at", ScalarType.TIMESTAMP), Field.optional("n", ScalarType.LONG),
      Field.optional("k2", ScalarType.STRING), Field.optional("at2", ScalarType.TIMESTAMP),
      Field.optional("n2", ScalarType.LONG));

  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = OperatorTester.temporaryDirectory();
  }

  @AfterEach
  void deleteDirectory() throws IOException {
    OperatorTester.delete(directory);
  }

  private static Expr column(int index) {
    return new Expr.Column(index, OUTPUT.field(index).name(), OUTPUT.type(index), true);
  }

  private static Expr notAfter(int time, int other, long most) {
    Expr unit = new Expr.Literal(ScalarType.STRING, "MICROSECOND");
    Expr latest = new Expr.Call(Function.TIMESTAMP_ADD,
        List.of(unit, new Expr.Literal(ScalarType.LONG, most), column(other)), ScalarType.TIMESTAMP, true);
    return new Expr.Call(Function.LESS_OR_EQUAL, List.of(column(time), latest), ScalarType.BOOLEAN, true);
  }

  private static Work.IntervalJoin work(JoinType type, long most) {
    Expr near = new Expr.Call(
        Function.AND, List.of(notAfter(1, 4, most), notAfter(4, 1, most)), ScalarType.BOOLEAN, true);
    Work.Join join = new Work.Join(type, true, List.of(0), List.of(0), Optional.of(near));
    return new Work.IntervalJoin(join, new Work.Interval(1, 1, most, 1));
  }

  private static StreamingRun run(Path own, Work.IntervalJoin work, Random random, boolean disturbed)
      throws IOException {
    return new StreamingRun(own, PlannedState.of(work, OUTPUT, List.of(SIDE, SIDE)), random, disturbed,
        state -> new IntervalJoinOperator(work, new JoinShape(work.join(), SIDE, SIDE, OUTPUT), state, 20));
  }

  private static LocalDateTime time(long micros) {
    return LocalDateTime.of(1970, 1, 1, 0, 0).plus(micros, ChronoUnit.MICROS);
  }

  private static List<Object> row(String key, Long at, long n) {
    return Arrays.asList(key, at == null ? null : time(at), n);
  }

  /** All pairs within the time, and what has none where the type gives it. */
  private static List<List<Object>> expected(
      JoinType type, long most, List<List<Object>> left, List<List<Object>> right) {
    List<List<Object>> rows = new ArrayList<>();
    boolean[] rightMatched = new boolean[right.size()];
    for (List<Object> one : left) {
      boolean matched = false;
      for (int i = 0; i < right.size(); i++) {
        List<Object> other = right.get(i);
        if (one.get(0) != null && one.get(0).equals(other.get(0)) && one.get(1) != null && other.get(1) != null && Math
            .abs(ChronoUnit.MICROS.between((LocalDateTime) one.get(1), (LocalDateTime) other.get(1))) <= most) {
          matched = true;
          rightMatched[i] = true;
          rows.add(pair(one, other));
        }
      }
      if (!matched && type.keepsLeft()) {
        rows.add(pair(one, Collections.nCopies(3, null)));
      }
    }
    for (int i = 0; i < right.size(); i++) {
      if (!rightMatched[i] && type.keepsRight()) {
        rows.add(pair(Collections.nCopies(3, null), right.get(i)));
      }
    }
    return rows;
  }

  private static List<Object> pair(List<Object> left, List<Object> right) {
    List<Object> both = new ArrayList<>(left);
    both.addAll(right);
    return both;
  }

  @Property(tries = 60)
  void anyOrderAnyWatermarksAndAnyRestartsGiveAllPairsWithinTheTime(@ForAll long seed) throws IOException {
    Path own = OperatorTester.temporaryDirectory();
    Random random = new Random(seed);
    JoinType type = JoinType.values()[random.nextInt(4)];
    long most = random.nextInt(5) * SECOND * 7 / 5;
    List<List<List<Object>>> all = List.of(new ArrayList<>(), new ArrayList<>());
    Work.IntervalJoin work = work(type, most);
    try (StreamingRun run = run(own, work, random, true)) {
      long now = -20 * SECOND;
      long delay = 1 + random.nextInt((int) (3 * SECOND));
      int rate = 1 + random.nextInt(6);
      for (int i = random.nextInt(80); i > 0; i--) {
        now += random.nextInt((int) SECOND);
        int port = random.nextInt(2);
        List<List<Object>> rows = new ArrayList<>();
        for (int j = 1 + random.nextInt(12); j > 0; j--) {
          String key = random.nextInt(9) == 0 ? null : "k" + random.nextInt(8);
          Long at = random.nextInt(30) == 0 ? null : now - random.nextInt((int) delay);
          rows.add(row(key, at, random.nextInt(1000)));
        }
        all.get(port).addAll(rows);
        run.batch(port, SIDE, rows);
        if (random.nextInt(rate) == 0) {
          run.watermark(now - delay);
        }
      }
      int first = random.nextInt(2);
      run.end(first).watermark(now).end(1 - first);
      assertThat(OperatorTester.counts(run.run()))
          .isEqualTo(OperatorTester.counts(expected(type, most, all.get(0), all.get(1))));
      assertThat(run.operator().lateRows()).isZero();
    } finally {
      OperatorTester.delete(own);
    }
  }

  @Test
  void rowsAreForgottenWhenNothingCanMatchThemAndOnlyThenTheyAreGivenAlone() throws IOException {
    Work.IntervalJoin work = work(JoinType.LEFT, 4 * SECOND);
    try (StreamingRun run = run(directory, work, new Random(1), false)) {
      run.batch(0, SIDE, List.of(row("a", 0L, 1), row("b", 0L, 2)));
      run.batch(1, SIDE, List.of(row("a", 4 * SECOND, 3), row("b", 5 * SECOND, 4)));
      run.watermark(6 * SECOND);
      assertThat(run.run()).containsExactly(pair(row("a", 0L, 1), row("a", 4 * SECOND, 3)));
    }
    OperatorTester.delete(directory);
    directory = OperatorTester.temporaryDirectory();
    try (StreamingRun run = run(directory, work, new Random(1), false)) {
      run.batch(0, SIDE, List.of(row("b", 0L, 2)));
      run.watermark(10 * SECOND);
      run.batch(0, SIDE, List.of(row("b", 0L, 5)));
      assertThat(run.run()).containsExactly(pair(row("b", 0L, 2), Collections.nCopies(3, null)));
      assertThat(run.operator().lateRows()).isEqualTo(1);
    }
  }

  @Test
  void memoryAndChangelogsStaySmallHoweverMuchComes() throws IOException {
    Work.IntervalJoin work = work(JoinType.FULL, SECOND);
    try (StreamingRun run = run(directory, work, new Random(1), true)) {
      for (int i = 0; i < 600; i++) {
        long now = i * SECOND;
        run.batch(0, SIDE, List.of(row("a" + i, now, i), row("b", now, i)));
        run.batch(1, SIDE, List.of(row("a" + i, now, i), row("c", now, i)));
        run.watermark(now);
      }
      run.run();
      assertThat(run.operator().memoryBytes()).isLessThan(3_000_000);
      assertThat(run.mostLogged()).isLessThan(60_000);
    }
  }
}
