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
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Feeds the same rows to fresh operators in batches of one, of all, cut at random, and hidden among rows that are not
 * selected; after each call the batch is overwritten. Every way must emit the same rows.
 */
final class OperatorTester {

  /** What comes at one port. */
  private record Port(Schema schema, List<List<Object>> rows) {}

  /** One way to cut rows into batches. */
  private interface Cut {
    List<RecordBatch> batches(Port port);
  }

  private final Supplier<Operator> operators;
  private final Schema schema;
  private final List<Port> ports = new ArrayList<>();
  private int mostRows = Integer.MAX_VALUE;

  private OperatorTester(Supplier<Operator> operators, Schema schema) {
    this.operators = operators;
    this.schema = schema;
  }

  /** A test of operators that give this schema. */
  static OperatorTester of(Schema schema, Supplier<Operator> operators) {
    return new OperatorTester(operators, schema);
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

  /** Asserts that exactly these rows are emitted, in any order. */
  void gives(List<? extends List<?>> expected) {
    Map<List<Object>, Integer> wanted = counts(expected);
    for (Cut cut : cuts()) {
      assertThat(counts(run(cut))).isEqualTo(wanted);
    }
  }

  /** Asserts that exactly these rows are emitted, in this order. */
  void givesInOrder(List<? extends List<?>> expected) {
    List<List<Object>> wanted = expected.stream().map(OperatorTester::normal).toList();
    for (Cut cut : cuts()) {
      assertThat(run(cut).stream().map(OperatorTester::normal).toList()).isEqualTo(wanted);
    }
  }

  /** What is emitted when each port's rows come in one batch. */
  List<List<Object>> rows() {
    return run(port -> List.of(Values.batch(port.schema(), port.rows())));
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

  private List<List<Object>> run(Cut cut) {
    Operator operator = operators.get();
    List<List<Object>> emitted = new ArrayList<>();
    Output output = batch -> collect(batch, emitted);
    try {
      for (int port = 0; port < ports.size(); port++) {
        for (RecordBatch batch : cut.batches(ports.get(port))) {
          operator.process(port, batch, output);
          overwrite(batch);
          assertThat(operator.memoryBytes()).isNotNegative();
        }
        operator.endOfStream(port, output);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return emitted;
  }

  private void collect(RecordBatch batch, List<List<Object>> emitted) {
    assertThat(batch.schema()).isEqualTo(schema);
    assertThat(batch.rowCount()).isLessThanOrEqualTo(mostRows);
    for (int i = 1; i < batch.rowCount(); i++) {
      assertThat(batch.row(i)).isGreaterThan(batch.row(i - 1));
    }
    emitted.addAll(Values.rows(batch));
  }

  /** Does what the owner of a batch may do when it has been handled. */
  private static void overwrite(RecordBatch batch) {
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

  private static Map<List<Object>, Integer> counts(List<? extends List<?>> rows) {
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
