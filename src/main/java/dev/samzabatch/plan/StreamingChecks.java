package dev.samzabatch.plan;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.graph.Sink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Refuses what has no meaning over rows without end, or would need state without bound, all of it at once. */
final class StreamingChecks {

  private static final String WINDOW = "group by windows: window { size = 1m, on = the event-time of the input }";

  private final EventTimes times;
  private final StreamingOptions options;
  private final Set<Problem> problems = new LinkedHashSet<>();

  private StreamingChecks(EventTimes times, StreamingOptions options) {
    this.times = times;
    this.options = options;
  }

  /**
   * Checks a graph.
   *
   * @throws UserException when something is refused
   */
  static void check(OperatorGraph graph, Map<String, PlannedInput> inputs, StreamingOptions options) {
    StreamingChecks checks = new StreamingChecks(new EventTimes(inputs), options);
    List<Sink> outputs = new ArrayList<>();
    for (Sink sink : graph.sinks()) {
      if (sink.kind() == Sink.Kind.OUTPUT || checks.times.isBounded(sink.input())) {
        outputs.add(sink);
      } else {
        checks.refuse(sink.name(), "SB-2910", "check \"" + sink.name() + "\" judges all rows of an input without end",
            "leave the check to a job in mode batch");
      }
    }
    List<OperatorSpec> operators = new OperatorGraph(outputs).inOrder();
    operators.stream().filter(spec -> !checks.times.isBounded(spec)).forEach(checks::check);
    outputs.forEach(sink -> new UpdateChecks(checks.times, options, checks.problems).check(sink));
    if (!checks.problems.isEmpty()) {
      List<Problem> all = new ArrayList<>(checks.problems);
      all.sort(Comparator.comparing(Problem::place));
      throw new UserException(all);
    }
  }

  private void refuse(String name, String code, String message, String hint) {
    problems.add(Problem.error(code, options.place(name), message, hint));
  }

  private static String step(OperatorSpec spec) {
    return "step \"" + spec.step() + "\"";
  }

  private void check(OperatorSpec spec) {
    if (spec instanceof OperatorSpec.Sort) {
      refuse(spec.step(), "SB-2911",
          step(spec) + " orders or limits rows without end: there is no last one to wait for",
          "order and limit where the result is read, or run the job in mode batch");
    } else if (spec instanceof OperatorSpec.Aggregate aggregate) {
      checkGrouping(aggregate);
    } else if (spec instanceof OperatorSpec.Join join) {
      checkJoin(join);
    }
  }

  private void checkGrouping(OperatorSpec.Aggregate spec) {
    boolean window = times.key(spec).isPresent();
    boolean distinct = spec.calls().stream().anyMatch(AggregateCall::distinct);
    if (window && distinct && !areOverOneColumn(spec.calls())) {
      refuse(spec.step(), "SB-2912",
          step(spec) + " counts different values beside other aggregates, which rows without end do not allow",
          "make two steps of it, one for count(distinct ...) and one for the rest, and join them");
    } else if (!window && isValue(spec)) {
      refuse(spec.step(), "SB-2913", step(spec) + " uses a query as a value, over rows without end",
          "join with a relation that ends, or use windows");
    } else if (!window && !names(windowed(spec)).isEmpty()) {
      refuse(spec.step(), "SB-2914", step(spec) + " has windows over " + names(windowed(spec))
          + ", of which no watermark tells when they are complete",
          "the time of a window is the column that the input names: event-time { on = ... }, as it is");
    } else if (!window && spec.calls().isEmpty()) {
      refuse(spec.step(), "SB-2915", step(spec) + " would have to keep all different rows for ever",
          "have the event time, or the start of a window, among the columns; or " + WINDOW);
    } else if (!window && !options.emitEvery().containsKey(spec.step())) {
      refuse(spec.step(), "SB-2916", step(spec) + " groups rows without end, so no group is ever complete",
          WINDOW + "; or tell what has changed now and then: emit-every = 10s");
    } else if (!window && distinct) {
      refuse(spec.step(), "SB-2912", step(spec) + " would have to keep all different values for ever",
          "count them in windows");
    }
  }

  private static boolean areOverOneColumn(List<AggregateCall> calls) {
    int argument = calls.get(0).argument();
    return calls.stream().allMatch(c -> c.distinct() && c.filter() < 0 && c.argument() == argument);
  }

  private static boolean isValue(OperatorSpec.Aggregate spec) {
    return spec.calls().stream().anyMatch(call -> call.function() == AggregateFunction.SINGLE_VALUE);
  }

  /** The expressions that keys of a grouping are the windows of. */
  private static List<Expr> windowed(OperatorSpec.Aggregate spec) {
    List<Expr> windowed = new ArrayList<>();
    if (spec.input() instanceof OperatorSpec.Project project) {
      for (int key : spec.keys()) {
        if (project.exprs().get(key) instanceof Expr.Call call && call.function() == Function.WINDOW_START) {
          windowed.add(call.args().get(0));
        }
      }
    }
    return windowed;
  }

  private static String names(List<Expr> exprs) {
    return String.join(", ", exprs.stream().map(ExprText::of).toList());
  }

  private void checkJoin(OperatorSpec.Join spec) {
    boolean leftEnds = times.isBounded(spec.sides().left());
    boolean rightEnds = times.isBounded(spec.sides().right());
    JoinType type = spec.type();
    if (!leftEnds && !rightEnds && type.leftOnly()) {
      refuse(spec.step(), "SB-2917", step(spec) + " is a " + type.name().toLowerCase(Locale.ROOT)
          + " join of two relations without end, of which there are only inner, left, right and full ones",
          "write join or left-join with within, and look at a column of the other side behind it");
    } else if (!leftEnds && !rightEnds && times.within(spec).isPresent()) {
      return;
    } else if (!leftEnds && !rightEnds) {
      refuse(spec.step(), "SB-2917", step(spec) + " joins two relations without end: every row would wait for ever",
          "say how far apart in their event times rows that match may be, with within; or join what ends");
    } else if (rightEnds ? type.keepsRight() : type.keepsLeft() || type.leftOnly()) {
      OperatorSpec bounded = rightEnds ? spec.sides().right() : spec.sides().left();
      refuse(spec.step(), "SB-2918", step(spec) + " keeps rows of " + bounded.step()
          + " by what they have no match of among rows without end, which is never known",
          rightEnds ? "join or left-join" : "start from the relation without end, and left-join the other");
    }
  }
}
