package dev.samzabatch.sql.rewrite;

import dev.samzabatch.data.ScalarType;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.JoinInputs;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.graph.Sink;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Moves filters towards the scans: through projections, unions, sorts without a limit, to the sides of joins where the
 * kind of join allows it, below aggregations when they are about keys; an equality across an inner join becomes a key
 * of it. Not into an operator that others read too, and a condition that may fail stays behind what could keep its row
 * away from it.
 */
final class PushFilters {

  private final Set<OperatorSpec> shared;
  private final Map<OperatorSpec, OperatorSpec> pushed = new IdentityHashMap<>();

  private PushFilters(OperatorGraph graph) {
    this.shared = Pass.shared(graph);
  }

  static OperatorGraph over(OperatorGraph graph) {
    PushFilters push = new PushFilters(graph);
    return new OperatorGraph(graph.sinks().stream()
        .map(sink -> new Sink(sink.kind(), sink.name(), push.push(sink.name(), sink.input(), List.of()))).toList());
  }

  /**
   * The operator with these conditions, over its columns, as far down as they can go.
   *
   * @param reader the step that the conditions come from: what cannot go down counts as its own
   */
  private OperatorSpec push(String reader, OperatorSpec spec, List<Expr> conditions) {
    if (shared.contains(spec)) {
      OperatorSpec once = pushed.get(spec);
      if (once == null) {
        once = spec.accept(new Down(reader, List.of()));
        pushed.put(spec, once);
      }
      return filter(reader, once, conditions);
    }
    return spec.accept(new Down(reader, conditions));
  }

  private static OperatorSpec filter(String step, OperatorSpec input, List<Expr> conditions) {
    Optional<Expr> condition = Conjunctions.and(conditions);
    return condition.isEmpty() ? input : new OperatorSpec.Filter(step, input, condition.get());
  }

  /** Conditions parted into those that go down and those that stay. */
  private static final class Parted {
    private final List<Expr> down = new ArrayList<>();
    private final List<Expr> stay = new ArrayList<>();

    /** A condition that may fail does not overtake one that stays: that one could be what keeps it from failing. */
    Parted(List<Expr> conditions, Predicate<Expr> canGoDown) {
      for (Expr condition : conditions) {
        boolean goes = canGoDown.test(condition) && (stay.isEmpty() || !Failing.mayFail(condition));
        (goes ? down : stay).add(condition);
      }
    }
  }

  private final class Down implements OperatorSpec.Visitor<OperatorSpec> {

    private final String reader;
    private final List<Expr> conditions;

    Down(String reader, List<Expr> conditions) {
      this.reader = reader;
      this.conditions = conditions;
    }

    @Override
    public OperatorSpec scan(OperatorSpec.Scan spec) {
      List<Expr> all = new ArrayList<>(spec.filter().map(Conjunctions::of).orElse(List.of()));
      all.addAll(conditions);
      return new OperatorSpec.Scan(spec.step(), spec.columns(), spec.schema(), Conjunctions.and(all));
    }

    @Override
    public OperatorSpec filter(OperatorSpec.Filter spec) {
      List<Expr> all = new ArrayList<>(Conjunctions.of(spec.condition()));
      all.addAll(conditions);
      return push(spec.step(), spec.input(), all);
    }

    @Override
    public OperatorSpec project(OperatorSpec.Project spec) {
      Parted parted = new Parted(conditions, condition -> Columns.read(condition).stream()
          .noneMatch(column -> spec.exprs().get(column) instanceof Expr.Call));
      List<Expr> below = rebased(parted.down, column -> spec.exprs().get(((Expr.Column) column).index()));
      OperatorSpec input = push(spec.step(), spec.input(), below);
      return PushFilters.filter(reader, Rebuild.with(spec, List.of(input)), parted.stay);
    }

    @Override
    public OperatorSpec aggregate(OperatorSpec.Aggregate spec) {
      int keys = spec.keys().size();
      Parted parted = new Parted(conditions, condition -> Columns.within(condition, 0, keys)
          && !Columns.read(condition).isEmpty() && !Failing.mayFail(condition));
      List<Expr> below = rebased(parted.down,
          column -> Columns.of(spec.input().schema(), spec.keys().get(((Expr.Column) column).index())));
      OperatorSpec input = push(spec.step(), spec.input(), below);
      return PushFilters.filter(reader, Rebuild.with(spec, List.of(input)), parted.stay);
    }

    @Override
    public OperatorSpec join(OperatorSpec.Join spec) {
      return PushFilters.this.join(reader, spec, conditions);
    }

    @Override
    public OperatorSpec union(OperatorSpec.Union spec) {
      List<OperatorSpec> inputs = new ArrayList<>();
      for (OperatorSpec input : spec.inputs()) {
        inputs.add(push(spec.step(), input, rebased(conditions,
            column -> Columns.of(input.schema(), ((Expr.Column) column).index()))));
      }
      return Rebuild.with(spec, inputs);
    }

