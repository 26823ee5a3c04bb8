package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import dev.samzabatch.plan.PlannedState;
import dev.samzabatch.plan.Work;
import dev.samzabatch.plan.Work.AggregateMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdatingAggregateOperatorTest {

  private static final Schema INPUT =
      Schema.of(Field.optional("page", ScalarType.STRING), Field.optional("n", ScalarType.LONG));

  private static final Schema OUTPUT = Schema.of(Field.optional("page", ScalarType.STRING),
      Field.required("rows", ScalarType.LONG), Field.optional("least", ScalarType.LONG));

  private static final List<AggregateCall> CALLS = List.of(
      new AggregateCall(AggregateFunction.COUNT, -1, ScalarType.LONG, false, -1, "rows", ScalarType.LONG, false),
      new AggregateCall(AggregateFunction.MIN, 1, ScalarType.LONG, false, -1, "least", ScalarType.LONG, true));

  private static final Work.UpdatingAggregate WORK =
      new Work.UpdatingAggregate(new Work.Aggregate(AggregateMode.COMPLETE, List.of(0), CALLS), 10);

  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = OperatorTester.temporaryDirectory();
  }

  @AfterEach
  void deleteDirectory() throws IOException {
    OperatorTester.delete(directory);
  }

  private static StreamingRun run(Path own, Random random, boolean disturbed) throws IOException {
    return new StreamingRun(own, PlannedState.of(WORK, OUTPUT, List.of(INPUT)), random, disturbed,
        state -> new UpdatingAggregateOperator(WORK, OUTPUT, state, 20));
  }

  private static List<Object> row(Object page, long n) {
    return Arrays.asList(page, n);
  }

  private static StreamingRun tick(StreamingRun run, long nanos) {
    return run.step((operator, output) -> operator.tick(nanos, output));
  }

  @Property(tries = 80)
  void theLastRowOfEachKeyIsWhatGroupingAtTheEndGives(@ForAll long seed) throws IOException {
    Path own = OperatorTester.temporaryDirectory();
    Random random = new Random(seed);
    List<List<Object>> all = new ArrayList<>();
    try (StreamingRun run = run(own, random, true)) {
      long nanos = random.nextLong();
      for (int i = random.nextInt(60); i > 0; i--) {
        List<List<Object>> rows = new ArrayList<>();
        for (int j = 1 + random.nextInt(20); j > 0; j--) {
          rows.add(row(random.nextInt(9) == 0 ? null : "p" + random.nextInt(40), random.nextInt(100)));
        }
        all.addAll(rows);
        run.batch(0, INPUT, rows);
        nanos += random.nextInt(6);
        tick(run, nanos);
      }
      run.end(0);
      Map<Object, List<Object>> last = new LinkedHashMap<>();
      run.run().forEach(row -> last.put(row.get(0), row));
      assertThat(last.values())
          .containsExactlyInAnyOrderElementsOf(AggregateOracle.results(all, List.of(0), CALLS));
    } finally {
      OperatorTester.delete(own);
    }
  }

  @Test
  void onlyWhatHasChangedIsToldAndNotTooOften() throws IOException {
    try (StreamingRun run = run(directory, new Random(1), false)) {
      tick(run, 100);
      run.batch(0, INPUT, List.of(row("a", 1), row("b", 2)));
      tick(run, 109);
      run.batch(0, INPUT, List.of(row("a", 0)));
      tick(run, 110);
      run.batch(0, INPUT, List.of(row("b", 5)));
      tick(run, 111);
      tick(run, 119);
      tick(run, 121);
      tick(run, 200);
      run.batch(0, INPUT, List.of(row("c", 7)));
      run.end(0);
      assertThat(run.run()).containsExactly(
          List.of("a", 2L, 0L), List.of("b", 1L, 2L), List.of("b", 2L, 2L), List.of("c", 1L, 7L));
    }
  }

  @Test
  void theChangelogStaysSmallHoweverMuchComes() throws IOException {
    try (StreamingRun run = run(directory, new Random(1), true)) {
      for (int i = 0; i < 2000; i++) {
        run.batch(0, INPUT, List.of(row("p" + i % 10, i), row("p" + i % 7, i)));
      }
      run.end(0);
      assertThat(run.run()).hasSize(10);
      assertThat(run.mostLogged()).isLessThan(40_000);
    }
  }
}
