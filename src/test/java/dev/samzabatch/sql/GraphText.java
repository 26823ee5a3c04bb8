package dev.samzabatch.sql;

import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorGraph;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.SortKey;
import dev.samzabatch.graph.Sink;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A graph as text: each sink, and below it the operators that feed it, a line an operator, inputs indented. An operator
 * that several read has a number, and its inputs are printed once.
 *
 * <pre>
 * output daily
 *   Project country, cnt, label = upper(country)
 *     #1 Aggregate by country: cnt = count(*)
 *       Scan views [country] where dwell_ms > 30000
 * check not-empty
 *   Aggregate by nothing: rows = count(*), good = count(*)
 *     #1
 * </pre>
 */
final class GraphText {

  private final StringBuilder out = new StringBuilder();
  private final Map<OperatorSpec, Integer> readers = new IdentityHashMap<>();
  private final Map<OperatorSpec, Integer> numbers = new IdentityHashMap<>();

  private GraphText(OperatorGraph graph) {
    graph.sinks().forEach(sink -> readers.merge(sink.input(), 1, Integer::sum));
    graph.inOrder().forEach(spec -> spec.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
  }

  /** The text; ends with a line end. */
  static String print(OperatorGraph graph) {
    GraphText printer = new GraphText(graph);
    for (Sink sink : graph.sinks()) {
      printer.out.append(sink.kind().name().toLowerCase(Locale.ROOT)).append(' ').append(sink.name()).append('\n');
      printer.print(sink.input(), 1);
    }
    return printer.out.toString();
  }

  private void print(OperatorSpec spec, int depth) {
    out.append("  ".repeat(depth));
    boolean known = numbers.containsKey(spec);
    if (readers.get(spec) > 1) {
      out.append('#').append(numbers.computeIfAbsent(spec, key -> numbers.size() + 1));
    }
    if (known) {
      out.append('\n');
      return;
    }
    out.append(readers.get(spec) > 1 ? " " : "").append(describe(spec)).append('\n');
    spec.inputs().forEach(input -> print(input, depth + 1));
  }

  private static String describe(OperatorSpec spec) {
    return spec.accept(new Line());
  }

  private static String names(OperatorSpec spec, List<Integer> columns) {
    return columns.stream().map(column -> spec.schema().field(column).name()).collect(Collectors.joining(", "));
  }

  private static String text(AggregateCall call, OperatorSpec input) {
    String argument = call.argument() < 0 ? "*" : names(input, List.of(call.argument()));
    String filter = call.filter() < 0 ? "" : " where " + names(input, List.of(call.filter()));
    return call.function().name().toLowerCase(Locale.ROOT) + (call.distinct() ? "(distinct " : "(") + argument + ")"
        + filter;
  }

  private static final class Line implements OperatorSpec.Visitor<String> {

    @Override
    public String scan(OperatorSpec.Scan spec) {
      return "Scan " + spec.step() + " [" + String.join(", ", spec.schema().names()) + "]"
          + spec.filter().map(filter -> " where " + filter).orElse("");
    }

    @Override
    public String filter(OperatorSpec.Filter spec) {
      return "Filter " + spec.condition();
    }

    @Override
    public String project(OperatorSpec.Project spec) {
      List<String> columns = new ArrayList<>();
      for (int i = 0; i < spec.exprs().size(); i++) {
        String name = spec.schema().field(i).name();
        Expr expr = spec.exprs().get(i);
        columns.add(expr.toString().equals(name) ? name : name + " = " + expr);
      }
      return "Project " + String.join(", ", columns);
    }

    @Override
    public String aggregate(OperatorSpec.Aggregate spec) {
      if (spec.calls().isEmpty()) {
        return "Distinct " + names(spec.input(), spec.keys());
      }
      String calls = spec.calls().stream()
          .map(call -> call.name() + " = " + text(call, spec.input()))
          .collect(Collectors.joining(", "));
      return "Aggregate by " + (spec.keys().isEmpty() ? "nothing" : names(spec.input(), spec.keys())) + ": " + calls
          + (spec.partitions().isPresent() ? " in " + spec.partitions().getAsInt() + " partitions" : "");
    }

    @Override
    public String join(OperatorSpec.Join spec) {
      StringBuilder text = new StringBuilder("Join ").append(spec.type().name().toLowerCase(Locale.ROOT));
      for (int i = 0; i < spec.leftKeys().size(); i++) {
        text.append(i == 0 ? " on " : " and ")
            .append(spec.sides().left().schema().field(spec.leftKeys().get(i)).name()).append(" = ")
            .append(spec.sides().right().schema().field(spec.rightKeys().get(i)).name());
      }
      spec.condition().ifPresent(condition -> text.append(" where ").append(condition));
      return text.toString();
    }

    @Override
    public String union(OperatorSpec.Union spec) {
      return "Union";
    }

    @Override
    public String sort(OperatorSpec.Sort spec) {
      List<String> parts = new ArrayList<>();
      for (SortKey key : spec.keys()) {
        parts.add(spec.schema().field(key.column()).name() + (key.descending() ? " desc" : "")
            + (key.nullsFirst() ? " nulls first" : ""));
      }
      String keys = parts.isEmpty() ? "" : " by " + String.join(", ", parts);
      return (parts.isEmpty() ? "Limit" : "Sort") + keys + (spec.offset() > 0 ? " offset " + spec.offset() : "")
          + (spec.limit() < Long.MAX_VALUE ? " limit " + spec.limit() : "");
    }

    @Override
    public String repartition(OperatorSpec.Repartition spec) {
      return "Repartition by " + names(spec.input(), spec.keys())
          + (spec.partitions().isPresent() ? " into " + spec.partitions().getAsInt() : "");
    }
  }
}
