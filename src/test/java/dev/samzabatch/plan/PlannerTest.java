package dev.samzabatch.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.Aggregate;
import dev.samzabatch.graph.OperatorSpec.Join;
import dev.samzabatch.graph.OperatorSpec.JoinInputs;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.graph.OperatorSpec.Repartition;
import dev.samzabatch.graph.OperatorSpec.Scan;
import dev.samzabatch.graph.OperatorSpec.Sort;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.graph.OperatorSpec.Union;
import dev.samzabatch.graph.Sink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where plans cut, and where they do not. */
class PlannerTest {

  private static final Schema KEY_VALUE =
      Schema.of(Field.required("k", ScalarType.LONG), Field.required("v", ScalarType.LONG));
  private static final long MB = 1L << 20;

  private final Map<String, PlannedInput> inputs = new HashMap<>();

  @Test
  void groupingCutsBetweenItsHalves() {
    JobPlan plan = plan(count(scan("a", 10 * MB), OptionalInt.empty()));
    assertThat(shape(plan)).containsExactly("Scan Aggregate WriteStream", "ReadStream Aggregate WriteOutput");
    assertThat(plan.streams()).singleElement().satisfies(s -> {
      assertThat(s.spec().name()).isEqualTo("job-grouped-intermediate-20260101-000000-00000000");
      assertThat(s.partitioning()).isEqualTo("hash(k0_k)");
    });
  }

  @Test
  void groupingWhatIsGroupedAlreadyDoesNotMoveRows() {
    OperatorSpec first = count(scan("a", 10 * MB), OptionalInt.empty());
    JobPlan plan = plan(count(first, OptionalInt.empty()));
    assertThat(shape(plan)).containsExactly("Scan Aggregate WriteStream", "ReadStream Aggregate Aggregate WriteOutput");
  }

  @Test
  void aStepsPartitionsWinOverTheRunsAndThoseOverDerivedOnes() {
    assertThat(partitions(plan(count(scan("a", MB), OptionalInt.of(7)), options(2, OptionalInt.of(5)))))
        .containsExactly(7);
    assertThat(partitions(plan(count(scan("a", MB), OptionalInt.empty()), options(2, OptionalInt.of(5)))))
        .containsExactly(5);
    assertThat(partitions(plan(count(scan("a", MB), OptionalInt.empty())))).containsExactly(2);
    assertThat(partitions(plan(count(scan("a", 2000 * MB), OptionalInt.empty())))).containsExactly(16);
  }

  @Test
  void derivedPartitionsHoldWhatTheyAreAllowedToButAreNotMoreThanThereMayBe() {
    OperatorSpec grouped = count(scan("a", 2000 * MB), OptionalInt.empty());
    assertThat(partitions(plan(grouped, options(2, 8 * MB)))).containsExactly(126);
    assertThat(partitions(plan(grouped, options(1, MB)))).containsExactly(256);
  }

  @Test
  void distinctCallsOverOneColumnAreMadeOverItsDistinctRows() {
    AggregateCall call = new AggregateCall(
        AggregateFunction.COUNT, 1, ScalarType.LONG, true, -1, "n", ScalarType.LONG, false);
    Schema schema = Schema.of(Field.required("n", ScalarType.LONG));
    OperatorSpec counted =
        new Aggregate("counted", scan("a", 1000 * MB), List.of(), List.of(call), schema, OptionalInt.empty());
    JobPlan plan = plan(counted);
    assertThat(shape(plan)).containsExactly(
        "Scan Aggregate WriteStream", "ReadStream Aggregate Aggregate WriteStream", "ReadStream Aggregate WriteOutput");
    assertThat(plan.streams()).extracting(PlannedStream::partitioning).containsExactly("hash(k0_v)", "single");
    assertThat(partitions(plan)).containsExactly(8, 1);
    assertThat(plan.stages().get(1).operators().get(1).schema().names()).containsExactly("v");
  }

  @Test
  void distinctCallsOverDifferentColumnsNeedTheRowsOfAKeyInOnePlace() {
    List<AggregateCall> calls = List.of(
        new AggregateCall(AggregateFunction.COUNT, 1, ScalarType.LONG, true, -1, "n", ScalarType.LONG, false),
        new AggregateCall(AggregateFunction.COUNT, -1, ScalarType.LONG, false, -1, "m", ScalarType.LONG, false));
    Schema schema = Schema.of(
        Field.required("k", ScalarType.LONG), Field.required("n", ScalarType.LONG),
        Field.required("m", ScalarType.LONG));
    OperatorSpec counted =
        new Aggregate("counted", scan("a", MB), List.of(0), calls, schema, OptionalInt.empty());
    assertThat(shape(plan(counted))).containsExactly("Scan WriteStream", "ReadStream Aggregate WriteOutput");
  }

