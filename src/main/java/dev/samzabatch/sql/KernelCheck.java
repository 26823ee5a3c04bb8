package dev.samzabatch.sql;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Accumulators;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import dev.samzabatch.expr.Evaluators;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import dev.samzabatch.graph.OperatorSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Makes sure that everything a step computes can be computed for its types, so that a run does not find out. Refuses
 * with an {@link UnsupportedSqlException}.
 */
final class KernelCheck implements OperatorSpec.Visitor<Void> {

  private static final Set<Function> ORDERINGS =
      EnumSet.of(Function.LESS, Function.LESS_OR_EQUAL, Function.GREATER, Function.GREATER_OR_EQUAL);

  private static final String TAKE_ENTRIES = "take the entries that matter: props['key']";

  private final String step;

  private KernelCheck(String step) {
    this.step = step;
  }

  /** Checks the operators of a step, down to those of the steps that it reads. */
  static void check(String step, OperatorSpec rows) {
    new KernelCheck(step).down(rows);
  }

  private void down(OperatorSpec spec) {
    if (spec.step().equals(step)) {
      spec.accept(this);
      spec.inputs().forEach(this::down);
    }
  }

  private static void compile(Expr expr) {
    orders(expr);
    try {
      Evaluators.compile(expr);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedSqlException(e.getMessage(), "");
    }
  }

  private static void orders(Expr expr) {
    if (expr instanceof Expr.Call call) {
      if (ORDERINGS.contains(call.function()) && hasMap(call.args().get(0).type())) {
        throw new UnsupportedSqlException("comparing which of two maps is less", TAKE_ENTRIES);
      }
      call.args().forEach(KernelCheck::orders);
    }
  }

  private static void create(AggregateCall call) {
    boolean extreme = call.function() == AggregateFunction.MIN || call.function() == AggregateFunction.MAX;
    if (extreme && hasMap(call.argumentType())) {
      throw new UnsupportedSqlException("min or max of " + call.argumentType(), TAKE_ENTRIES);
    }
    try {
      Accumulators.create(call);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedSqlException(e.getMessage(), "");
    }
  }

  private static void keys(List<Integer> columns, Schema schema, String what) {
    for (int column : columns) {
      if (hasMap(schema.type(column))) {
        throw new UnsupportedSqlException(what + " a map", TAKE_ENTRIES);
      }
    }
  }

  private static boolean hasMap(DataType type) {
    return type instanceof MapType
        || type instanceof ArrayType array && hasMap(array.element())
        || type instanceof RowType row && row.schema().fields().stream().anyMatch(field -> hasMap(field.type()));
  }

  @Override
  public Void scan(OperatorSpec.Scan spec) {
    return null;
  }

  @Override
  public Void filter(OperatorSpec.Filter spec) {
    compile(spec.condition());
    return null;
  }

  @Override
  public Void project(OperatorSpec.Project spec) {
    spec.exprs().forEach(KernelCheck::compile);
    return null;
  }

  @Override
  public Void aggregate(OperatorSpec.Aggregate spec) {
    keys(spec.keys(), spec.input().schema(), "grouping by");
    for (AggregateCall call : spec.calls()) {
      create(call);
      if (call.distinct()) {
        keys(List.of(call.argument()), spec.input().schema(), "distinct values of");
      }
    }
    return null;
  }

  @Override
  public Void join(OperatorSpec.Join spec) {
    keys(spec.leftKeys(), spec.sides().left().schema(), "joining on");
    spec.condition().ifPresent(KernelCheck::compile);
    return null;
  }

  @Override
  public Void union(OperatorSpec.Union spec) {
    return null;
  }

  @Override
  public Void sort(OperatorSpec.Sort spec) {
    keys(spec.keys().stream().map(OperatorSpec.SortKey::column).toList(), spec.schema(), "ordering by");
    return null;
  }

  @Override
  public Void repartition(OperatorSpec.Repartition spec) {
    keys(spec.keys(), spec.schema(), "partitioning by");
    return null;
  }
}
