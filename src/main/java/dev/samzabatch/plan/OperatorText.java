package dev.samzabatch.plan;

import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.plan.Work.AggregateMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An operator of a stage in one line. */
final class OperatorText implements Work.Visitor<String> {

  private final Stage stage;
  private final PlannedOperator operator;

  private OperatorText(Stage stage, PlannedOperator operator) {
    this.stage = stage;
    this.operator = operator;
  }

  static String of(Stage stage, PlannedOperator operator) {
    return operator.work().accept(new OperatorText(stage, operator));
  }

  private Schema input(int port) {
    return stage.operator(operator.inputs().get(port)).schema();
  }

  @Override
  public String scan(Work.Scan work) {
    String columns = operator.schema().size() == 0 ? "(no columns)" : String.join(", ", operator.schema().names());
    return "scan " + work.input() + ": " + columns + where(" where ", work.filter().map(ExprText::of).orElse(""));
  }

  private static String where(String word, String condition) {
    return condition.isEmpty() ? "" : word + condition;
  }

  @Override
  public String readStream(Work.ReadStream work) {
    return "read " + work.stream() + (work.broadcast() ? " (all of it in every task)" : "");
  }

  @Override
  public String filter(Work.Filter work) {
    return "filter " + ExprText.of(work.condition());
  }

  @Override
  public String project(Work.Project work) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < work.exprs().size(); i++) {
      columns.add(named(ExprText.of(work.exprs().get(i)), operator.schema().field(i).name(), work.exprs().get(i)));
    }
    return "project " + String.join(", ", columns);
  }

  private static String named(String text, String name, Expr expr) {
    return expr instanceof Expr.Column && text.equals(name) ? name : text + " as " + name;
  }

  @Override
  public String aggregate(Work.Aggregate work) {
    String half = work.mode() == AggregateMode.COMPLETE ? "" : " (" + work.mode().name().toLowerCase(Locale.ROOT) + ")";
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < work.keys().size(); i++) {
      boolean last = work.mode() == AggregateMode.FINAL;
      keys.add(last ? operator.schema().field(i).name() : input(0).field(work.keys().get(i)).name());
    }
    if (work.calls().isEmpty()) {
      return "distinct" + half + " " + String.join(", ", keys);
    }
    String calls = work.calls().stream().map(c -> call(c, work.mode())).collect(Collectors.joining(", "));
    return "group" + half + (keys.isEmpty() ? "" : " by " + String.join(", ", keys)) + ": " + calls;
  }

  @Override
  public String windowAggregate(Work.WindowAggregate work) {
    String time = operator.schema().field(work.window().key()).name();
    return aggregate(work.grouping()) + "; told when the watermark has passed " + time + " and "
        + text(Duration.of(work.window().lag(), ChronoUnit.MICROS));
  }

  @Override
  public String updatingAggregate(Work.UpdatingAggregate work) {
    return aggregate(work.grouping()) + "; what has changed is told every " + text(Duration.ofNanos(work.everyNanos()));
  }

  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /** Behind the exchange only the name is known: what was aggregated is told where it was. */
  private String call(AggregateCall call, AggregateMode mode) {
    if (mode == AggregateMode.FINAL) {
      return call.name();
    }
    String argument = call.argument() < 0 ? "*" : input(0).field(call.argument()).name();
    String filter = call.filter() < 0 ? "" : " filter (where " + input(0).field(call.filter()).name() + ")";
    String distinct = call.distinct() ? "distinct " : "";
    String function = call.function().name().toLowerCase(Locale.ROOT);
    return function + "(" + distinct + argument + ")" + filter + " as " + call.name();
  }

  @Override
  public String intervalJoin(Work.IntervalJoin work) {
    String text = join(work.join());
    return text.substring(0, text.lastIndexOf(';')) + "; rows are kept for "
        + text(Duration.of(work.interval().reach(), ChronoUnit.MICROS));
  }

  @Override
  public String join(Work.Join work) {
    Schema left = input(work.buildLeft() ? 0 : 1);
    Schema right = input(work.buildLeft() ? 1 : 0);
    List<String> on = new ArrayList<>();
    for (int i = 0; i < work.leftKeys().size(); i++) {
      on.add(left.field(work.leftKeys().get(i)).name() + " = " + right.field(work.rightKeys().get(i)).name());
    }
    work.condition().ifPresent(c -> on.add(ExprText.of(c)));
    String pairs = on.isEmpty() ? "every pair" : "on " + String.join(" and ", on);
    String type = work.type().name().toLowerCase(Locale.ROOT);
    return type + " join " + pairs + "; the " + (work.buildLeft() ? "left" : "right") + " side is the table";
  }

  @Override
  public String union(Work.Union work) {
    return "union of " + operator.inputs().size();
  }

  @Override
  public String sort(Work.Sort work) {
    List<String> parts = new ArrayList<>();
    if (!work.keys().isEmpty()) {
      parts.add("order by " + work.keys().stream().map(this::key).collect(Collectors.joining(", ")));
    }
    if (work.limit() != Long.MAX_VALUE) {
      parts.add("limit " + work.limit());
    }
    if (work.offset() > 0) {
      parts.add("offset " + work.offset());
    }
    return parts.isEmpty() ? "any order" : String.join(" ", parts);
  }

  private String key(SortKey key) {
    boolean nullable = operator.schema().field(key.column()).nullable();
    String nulls = key.nullsFirst() ? " nulls first" : " nulls last";
    return operator.schema().field(key.column()).name() + (key.descending() ? " desc" : "") + (nullable ? nulls : "");
  }

  @Override
  public String writeStream(Work.WriteStream work) {
    return "write " + work.stream();
  }

  @Override
  public String writeOutput(Work.WriteOutput work) {
    return "write output " + work.output();
  }
}