  @Test
  void aSmallTableGoesToEveryTaskAndIsReadFirst() {
    JobPlan plan = plan(join(JoinType.INNER, scan("big", 900 * MB), scan("small", MB)));
    assertThat(shape(plan)).containsExactly("Scan WriteStream", "ReadStream Scan Join WriteOutput");
    assertThat(plan.streams()).singleElement().satisfies(s -> assertThat(s.partitioning()).isEqualTo("broadcast"));
  }

  @Test
  void aSmallTableWhoseUnmatchedRowsCountIsNotGivenToEveryTask() {
    JobPlan plan = plan(join(JoinType.RIGHT, scan("big", 900 * MB), scan("small", MB)));
    assertThat(shape(plan)).containsExactly("Scan WriteStream", "Scan WriteStream",
        "ReadStream ReadStream Join WriteOutput");
  }

  @Test
  void twoLargeTablesMeetByKey() {
    JobPlan plan = plan(join(JoinType.INNER, scan("a", 900 * MB), scan("b", 800 * MB)));
    assertThat(shape(plan)).containsExactly("Scan WriteStream", "Scan WriteStream",
        "ReadStream ReadStream Join WriteOutput");
    assertThat(plan.streams()).extracting(s -> s.spec().partitions()).containsExactly(26, 26);
  }

  @Test
  void aSideThatLiesByTheKeyStays() {
    OperatorSpec grouped = count(scan("a", 9000 * MB), OptionalInt.empty());
    JobPlan plan = plan(join(JoinType.INNER, grouped, scan("b", 800 * MB)));
    assertThat(shape(plan))
        .containsExactly(
            "Scan Aggregate WriteStream", "Scan WriteStream", "ReadStream ReadStream Aggregate Join WriteOutput");
  }

  @Test
  void twoSidesThatLieByTheKeyAlikeMeetWithoutMoving() {
    OperatorSpec a = count(scan("a", 900 * MB), OptionalInt.of(4));
    OperatorSpec b = count(scan("b", 800 * MB), OptionalInt.of(4));
    assertThat(shape(plan(join(JoinType.FULL, a, b))))
        .containsExactly(
            "Scan Aggregate WriteStream",
            "Scan Aggregate WriteStream",
            "ReadStream ReadStream Aggregate Aggregate Join WriteOutput");
  }

