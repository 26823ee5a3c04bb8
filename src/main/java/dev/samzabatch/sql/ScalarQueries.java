package dev.samzabatch.sql;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.sql.rewrite.DistinctNames;
import dev.samzabatch.sql.rewrite.JoinBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * Queries in the place of a value: the one row that each gives is joined to every row, and the expression reads its
 * column.
 */
final class ScalarQueries extends RexShuttle {

  private final Relations relations;
  private final JoinBuilder joins;
  private final String step;
  private final RexBuilder builder;
  private OperatorSpec rows;

  /** Prepares for expressions over the rows of an operator. */
  ScalarQueries(Relations relations, JoinBuilder joins, String step, RexBuilder builder, OperatorSpec rows) {
    this.relations = relations;
    this.joins = joins;
    this.step = step;
    this.builder = builder;
    this.rows = rows;
  }

  /** The rows, with the values of the queries seen so far as further columns. */
  OperatorSpec rows() {
    return rows;
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery query) {
    if (query.getKind() != SqlKind.SCALAR_QUERY) {
      return query;
    } else if (!RelOptUtil.getVariablesUsed(query.rel).isEmpty()) {
      throw new UnsupportedSqlException("a query in place of a value that reads columns of the query around it",
          "compute it for all groups in a step of its own and join with it");
    }
    OperatorSpec value = oneRow(relations.convert(query.rel));
    int column = rows.schema().size();
    List<String> names = new ArrayList<>(rows.schema().names());
    names.add(DistinctNames.other("value", names));
    rows = joins.join(JoinType.INNER, rows, value, List.of(), names);
    return builder.makeInputRef(query.getType(), column);
  }

  /** The one value of a relation: null when it has no row, an error when it has several. */
  private OperatorSpec oneRow(OperatorSpec values) {
    Field field = values.schema().field(0);
    if (EveryPair.isOneRow(values)) {
      return values;
    }
    AggregateCall single = new AggregateCall(
        AggregateFunction.SINGLE_VALUE, 0, field.type(), false, -1, field.name(), field.type(), true);
    return new OperatorSpec.Aggregate(step, values, List.of(), List.of(single),
        Schema.of(Field.optional(field.name(), field.type())), OptionalInt.empty());
  }
}
