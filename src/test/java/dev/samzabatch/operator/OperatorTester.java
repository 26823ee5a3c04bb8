package dev.samzabatch.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DecimalVector;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.StateKind;
import dev.samzabatch.operator.OperatorRun.Disturbance;
import dev.samzabatch.plan.PlannedState;
import dev.samzabatch.plan.Work;
import dev.samzabatch.state.OperatorState;
import dev.samzabatch.system.StreamSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Feeds the same rows to fresh operators in batches of one, of all, cut at random, and hidden among rows that are not
 * selected; after each call the batch is overwritten. Then again with every kind of state, with commits, spills and
 * restarts between any two steps, see {@link OperatorRun}. Every way must emit the same rows.
 */
final class OperatorTester {

  /** What comes at one port. */
  private record Port(Schema schema, List<List<Object>> rows) {}

  /** One way to cut rows into batches. */
  private interface Cut {
    List<RecordBatch> batches(Port port);
  }

  private final Optional<Work> work;
  private final Schema schema;
  private final Function<OperatorState, Operator> operators;
  private final List<Port> ports = new ArrayList<>();
  private int mostRows = Integer.MAX_VALUE;
  private boolean disturbed = true;

  private OperatorTester(Optional<Work> work, Schema schema, Function<OperatorState, Operator> operators) {
    this.work = work;
    this.schema = schema;
    this.operators = operators;
  }

  /** A test of operators that give this schema and have no changelogs. */
  static OperatorTester of(Schema schema, Supplier<Operator> operators) {
    return new OperatorTester(Optional.empty(), schema, state -> operators.get());
  }

  /** A test of operators that do this work, give this schema, and have the changelogs that a plan gives them. */
  static OperatorTester of(Work work, Schema schema, Function<OperatorState, Operator> operators) {
    return new OperatorTester(Optional.of(work), schema, operators);
  }

  /** Adds the next port and all that comes there. */
  OperatorTester port(Schema portSchema, List<? extends List<?>> rows) {
    List<List<Object>> copies = new ArrayList<>();
    rows.forEach(row -> copies.add(new ArrayList<>(row)));
    ports.add(new Port(portSchema, copies));
    return this;
  }

  /** Declares how many rows an emitted batch may have. */
  OperatorTester atMost(int rows) {
    mostRows = rows;
    return this;
  }

  /** Leaves out the runs with commits, spills and restarts. */
  OperatorTester undisturbed() {
    disturbed = false;
    return this;
  }

  /** Asserts that exactly these rows are emitted, in any order. */
  void gives(List<? extends List<?>> expected) {
    Map<List<Object>, Integer> wanted = counts(expected);
    everyWay((how, rows) -> assertThat(counts(rows)).as(how).isEqualTo(wanted));
  }

  /** Asserts that exactly these rows are emitted, in this order. */
  void givesInOrder(List<? extends List<?>> expected) {
    List<List<Object>> wanted = expected.stream().map(OperatorTester::normal).toList();
    everyWay(
        (how, rows) -> assertThat(rows.stream().map(OperatorTester::normal).toList()).as(how).isEqualTo(wanted));
  }

  private void everyWay(BiConsumer<String, List<List<Object>>> assertion) {
    for (Cut cut : cuts()) {
      assertion.accept("undisturbed", run(cut, Disturbance.none(StateKind.AUTO)));
    }
    if (disturbed) {
      for (Disturbance disturbance : disturbances(ports.hashCode())) {
        Random random = new Random(disturbance.seed());
        int least = 1 << random.nextInt(8);
        Cut cut = port -> cut(port, random, Math.max(least, port.rows().size() / 20), random.nextBoolean());
        assertion.accept(disturbance.toString(), run(cut, disturbance));
      }
    }
  }

  /** Some for each kind of state; those with {@code 1} disturb every step. */
  private static List<Disturbance> disturbances(long seed) {
    Random random = new Random(seed);
    long some = 100_000L << random.nextInt(6);
    return List.of(
        new Disturbance(StateKind.MEMORY, some, 2, 4, 4, 4, random.nextLong()),
        new Disturbance(StateKind.AUTO, some, 1, 0, 1, 8, random.nextLong()),
        new Disturbance(StateKind.AUTO, 1, 1 + random.nextInt(9), 1 + random.nextInt(9), 5, 4, random.nextLong()),
        new Disturbance(StateKind.AUTO, some, 0, 3, 50, 2, random.nextLong()),
        new Disturbance(StateKind.ROCKSDB, some, 3, 3, 6, 2, random.nextLong()),
        new Disturbance(StateKind.ROCKSDB, 1, random.nextInt(9), random.nextInt(9), 9, 2, random.nextLong()));
  }

  /** What is emitted when each port's rows come in one batch. */
  List<List<Object>> rows() {
    return run(port -> List.of(Values.batch(port.schema(), port.rows())), Disturbance.none(StateKind.AUTO));
  }

