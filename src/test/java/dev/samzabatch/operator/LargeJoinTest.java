package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.graph.OperatorSpec.JoinType;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joins of more rows than one step emits, and of more than fit memory. */
class LargeJoinTest {

  @Property(tries = 6)
  void aJoinThatIsInterruptedWhileItEmitsGoesOnThere(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Schema side = Schema.of(Field.optional("k", ScalarType.LONG), Field.required("row", ScalarType.LONG));
    List<List<Object>> build = numbered(random, 150_000, 200_000);
    List<List<Object>> probe = numbered(random, 20_000, 200_000);
    JoinType type = random.nextBoolean() ? JoinType.FULL : JoinType.RIGHT;
    Work.Join work = new Work.Join(type, false, List.of(0), List.of(0), Optional.empty());
    Schema schema = pairs(side);
    StateKind kind = StateKind.values()[random.nextInt(3)];
    Disturbance disturbance = new Disturbance(kind, 300_000L << random.nextInt(8), 2, 5, 3, 12, random.nextLong());
    Path directory = Files.createTempDirectory("operator");
    try (OperatorRun run =
        new OperatorRun(
            directory,
            PlannedState.of(work, schema, List.of(side, side)),
            disturbance,
            state -> new HashJoinOperator(work, side, side, schema, state),
            batch -> assertThat(batch.rowCount()).isBetween(1, 1024))) {
      List<List<Object>> given = run.run(List.of(batches(side, build), batches(side, probe)));
      assertThat(given).hasSameSizeAs(byKey(type, probe, build));
      assertThat(new HashSet<>(given)).isEqualTo(byKey(type, probe, build));
    } finally {
      OperatorTester.delete(directory);
    }
  }

  /** Rows of a random key, sometimes null, and their number. */
  private static List<List<Object>> numbered(Random random, int count, int keys) {
    List<List<Object>> rows = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      rows.add(Arrays.asList(random.nextInt(100) == 0 ? null : (Long) (long) random.nextInt(keys), i));
    }
    return rows;
  }

  private static List<RecordBatch> batches(Schema schema, List<List<Object>> rows) {
    List<RecordBatch> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += 9000) {
      batches.add(Values.batch(schema, rows.subList(from, Math.min(rows.size(), from + 9000))));
    }
    return batches;
  }

  private static Schema pairs(Schema side) {
    List<Field> fields = new ArrayList<>();
    side.fields().forEach(f -> fields.add(Field.optional("left_" + f.name(), f.type())));
    side.fields().forEach(f -> fields.add(Field.optional("right_" + f.name(), f.type())));
    return new Schema(fields);
  }

  private static Set<List<Object>> byKey(JoinType type, List<List<Object>> left, List<List<Object>> right) {
    Map<Object, List<List<Object>>> rights = new HashMap<>();
    right.forEach(row -> rights.computeIfAbsent(row.get(0), key -> new ArrayList<>()).add(row));
    Set<List<Object>> result = new HashSet<>();
    Set<Object> met = new HashSet<>();
    for (List<Object> row : left) {
      List<List<Object>> matches = row.get(0) == null ? List.of() : rights.getOrDefault(row.get(0), List.of());
      matches.forEach(match -> result.add(concat(row, match)));
      if (!matches.isEmpty()) {
        met.add(row.get(0));
      } else if (type.keepsLeft()) {
        result.add(concat(row, Arrays.asList(null, null)));
      }
    }
    right.stream()
        .filter(row -> !met.contains(row.get(0)))
        .forEach(row -> result.add(concat(Arrays.asList(null, null), row)));
    return result;
  }

  @Test
  void moreRowsOfOneKeyThanFitMemoryAreJoinedInPieces(@TempDir Path directory) throws IOException {
    Schema side = Schema.of(Field.optional("k", ScalarType.LONG), Field.required("row", ScalarType.LONG));
    Schema schema = pairs(side);
    long memory = 1 << 20;
    for (JoinType type : new JoinType[] {JoinType.INNER, JoinType.FULL}) {
      Work.Join work = new Work.Join(type, false, List.of(0), List.of(0), Optional.empty());
      Path ownDirectory = Files.createTempDirectory(directory, "join");
      try (OpenState state = new OpenState(ownDirectory, StateKind.ROCKSDB, memory, work, schema, side, side)) {
        HashJoinOperator operator = new HashJoinOperator(work, side, side, schema, state.get());
        long[] counts = new long[2];
        Output output =
            batch -> {
              assertThat(operator.memoryBytes()).isLessThan(memory);
              counts[0] += batch.rowCount();
              counts[1] += Values.rows(batch).stream().filter(row -> row.contains(null)).count();
            };
        for (long i = 0; i < 200; i++) {
          operator.process(0, Values.batch(side, Collections.nCopies(1000, List.of(7L, i))), output);
          assertThat(operator.memoryBytes()).isLessThan(memory);
        }
        operator.endOfStream(0, output);
        operator.process(1, Values.batch(side, List.of(List.of(7L, 1L), List.of(7L, 2L), List.of(8L, 3L))), output);
        operator.endOfStream(1, output);
        while (operator.drain(output)) {
          assertThat(operator.memoryBytes()).isLessThan(memory);
        }
        assertThat(counts).containsExactly(400_000 + (type == JoinType.FULL ? 1 : 0), type == JoinType.FULL ? 1 : 0);
      }
    }
  }

  private static List<Object> concat(List<Object> left, List<Object> right) {
    List<Object> row = new ArrayList<>(left);
    row.addAll(right);
    return row;
  }
}
