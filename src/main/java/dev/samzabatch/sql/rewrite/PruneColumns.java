package dev.samzabatch.sql.rewrite;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.JoinInputs;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.graph.Sink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves out the columns that nobody reads, down to the scans. An operator that several read gives what any of them
 * needs. Every operator keeps at least one column, so that there is something to count.
 */
final class PruneColumns implements OperatorSpec.Visitor<PruneColumns.Pruned> {

  /**
   * An operator with fewer columns.
   *
   * @param spec the operator
   * @param moved where a column of the old operator is now, or -1
   */
  record Pruned(OperatorSpec spec, int[] moved) {}

  private final Needs needs;
  private final Map<OperatorSpec, Pruned> pruned = new IdentityHashMap<>();

  private PruneColumns(OperatorGraph graph) {
    this.needs = new Needs(graph);
  }

  static OperatorGraph over(OperatorGraph graph) {
    PruneColumns prune = new PruneColumns(graph);
    List<Sink> sinks = new ArrayList<>();
    for (Sink sink : graph.sinks()) {
      OperatorSpec input = prune.exactly(sink.input(), all(sink.input()));
      sinks.add(new Sink(sink.kind(), sink.name(), input));
    }
    return new OperatorGraph(sinks);
  }

  private static int[] all(OperatorSpec spec) {
    int[] columns = new int[spec.schema().size()];
    Arrays.setAll(columns, i -> i);
    return columns;
  }

  private Pruned prune(OperatorSpec spec) {
    Pruned known = pruned.get(spec);
    if (known == null) {
      known = spec.accept(this);
      pruned.put(spec, known);
    }
    return known;
  }

  /** The operator with exactly these of its old columns. */
  private OperatorSpec exactly(OperatorSpec old, int[] columns) {
    Pruned now = prune(old);
    boolean same = now.spec.schema().size() == columns.length;
    List<Expr> exprs = new ArrayList<>();
    for (int column : columns) {
      same &= now.moved[column] == exprs.size();
      exprs.add(Columns.of(now.spec.schema(), now.moved[column]));
    }
    return same
        ? now.spec
        : new OperatorSpec.Project(old.step(), now.spec, exprs, old.schema().project(columns));
  }

  @Override
  public Pruned scan(OperatorSpec.Scan spec) {
    int[] kept = needs.of(spec);
    List<Integer> columns = Arrays.stream(kept).mapToObj(spec.columns()::get).toList();
    int[] moved = moved(spec, kept);
    Optional<Expr> filter = spec.filter().map(condition -> Columns.move(condition, moved));
    return new Pruned(new OperatorSpec.Scan(spec.step(), columns, spec.schema().project(kept), filter), moved);
  }

  private static int[] moved(OperatorSpec spec, int[] kept) {
    int[] moved = new int[spec.schema().size()];
    Arrays.fill(moved, -1);
    for (int i = 0; i < kept.length; i++) {
      moved[kept[i]] = i;
    }
    return moved;
  }

  @Override
  public Pruned filter(OperatorSpec.Filter spec) {
    Pruned input = prune(spec.input());
    return new Pruned(
        new OperatorSpec.Filter(spec.step(), input.spec, Columns.move(spec.condition(), input.moved)), input.moved);
  }

  @Override
  public Pruned project(OperatorSpec.Project spec) {
    Pruned input = prune(spec.input());
    int[] kept = needs.of(spec);
    if (kept.length == 0) {
      return new Pruned(input.spec, moved(spec, kept));
    }
    List<Expr> exprs = Arrays.stream(kept)
        .mapToObj(column -> Columns.move(spec.exprs().get(column), input.moved)).toList();
    return new Pruned(new OperatorSpec.Project(spec.step(), input.spec, exprs, spec.schema().project(kept)),
        moved(spec, kept));
  }

  @Override
  public Pruned aggregate(OperatorSpec.Aggregate spec) {
    Pruned input = prune(spec.input());
    int[] kept = needs.of(spec);
    List<AggregateCall> calls = new ArrayList<>();
    for (int column : kept) {
      if (column >= spec.keys().size()) {
        AggregateCall call = spec.calls().get(column - spec.keys().size());
        calls.add(new AggregateCall(call.function(), moved(input, call.argument()), call.argumentType(),
            call.distinct(), moved(input, call.filter()), call.name(), call.type(), call.nullable()));
      }
    }
    List<Integer> keys = moved(input, spec.keys());
    return new Pruned(new OperatorSpec.Aggregate(
        spec.step(), input.spec, keys, calls, spec.schema().project(kept), spec.partitions()), moved(spec, kept));
  }

  private static int moved(Pruned input, int column) {
    return column < 0 ? column : input.moved[column];
  }

  private static List<Integer> moved(Pruned input, List<Integer> columns) {
    return columns.stream().map(column -> input.moved[column]).toList();
  }

  @Override
  public Pruned join(OperatorSpec.Join spec) {
    Pruned left = prune(spec.sides().left());
    Pruned right = prune(spec.sides().right());
    int leftSize = left.spec.schema().size();
    int[] pair = new int[left.moved.length + right.moved.length];
    for (int i = 0; i < pair.length; i++) {
      int ofRight = i - left.moved.length;
      int now = ofRight < 0 ? left.moved[i] : right.moved[ofRight];
      pair[i] = ofRight < 0 || now < 0 ? now : leftSize + now;
    }
    int[] moved = spec.type().leftOnly() ? left.moved : pair;
    Field[] fields = new Field[leftSize + (spec.type().leftOnly() ? 0 : right.spec.schema().size())];
    for (int i = 0; i < moved.length; i++) {
      if (moved[i] >= 0) {
        fields[moved[i]] = spec.schema().field(i);
      }
    }
    return new Pruned(new OperatorSpec.Join(spec.step(), new JoinInputs(left.spec, right.spec), spec.type(),
        moved(left, spec.leftKeys()), moved(right, spec.rightKeys()),
        spec.condition().map(condition -> Columns.move(condition, pair)), Schema.of(fields)), moved);
  }

  @Override
  public Pruned union(OperatorSpec.Union spec) {
    int[] kept = needs.of(spec);
    List<OperatorSpec> inputs = spec.inputs().stream().map(input -> exactly(input, kept)).toList();
    return new Pruned(
        new OperatorSpec.Union(spec.step(), inputs, spec.schema().project(kept)), moved(spec, kept));
  }

  @Override
  public Pruned sort(OperatorSpec.Sort spec) {
    Pruned input = prune(spec.input());
    List<SortKey> keys = spec.keys().stream()
        .map(key -> new SortKey(input.moved[key.column()], key.descending(), key.nullsFirst())).toList();
    return new Pruned(
        new OperatorSpec.Sort(spec.step(), input.spec, keys, spec.offset(), spec.limit()), input.moved);
  }

  @Override
  public Pruned repartition(OperatorSpec.Repartition spec) {
    Pruned input = prune(spec.input());
    return new Pruned(
        new OperatorSpec.Repartition(spec.step(), input.spec, moved(input, spec.keys()), spec.partitions()),
        input.moved);
  }

  /** Whether values of a field have a fixed width, so that it is cheap to have only to count rows. */
  static boolean isCheap(Field field) {
    return field.type() instanceof ScalarType && field.type() != ScalarType.STRING && field.type() != ScalarType.BYTES;
  }
}