  private static List<Cut> cuts() {
    return List.of(
        port -> cut(port, new Random(0), 1, false),
        port -> List.of(Values.batch(port.schema(), port.rows())),
        port -> cut(port, new Random(1), 7, false),
        port -> cut(port, new Random(2), 7, true),
        port -> cut(port, new Random(3), 2000, true));
  }

  private static List<RecordBatch> cut(Port port, Random random, int most, boolean amongOthers) {
    List<RecordBatch> batches = new ArrayList<>();
    List<List<Object>> rows = port.rows();
    for (int at = 0; at < rows.size();) {
      int to = Math.min(rows.size(), at + (most == 1 ? 1 : random.nextInt(most + 1)));
      List<List<Object>> chosen = rows.subList(at, to);
      batches.add(amongOthers ? amongOthers(port, chosen, random) : Values.batch(port.schema(), chosen));
      at = to;
    }
    return batches;
  }

  private static RecordBatch amongOthers(Port port, List<List<Object>> chosen, Random random) {
    List<List<Object>> rows = new ArrayList<>();
    int[] selection = new int[chosen.size() + 3];
    int selected = 0;
    int rate = random.nextInt(8) + 1;
    while (selected < chosen.size()) {
      if (random.nextInt(rate) == 0) {
        selection[selected] = rows.size();
        rows.add(chosen.get(selected++));
      } else {
        rows.add(port.rows().get(random.nextInt(port.rows().size())));
      }
    }
    rows.add(port.rows().get(random.nextInt(port.rows().size())));
    RecordBatch all = Values.batch(port.schema(), rows);
    return all.withSelection(selection, selected);
  }

  private List<List<Object>> run(Cut cut, Disturbance disturbance) {
    List<Schema> inputs = ports.stream().map(Port::schema).toList();
    List<StreamSpec> changelogs = work.map(w -> PlannedState.of(w, schema, inputs)).orElse(List.of());
    try {
      Path directory = temporaryDirectory();
      try (OperatorRun run = new OperatorRun(directory, changelogs, disturbance, operators, this::checkBatch)) {
        return run.run(ports.stream().map(cut::batches).toList());
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new AssertionError(disturbance.toString(), e);
    }
  }

  /** In a file system in memory where there is one: many small files are made. */
  static Path temporaryDirectory() throws IOException {
    Path inMemory = Path.of("/dev/shm");
    return Files.isWritable(inMemory)
        ? Files.createTempDirectory(inMemory, "operator")
        : Files.createTempDirectory("operator");
  }

  /** Deletes a directory with all that is in it. */
  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** How many bytes the files in a directory have. */
  static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  private void checkBatch(RecordBatch batch) {
    assertThat(batch.schema()).isEqualTo(schema);
    assertThat(batch.rowCount()).isLessThanOrEqualTo(mostRows);
    for (int i = 1; i < batch.rowCount(); i++) {
      assertThat(batch.row(i)).isGreaterThan(batch.row(i - 1));
    }
  }

  /** A copy with the same physical rows and selection. */
  static RecordBatch copy(RecordBatch batch) {
    RecordBatch all =
        RecordBatch.of(batch.schema(), columns(batch), batch.physicalRows()).copy();
    return batch.selection() == null ? all : all.withSelection(batch.selection(), batch.rowCount());
  }

  private static ColumnVector[] columns(RecordBatch batch) {
    return IntStream.range(0, batch.columnCount()).mapToObj(batch::column).toArray(ColumnVector[]::new);
  }

  /** Does what the owner of a batch may do when it has been handled. */
  static void overwrite(RecordBatch batch) {
    for (int i = 0; i < batch.columnCount(); i++) {
      ColumnVector column = batch.column(i);
      column.clearNulls();
      if (column instanceof LongVector longs) {
        Arrays.fill(longs.values(), -77);
      } else if (column instanceof DoubleVector doubles) {
        Arrays.fill(doubles.values(), -77);
      } else if (column instanceof BytesVector bytes) {
        Arrays.fill(bytes.data(), (byte) '?');
        Arrays.fill(bytes.lengths(), 0);
      } else if (column instanceof DecimalVector decimals) {
        Arrays.fill(decimals.low(), -77);
      }
    }
  }

  /** How often each row is there. */
  static Map<List<Object>, Integer> counts(List<? extends List<?>> rows) {
    Map<List<Object>, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(normal(row), 1, Integer::sum));
    return counts;
  }

  /** The row with 0.0 for -0.0, which are the same value. */
  static List<Object> normal(List<?> row) {
    List<Object> normal = new ArrayList<>();
    for (Object value : row) {
      normal.add(value instanceof Double number && number == 0 ? (Object) 0.0 : value);
    }
    return normal;
  }
}
