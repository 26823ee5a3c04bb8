package dev.samzabatch.sql.rewrite;

import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorSpec;
import java.util.ArrayList;
import java.util.List;

/** One side of a join and its keys, which are computed below the join where they are more than columns. */
final class JoinSide {

  private final String step;
  private final OperatorSpec input;
  private final List<String> names;
  private final List<Expr> columns;
  private final List<Integer> keys = new ArrayList<>();

  JoinSide(String step, OperatorSpec input) {
    this.step = step;
    this.input = input;
    this.names = new ArrayList<>(input.schema().names());
    this.columns = Columns.all(input.schema());
  }

  void addKey(Expr key) {
    int at = key instanceof Expr.Column column ? column.index() : columns.indexOf(key);
    if (at < 0) {
      at = columns.size();
      columns.add(key);
      names.add(DistinctNames.other("key", names));
    }
    keys.add(at);
  }

  /** How many columns the side has, computed keys included. */
  int size() {
    return columns.size();
  }

  List<Integer> keys() {
    return List.copyOf(keys);
  }

  OperatorSpec spec() {
    if (columns.size() == input.schema().size()) {
      return input;
    }
    Schema schema = Columns.schema(names, columns);
    return new OperatorSpec.Project(step, input, List.copyOf(columns), schema);
  }
}
