package dev.samzabatch.plan;

import dev.samzabatch.data.ScalarType;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.plan.Work.Interval;
import dev.samzabatch.plan.Work.TimeKey;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which relations may go on for ever, and what their watermarks say of their columns. A watermark speaks of the column
 * that an input names as its event time; what it says is followed through all operators that keep it true.
 */
final class EventTimes {

  /**
   * A column whose values the watermark says to be complete: no row follows with a value that, plus {@code lag}, is not
   * above the watermark.
   *
   * @param granule the values are multiples of this, at least 1; microseconds
   * @param lag microseconds
   */
  record TimeColumn(long granule, long lag) {}

  /** The event time itself: rows with the watermark's own time may still come. */
  private static final TimeColumn EVENT_TIME = new TimeColumn(1, 1);

  private final Map<String, PlannedInput> inputs;
  private final Map<OperatorSpec, Boolean> bounded = new IdentityHashMap<>();
  private final Map<OperatorSpec, List<Optional<TimeColumn>>> columns = new IdentityHashMap<>();

  EventTimes(Map<String, PlannedInput> inputs) {
    this.inputs = inputs;
  }

  /** Whether a relation is sure to end. */
  boolean isBounded(OperatorSpec spec) {
    Boolean known = bounded.get(spec);
    if (known == null) {
      known = spec instanceof OperatorSpec.Scan scan
          ? !inputs.get(scan.step()).unbounded()
          : spec.inputs().stream().allMatch(this::isBounded);
      bounded.put(spec, known);
    }
    return known;
  }

  /** The key by which the groups of a grouping without end are complete; empty when there is none, or it ends. */
  Optional<TimeKey> key(OperatorSpec.Aggregate spec) {
    Optional<TimeKey> best = Optional.empty();
    if (isBounded(spec)) {
      return best;
    }
    List<Optional<TimeColumn>> input = of(spec.input());
    for (int key = 0; key < spec.keys().size(); key++) {
      Optional<TimeColumn> time = input.get(spec.keys().get(key));
      if (time.isPresent() && (best.isEmpty() || time.get().lag() < best.get().lag())) {
        best = Optional.of(new TimeKey(key, time.get().granule(), time.get().lag()));
      }
    }
    return best;
  }

  /** What the watermark says of each column of a relation without end. */
  List<Optional<TimeColumn>> of(OperatorSpec spec) {
    List<Optional<TimeColumn>> known = columns.get(spec);
    if (known == null) {
      known = isBounded(spec) ? nothing(spec) : find(spec);
      columns.put(spec, known);
    }
    return known;
  }

  private static List<Optional<TimeColumn>> nothing(OperatorSpec spec) {
    List<Optional<TimeColumn>> none = new ArrayList<>();
    spec.schema().fields().forEach(field -> none.add(Optional.empty()));
    return none;
  }

  private List<Optional<TimeColumn>> find(OperatorSpec spec) {
    if (spec instanceof OperatorSpec.Scan scan) {
      return scan(scan);
    } else if (spec instanceof OperatorSpec.Project project) {
      List<Optional<TimeColumn>> input = of(project.input());
      return project.exprs().stream().map(expr -> of(expr, input)).toList();
    } else if (spec instanceof OperatorSpec.Aggregate aggregate) {
      return aggregate(aggregate);
    } else if (spec instanceof OperatorSpec.Join join) {
      return join(join);
    } else if (spec instanceof OperatorSpec.Union union) {
      return union(union);
    }
    return of(spec.inputs().get(0));
  }

  private List<Optional<TimeColumn>> scan(OperatorSpec.Scan scan) {
    Optional<String> time = inputs.get(scan.step()).eventTime();
    List<Optional<TimeColumn>> found = new ArrayList<>();
    scan.schema().names()
        .forEach(name -> found.add(time.filter(name::equals).map(column -> EVENT_TIME)));
    return found;
  }

  private static Optional<TimeColumn> of(Expr expr, List<Optional<TimeColumn>> input) {
    if (expr instanceof Expr.Column column) {
      return input.get(column.index());
    }
    if (!(expr instanceof Expr.Call call)) {
      return Optional.empty();
    }
    if (call.function() == Function.WINDOW_START && literal(call.args().get(1)).isPresent()) {
      long size = literal(call.args().get(1)).get();
      return of(call.args().get(0), input).filter(time -> size > 0).map(time -> windows(time, size));
    }
    Optional<Shifted> shifted = shifted(call);
    return shifted.flatMap(s -> of(s.time(), input).map(time -> moved(time, s.micros())));
  }

  /** Starts of windows over a time: the last time of a window decides when it is complete. */
  private static TimeColumn windows(TimeColumn time, long size) {
    return size % time.granule() == 0
        ? new TimeColumn(size, size - time.granule() + time.lag())
        : new TimeColumn(size, size - 1 + time.lag());
  }

  private static TimeColumn moved(TimeColumn time, long micros) {
    return new TimeColumn(micros % time.granule() == 0 ? time.granule() : 1, time.lag() - micros);
  }