  @Test
  void twoSidesInDifferentNumbersOfPartitionsAreRefused() {
    OperatorSpec a = count(scan("a", 900 * MB), OptionalInt.of(4));
    OperatorSpec b = count(scan("b", 800 * MB), OptionalInt.of(3));
    assertThatThrownBy(() -> plan(join(JoinType.FULL, a, b)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("SB-2901")
        .hasMessageContaining("grouped (4)")
        .hasMessageContaining("(3)");
  }

  @Test
  void aRelationJoinedWithItselfIsComputedOnceAndNeverWaitsForItself() {
    OperatorSpec a = scan("a", MB);
    JobPlan plan = plan(join(JoinType.INNER, a, a));
    assertThat(shape(plan)).containsExactly("Scan WriteStream WriteStream", "ReadStream ReadStream Join WriteOutput");
  }

  @Test
  void aRelationJoinedWithItsOwnGroupsNeverWaitsForItself() {
    OperatorSpec a = scan("a", MB);
    JobPlan plan = plan(join(JoinType.INNER, a, count(a, OptionalInt.empty())));
    assertThat(shape(plan))
        .containsExactly("Scan Aggregate WriteStream WriteStream", "ReadStream ReadStream Aggregate Join WriteOutput");
  }

  @Test
  void unionsOfScansStayTogether() {
    JobPlan plan = plan(union(scan("a", MB), scan("b", MB)));
    assertThat(shape(plan)).containsExactly("Scan Scan Union WriteOutput");
  }

  @Test
  void aUnionWithItsOwnGroupsNeverWaitsForItself() {
    OperatorSpec a = scan("a", MB);
    JobPlan plan = plan(union(a, count(a, OptionalInt.empty())));
    assertThat(plan.streams()).allSatisfy(s -> assertThat(s.writer()).isLessThan(s.reader()));
  }

  @Test
  void aLimitIsAppliedBeforeAndBehindTheGather() {
    OperatorSpec sorted = new Sort("top", scan("a", MB), List.of(new SortKey(1, true, false)), 2, 10);
    JobPlan plan = plan(sorted);
    assertThat(shape(plan)).containsExactly("Scan Sort WriteStream", "ReadStream Sort WriteOutput");
    assertThat(plan.stages().get(0).operators().get(1).work())
        .isEqualTo(new Work.Sort(List.of(new SortKey(1, true, false)), 0, 12));
  }

  @Test
  void aRepartitionMovesAndTheGroupingBehindItDoesNot() {
    OperatorSpec moved = new Repartition("moved", scan("a", MB), List.of(0), OptionalInt.of(3));
    JobPlan plan = plan(count(moved, OptionalInt.empty()));
    assertThat(shape(plan)).containsExactly("Scan WriteStream", "ReadStream Aggregate WriteOutput");
    assertThat(partitions(plan)).containsExactly(3);
  }

  @Test
  void theHashIsThatOfThePlanAndNotOfTheRun() {
    OperatorSpec spec = count(scan("a", MB), OptionalInt.empty());
    PlanOptions other = new PlanOptions("job", "20270101-000000-ffffffff", 2, OptionalInt.empty(), 64 * MB, 48 * MB,
        Map.of(), Set.of(), StreamingOptions.NONE);
    assertThat(plan(spec).hash()).isEqualTo(plan(spec, other).hash());
    assertThat(plan(spec).hash()).isNotEqualTo(plan(count(scan("a", MB), OptionalInt.of(9))).hash());
  }

  private OperatorSpec scan(String name, long bytes) {
    inputs.put(name, new PlannedInput(name, KEY_VALUE, List.of(), bytes));
    return new Scan(name, List.of(0, 1), KEY_VALUE, Optional.empty());
  }

  private static OperatorSpec count(OperatorSpec input, OptionalInt partitions) {
    AggregateCall call =
        new AggregateCall(AggregateFunction.COUNT, -1, ScalarType.LONG, false, -1, "n", ScalarType.LONG, false);
    Schema schema = Schema.of(Field.required("k", ScalarType.LONG), Field.required("n", ScalarType.LONG));
    return new Aggregate("grouped", input, List.of(0), List.of(call), schema, partitions);
  }

  private static OperatorSpec join(JoinType type, OperatorSpec left, OperatorSpec right) {
    List<Field> fields = new ArrayList<>();
    for (String name : List.of("lk", "lv", "rk", "rv")) {
      fields.add(Field.optional(name, ScalarType.LONG));
    }
    return new Join(
        "joined", new JoinInputs(left, right), type, List.of(0), List.of(0), Optional.empty(), new Schema(fields));
  }

  private static OperatorSpec union(OperatorSpec... branches) {
    return new Union("both", Arrays.asList(branches), branches[0].schema());
  }

  private static PlanOptions options(int containers, OptionalInt partitions) {
    return new PlanOptions("job", "20260101-000000-00000000", containers, partitions, 64 * MB, 48 * MB, Map.of(),
        Set.of(), StreamingOptions.NONE);
  }

  private static PlanOptions options(int containers, long partitionBytes) {
    return new PlanOptions(
        "job", "20260101-000000-00000000", containers, OptionalInt.empty(), partitionBytes, 48 * MB, Map.of(),
        Set.of(), StreamingOptions.NONE);
  }

  private JobPlan plan(OperatorSpec spec) {
    return plan(spec, options(2, OptionalInt.empty()));
  }

  private JobPlan plan(OperatorSpec spec, PlanOptions options) {
    return Planner.plan(new OperatorGraph(List.of(new Sink(Sink.Kind.OUTPUT, "out", spec))), inputs, options);
  }

  private static List<Integer> partitions(JobPlan plan) {
    return plan.streams().stream().map(s -> s.spec().partitions()).toList();
  }

  private static List<String> shape(JobPlan plan) {
    return plan.stages().stream()
        .map(s -> s.operators().stream().map(o -> o.work().getClass().getSimpleName()).collect(Collectors.joining(" ")))
        .toList();
  }
}
