package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Values;
import dev.samzabatch.expr.Accumulators;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.plan.PlannedState;
import dev.samzabatch.plan.Work;
import dev.samzabatch.plan.Work.AggregateMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowAggregateOperatorTest {

  private static final long SIZE = 10;

  private static final Schema INPUT = Schema.of(
      Field.optional("page", ScalarType.STRING),
      Field.optional("start", ScalarType.TIMESTAMP),
      Field.optional("n", ScalarType.LONG));

  private static final List<Integer> KEYS = List.of(0, 1);
  private static final List<AggregateCall> CALLS = List.of(
      new AggregateCall(AggregateFunction.COUNT, -1, ScalarType.LONG, false, -1, "rows", ScalarType.LONG, false),
      new AggregateCall(AggregateFunction.SUM, 2, ScalarType.LONG, false, -1, "total", ScalarType.LONG, true),
      new AggregateCall(AggregateFunction.MAX, 0, ScalarType.STRING, false, -1, "last", ScalarType.STRING, true));

  private static final Schema OUTPUT = Schema.of(
      Field.optional("page", ScalarType.STRING),
      Field.optional("start", ScalarType.TIMESTAMP),
      Field.required("rows", ScalarType.LONG),
      Field.optional("total", ScalarType.LONG),
      Field.optional("last", ScalarType.STRING));

  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = OperatorTester.temporaryDirectory();
  }

  @AfterEach
  void deleteDirectory() throws IOException {
    OperatorTester.delete(directory);
  }

  private static Work.WindowAggregate work(AggregateMode mode, List<AggregateCall> calls) {
    Work.Aggregate grouping = new Work.Aggregate(mode, mode == AggregateMode.FINAL ? List.of(0, 1) : KEYS, calls);
    return new Work.WindowAggregate(grouping, new Work.TimeKey(1, SIZE, SIZE));
  }

  private StreamingRun run(Work.WindowAggregate work, Schema input, Schema output, Random random, boolean disturbed)
      throws IOException {
    return new StreamingRun(directory, PlannedState.of(work, output, List.of(input)), random, disturbed,
        state -> new WindowAggregateOperator(work, output, state, 20));
  }

  private static LocalDateTime time(long micros) {
    return LocalDateTime.of(1970, 1, 1, 0, 0).plus(micros, ChronoUnit.MICROS);
  }

  /** Rows in about the order of their times, and behind each the watermark that may be promised. */
  private record Timed(List<List<Object>> rows, List<Long> watermarks) {}

  private static Timed timed(Random random) {
    int count = random.nextInt(400);
    int delay = 1 + random.nextInt(40);
    long now = random.nextInt(200) - 150;
    long latest = Long.MIN_VALUE;
    List<List<Object>> rows = new ArrayList<>();
    List<Long> watermarks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      now += random.nextInt(4) == 0 ? random.nextInt(12) : 0;
      long at = now - random.nextInt(delay);
      latest = Math.max(latest, at);
      Object page = random.nextInt(9) == 0 ? null : "p" + random.nextInt(6);
      boolean timeless = random.nextInt(60) == 0;
      rows.add(Arrays.asList(page, timeless ? null : time(at - Math.floorMod(at, SIZE)), (long) random.nextInt(100)));
      watermarks.add(now - delay);
    }
    return new Timed(rows, watermarks);
  }

  @Property(tries = 80)
  void anyCutAnyWatermarksAndAnyRestartsGiveWhatGroupingAtTheEndGives(@ForAll long seed) throws IOException {
    Path own = OperatorTester.temporaryDirectory();
    Random random = new Random(seed);
    Timed timed = timed(random);
    boolean states = random.nextBoolean();
    Work.WindowAggregate work = work(states ? AggregateMode.FINAL : AggregateMode.COMPLETE, CALLS);
    Schema input = states ? stateSchema(CALLS) : INPUT;
    try (StreamingRun run = new StreamingRun(own, PlannedState.of(work, OUTPUT, List.of(input)), random, true,
        state -> new WindowAggregateOperator(work, OUTPUT, state, 20))) {
      int rate = 1 + random.nextInt(10);
      for (int at = 0; at < timed.rows().size();) {
        int to = Math.min(timed.rows().size(), at + 1 + random.nextInt(20));
        List<List<Object>> rows = timed.rows().subList(at, to);
        run.batch(0, input, states ? partial(rows, CALLS) : rows);
        if (random.nextInt(rate) == 0) {
          run.watermark(timed.watermarks().get(to - 1));
        }
        at = to;
      }
      run.end(0);
      assertThat(OperatorTester.counts(run.run()))
          .isEqualTo(OperatorTester.counts(AggregateOracle.results(timed.rows(), KEYS, CALLS)));
      assertThat(((WindowAggregateOperator) run.operator()).windows()).isEmpty();
    } finally {
      OperatorTester.delete(own);
    }
  }

  private static Schema stateSchema(List<AggregateCall> calls) {
    List<Field> fields = new ArrayList<>(INPUT.fields().subList(0, 2));
    for (AggregateCall call : calls) {
      for (DataType type : Accumulators.create(call).stateTypes()) {
        fields.add(Field.optional("s" + fields.size(), type));
      }
    }
    return new Schema(fields);
  }

  private static List<List<Object>> partial(List<List<Object>> rows, List<AggregateCall> calls) throws IOException {
    PartialAggregateOperator partial =
        new PartialAggregateOperator(work(AggregateMode.PARTIAL, calls), stateSchema(calls), Long.MAX_VALUE);
    List<List<Object>> states = new ArrayList<>();
    partial.process(0, Values.batch(INPUT, rows), batch -> states.addAll(Values.rows(batch)));
    partial.flush(batch -> states.addAll(Values.rows(batch)));
    return states;
  }

  @Test
  void aWindowIsToldWhenTheWatermarkReachesItsEndAndThenForgotten() throws IOException {
    try (StreamingRun run = run(work(AggregateMode.COMPLETE, CALLS), INPUT, OUTPUT, new Random(1), false)) {
      run.batch(0, INPUT, List.of(row("a", -10, 1), row("a", 0, 2), row("b", -10, 3), row("a", -10, 4)));
      run.watermark(-1);
      assertThat(run.run()).isEmpty();
    }
    OperatorTester.delete(directory);
    directory = OperatorTester.temporaryDirectory();
    try (StreamingRun run = run(work(AggregateMode.COMPLETE, CALLS), INPUT, OUTPUT, new Random(1), false)) {
      run.batch(0, INPUT, List.of(row("a", -10, 1), row("a", 0, 2), row("b", -10, 3), row("a", -10, 4)));
      run.watermark(0);
      assertThat(run.run()).containsExactlyInAnyOrder(
          List.of("a", time(-10), 2L, 5L, "a"), List.of("b", time(-10), 1L, 3L, "b"));
      assertThat(((WindowAggregateOperator) run.operator()).windows()).containsOnlyKeys(0L);
    }
  }

  private static List<Object> row(String page, long start, long n) {
    return Arrays.asList(page, time(start), n);
  }

  @Test
  void rowsOfAWindowThatWasToldAreDroppedAndCounted() throws IOException {
    try (StreamingRun run = run(work(AggregateMode.COMPLETE, CALLS), INPUT, OUTPUT, new Random(1), false)) {
      run.watermark(25);
      run.batch(0, INPUT, List.of(row("a", 0, 1), row("a", 10, 2), row("a", 20, 3), row("b", 10, 4)));
      run.end(0);
      assertThat(run.run()).containsExactly(List.of("a", time(20), 1L, 3L, "a"));
      assertThat(run.operator().lateRows()).isEqualTo(3);
    }
  }

  @Test
  void withoutCallsItGivesEachKeyOfAWindowOnce() throws IOException {
    Schema keys = new Schema(OUTPUT.fields().subList(0, 2));
    try (StreamingRun run = run(work(AggregateMode.COMPLETE, List.of()), INPUT, keys, new Random(1), false)) {
      run.batch(0, INPUT, List.of(row("a", 0, 1), row("a", 0, 2), row("b", 0, 3), row("a", 10, 4)));
      run.watermark(10);
      assertThat(run.run()).containsExactlyInAnyOrder(List.of("a", time(0)), List.of("b", time(0)));
    }
  }

  @Test
  void aPartialEmitsWhatItHoldsBeforeAWatermarkCompletesIt() throws IOException {
    Schema schema = stateSchema(CALLS);
    PartialAggregateOperator partial =
        new PartialAggregateOperator(work(AggregateMode.PARTIAL, CALLS), schema, Long.MAX_VALUE);
    List<RecordBatch> emitted = new ArrayList<>();
    partial.watermark(2, emitted::add);
    partial.process(0, Values.batch(INPUT, List.of(row("a", 0, 1))), emitted::add);
    partial.watermark(9, emitted::add);
    assertThat(emitted).isEmpty();
    partial.watermark(10, emitted::add);
    assertThat(emitted).hasSize(1);
    partial.watermark(20, emitted::add);
    assertThat(emitted).hasSize(1);
  }

  @Test
  void theChangelogAndTheMemoryStaySmallHoweverMuchComes() throws IOException {
    try (StreamingRun run = run(work(AggregateMode.COMPLETE, CALLS), INPUT, OUTPUT, new Random(1), true)) {
      for (int window = 0; window < 500; window++) {
        long start = window * SIZE;
        run.batch(0, INPUT, IntStream.range(0, 20).mapToObj(i -> row("p" + i, start, i)).toList());
        run.watermark(start);
      }
      assertThat(run.run()).hasSize(499 * 20);
      assertThat(((WindowAggregateOperator) run.operator()).windows()).hasSize(1);
      assertThat(run.operator().memoryBytes()).isLessThan(500_000);
      assertThat(run.mostLogged()).isLessThan(60_000);
    }
  }

  @Test
  void stateThatDoesNotFitIsRefusedWithWhatToDo() throws IOException {
    Work.WindowAggregate work = work(AggregateMode.COMPLETE, CALLS);
    try (OpenState state = new OpenState(directory, StateKind.AUTO, 200_000, work, OUTPUT, INPUT)) {
      WindowAggregateOperator operator = new WindowAggregateOperator(work, OUTPUT, state.get());
      assertThatThrownBy(() -> {
        for (int i = 0; i < 100_000; i++) {
          operator.process(0, Values.batch(INPUT, List.of(row("page" + i, 0, i))), batch -> {});
        }
      }).isInstanceOf(UserException.class).hasMessageContaining("run.memory");
    }
  }
}
