package dev.samzabatch.sql.rewrite;

import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.Sink;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Finds which columns of each operator its readers need. */
final class Needs implements OperatorSpec.Visitor<Void> {

  private final Map<OperatorSpec, BitSet> columns = new IdentityHashMap<>();

  Needs(OperatorGraph graph) {
    for (Sink sink : graph.sinks()) {
      set(sink.input()).set(0, sink.input().schema().size());
    }
    List<OperatorSpec> inOrder = graph.inOrder();
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      inOrder.get(i).accept(this);
    }
  }

  /** The columns to keep, ascending; none for a projection of which only the number of rows is needed. */
  int[] of(OperatorSpec spec) {
    return set(spec).stream().toArray();
  }

  private BitSet set(OperatorSpec spec) {
    return columns.computeIfAbsent(spec, key -> new BitSet());
  }

  private static void add(BitSet set, Expr expr) {
    Columns.read(expr).forEach(set::set);
  }

  /** Marks one column when none is needed; called when all readers have been seen. */
  private BitSet atLeastOne(OperatorSpec spec) {
    BitSet set = set(spec);
    if (set.isEmpty()) {
      int cheap = 0;
      while (cheap < spec.schema().size() && !PruneColumns.isCheap(spec.schema().field(cheap))) {
        cheap++;
      }
      set.set(cheap < spec.schema().size() ? cheap : 0);
    }
    return set;
  }

  @Override
  public Void scan(OperatorSpec.Scan spec) {
    spec.filter().ifPresent(filter -> add(set(spec), filter));
    atLeastOne(spec);
    return null;
  }

  @Override
  public Void filter(OperatorSpec.Filter spec) {
    set(spec.input()).or(set(spec));
    add(set(spec.input()), spec.condition());
    return null;
  }

  @Override
  public Void project(OperatorSpec.Project spec) {
    set(spec.input());
    set(spec).stream().forEach(column -> add(set(spec.input()), spec.exprs().get(column)));
    return null;
  }

  @Override
  public Void aggregate(OperatorSpec.Aggregate spec) {
    BitSet mine = set(spec);
    int keys = spec.keys().size();
    mine.set(0, keys);
    BitSet input = set(spec.input());
    spec.keys().forEach(input::set);
    atLeastOne(spec).stream().filter(column -> column >= keys).forEach(column -> {
      AggregateCall call = spec.calls().get(column - keys);
      if (call.argument() >= 0) {
        input.set(call.argument());
      }
      if (call.filter() >= 0) {
        input.set(call.filter());
      }
    });
    return null;
  }

  @Override
  public Void join(OperatorSpec.Join spec) {
    int leftSize = spec.sides().left().schema().size();
    BitSet pair = (BitSet) set(spec).clone();
    spec.condition().ifPresent(condition -> add(pair, condition));
    BitSet left = set(spec.sides().left());
    left.or(pair.get(0, leftSize));
    spec.leftKeys().forEach(left::set);
    BitSet right = set(spec.sides().right());
    right.or(pair.get(leftSize, Math.max(leftSize, pair.length())));
    spec.rightKeys().forEach(right::set);
    return null;
  }

  @Override
  public Void union(OperatorSpec.Union spec) {
    BitSet mine = atLeastOne(spec);
    spec.inputs().forEach(input -> set(input).or(mine));
    return null;
  }

  @Override
  public Void sort(OperatorSpec.Sort spec) {
    BitSet input = set(spec.input());
    input.or(set(spec));
    spec.keys().forEach(key -> input.set(key.column()));
    return null;
  }

  @Override
  public Void repartition(OperatorSpec.Repartition spec) {
    BitSet input = set(spec.input());
    input.or(set(spec));
    spec.keys().forEach(input::set);
    return null;
  }
}