  /** A time that is so many microseconds later than another. */
  record Shifted(Expr time, long micros) {}

  /** What an expression is if it is {@code timestampadd(microsecond, number, time)}. */
  static Optional<Shifted> shifted(Expr expr) {
    if (expr instanceof Expr.Call call && call.function() == Function.TIMESTAMP_ADD
        && call.type() == ScalarType.TIMESTAMP && call.args().get(2).type() == ScalarType.TIMESTAMP
        && call.args().get(0) instanceof Expr.Literal unit && "MICROSECOND".equals(unit.value())) {
      return literal(call.args().get(1)).map(micros -> new Shifted(call.args().get(2), micros));
    }
    return Optional.empty();
  }

  private static Optional<Long> literal(Expr expr) {
    return expr instanceof Expr.Literal literal && literal.value() instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  /** Groups are told when their key is complete, so for those behind it is complete as early as before. */
  private List<Optional<TimeColumn>> aggregate(OperatorSpec.Aggregate spec) {
    List<Optional<TimeColumn>> found = nothing(spec);
    key(spec).ifPresent(key -> found.set(key.key(), Optional.of(new TimeColumn(key.granule(), key.lag()))));
    return found;
  }

  /**
   * How far apart in time rows of two sides without end may be that match; empty when it is not limited.
   *
   * @param join two of whose conditions are {@code one <= timestampadd(microsecond, most, other)}, either way round
   */
  Optional<Interval> within(OperatorSpec.Join join) {
    OperatorSpec left = join.sides().left();
    OperatorSpec right = join.sides().right();
    if (isBounded(left) || isBounded(right)) {
      return Optional.empty();
    }
    List<Bound> bounds = new ArrayList<>();
    join.condition().ifPresent(condition -> bounds(condition, bounds));
    int width = left.schema().size();
    for (Bound one : bounds) {
      for (Bound other : bounds) {
        boolean pair = one.time() == other.limit() && one.limit() == other.time();
        if (pair && one.time() < width && one.limit() >= width) {
          Optional<TimeColumn> leftTime = of(left).get(one.time());
          Optional<TimeColumn> rightTime = of(right).get(one.limit() - width);
          long most = Math.max(one.micros(), other.micros());
          if (leftTime.isPresent() && rightTime.isPresent() && most >= 0) {
            long lag = Math.max(leftTime.get().lag(), rightTime.get().lag());
            return Optional.of(new Interval(one.time(), one.limit() - width, most, lag));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** That one column is at most so much later than another. */
  private record Bound(int time, int limit, long micros) {}

  private static void bounds(Expr condition, List<Bound> bounds) {
    if (!(condition instanceof Expr.Call call)) {
      return;
    }
    if (call.function() == Function.AND) {
      call.args().forEach(arg -> bounds(arg, bounds));
    } else if (call.function() == Function.LESS_OR_EQUAL && call.args().get(0) instanceof Expr.Column time) {
      shifted(call.args().get(1)).filter(limit -> limit.time() instanceof Expr.Column).ifPresent(
          limit -> bounds.add(new Bound(time.index(), ((Expr.Column) limit.time()).index(), limit.micros())));
    }
  }

  /**
   * Rows of a side without end pass at once when the other side ends. When both sides are kept for a time, it is only
   * their own times of which it is known by how much they are behind.
   */
  private List<Optional<TimeColumn>> join(OperatorSpec.Join join) {
    OperatorSpec left = join.sides().left();
    OperatorSpec right = join.sides().right();
    Optional<Interval> interval = within(join);
    if (interval.isPresent()) {
      long reach = interval.get().reach();
      List<Optional<TimeColumn>> times = nothing(join);
      times.set(interval.get().left(), Optional.of(new TimeColumn(1, reach)));
      times.set(left.schema().size() + interval.get().right(), Optional.of(new TimeColumn(1, reach)));
      return times;
    }
    List<Optional<TimeColumn>> found = new ArrayList<>();
    found.addAll(isBounded(right) ? of(left) : nothing(left));
    if (!join.type().leftOnly()) {
      found.addAll(isBounded(left) ? of(right) : nothing(right));
    }
    return found;
  }

  private List<Optional<TimeColumn>> union(OperatorSpec.Union union) {
    List<OperatorSpec> open = union.inputs().stream().filter(input -> !isBounded(input)).toList();
    List<Optional<TimeColumn>> found = nothing(union);
    for (int i = 0; i < found.size(); i++) {
      int column = i;
      List<TimeColumn> times = open.stream().map(this::of).flatMap(of -> of.get(column).stream()).toList();
      if (times.size() == open.size()) {
        long lag = times.stream().mapToLong(TimeColumn::lag).max().orElseThrow();
        boolean alike = open.size() == union.inputs().size() && times.stream().distinct().count() == 1;
        found.set(column, Optional.of(new TimeColumn(alike ? times.get(0).granule() : 1, lag)));
      }
    }
    return found;
  }
}