    @Override
    public OperatorSpec sort(OperatorSpec.Sort spec) {
      boolean keepsAll = spec.offset() == 0 && spec.limit() == Long.MAX_VALUE;
      OperatorSpec input = push(spec.step(), spec.input(), keepsAll ? conditions : List.of());
      OperatorSpec sorted = Rebuild.with(spec, List.of(input));
      return keepsAll ? sorted : PushFilters.filter(reader, sorted, conditions);
    }

    @Override
    public OperatorSpec repartition(OperatorSpec.Repartition spec) {
      return Rebuild.with(spec, List.of(push(spec.step(), spec.input(), conditions)));
    }
  }

  private static List<Expr> rebased(List<Expr> conditions, UnaryOperator<Expr> column) {
    return conditions.stream().map(condition -> Columns.replace(condition, column)).toList();
  }

  private OperatorSpec join(String reader, OperatorSpec.Join spec, List<Expr> conditions) {
    JoinType type = spec.type();
    int leftSize = spec.sides().left().schema().size();
    List<Expr> on = spec.condition().map(Conjunctions::of).orElse(List.of());
    Predicate<Expr> ofLeft = condition -> isOf(condition, 0, leftSize);
    Predicate<Expr> ofRight = condition -> isOf(condition, leftSize, Integer.MAX_VALUE);
    Parted whereLeft = new Parted(conditions, type.keepsRight() ? condition -> false : ofLeft);
    Parted whereRight =
        new Parted(whereLeft.stay, type.keepsLeft() || type.leftOnly() ? condition -> false : ofRight);
    Parted onLeft = new Parted(on, type.keepsLeft() ? condition -> false : ofLeft);
    Parted onRight = new Parted(onLeft.stay, type.keepsRight() ? condition -> false : ofRight);
    List<Expr> left = new ArrayList<>(onLeft.down);
    left.addAll(whereLeft.down);
    List<Expr> right = new ArrayList<>(onRight.down);
    right.addAll(whereRight.down);
    OperatorSpec leftInput = push(spec.step(), spec.sides().left(), over(spec.sides().left(), left, 0));
    OperatorSpec rightInput = push(spec.step(), spec.sides().right(), over(spec.sides().right(), right, leftSize));
    Parted keys = new Parted(whereRight.stay,
        condition -> type == JoinType.INNER && JoinBuilder.isKey(condition, leftSize));
    if (type == JoinType.INNER && spec.leftKeys().isEmpty() && keys.down.isEmpty()) {
      // Every pair is tried: better to drop it there and then.
      List<Expr> all = new ArrayList<>(onRight.stay);
      all.addAll(keys.stay);
      return new OperatorSpec.Join(spec.step(), new JoinInputs(leftInput, rightInput), type, List.of(), List.of(),
          Conjunctions.and(all), spec.schema());
    } else if (keys.down.isEmpty()) {
      OperatorSpec joined = new OperatorSpec.Join(spec.step(), new JoinInputs(leftInput, rightInput), type,
          spec.leftKeys(), spec.rightKeys(), Conjunctions.and(onRight.stay), spec.schema());
      return filter(reader, joined, whereRight.stay);
    }
    List<Expr> all = new ArrayList<>(equalities(spec));
    all.addAll(onRight.stay);
    all.addAll(keys.down);
    OperatorSpec joined = new JoinBuilder(spec.step(), OptionalInt.empty())
        .join(type, leftInput, rightInput, all, spec.schema().names());
    return filter(reader, joined, keys.stay);
  }

  /** The keys of an inner join as conditions. */
  private static List<Expr> equalities(OperatorSpec.Join spec) {
    List<Expr> equalities = new ArrayList<>();
    int leftSize = spec.sides().left().schema().size();
    for (int i = 0; i < spec.leftKeys().size(); i++) {
      Expr one = Columns.of(spec.schema(), spec.leftKeys().get(i));
      Expr other = Columns.of(spec.schema(), leftSize + spec.rightKeys().get(i));
      equalities.add(new Expr.Call(
          Function.EQUAL, List.of(one, other), ScalarType.BOOLEAN, one.nullable() || other.nullable()));
    }
    return equalities;
  }

  private static boolean isOf(Expr condition, int from, int to) {
    return !Columns.read(condition).isEmpty() && Columns.within(condition, from, to) && !Failing.mayFail(condition);
  }

  private static List<Expr> over(OperatorSpec side, List<Expr> conditions, int offset) {
    return rebased(conditions, column -> Columns.of(side.schema(), ((Expr.Column) column).index() - offset));
  }
}
