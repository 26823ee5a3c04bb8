package dev.samzabatch.sql;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.sql.rewrite.Columns;
import dev.samzabatch.sql.rewrite.Conjunctions;
import dev.samzabatch.sql.rewrite.DistinctNames;
import dev.samzabatch.sql.rewrite.JoinBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * IN and EXISTS with a query, as conditions of their own: semi joins, and with NOT anti joins. A query of EXISTS may
 * compare with columns of the query around it, in its outermost WHERE.
 */
final class SubQueries {

  private static final String STEP_INSTEAD = "write it as a step with semi-join or anti-join";

  private final Relations relations;
  private final JoinBuilder joins;

  SubQueries(Relations relations, JoinBuilder joins) {
    this.relations = relations;
    this.joins = joins;
  }

  /** Whether a condition is one of those that {@link #keep} can do. */
  static boolean isOne(RexNode condition) {
    RexNode plain = isNot(condition) ? ((RexCall) condition).getOperands().get(0) : condition;
    return plain instanceof RexSubQuery query && (query.getKind() == SqlKind.IN || query.getKind() == SqlKind.EXISTS);
  }

  private static boolean isNot(RexNode condition) {
    return condition.getKind() == SqlKind.NOT;
  }

  /** Those rows for which the condition is true. */
  OperatorSpec keep(OperatorSpec rows, RexNode condition, RexBuilder builder) {
    boolean not = isNot(condition);
    RexSubQuery query = (RexSubQuery) (not ? ((RexCall) condition).getOperands().get(0) : condition);
    JoinType type = not ? JoinType.ANTI : JoinType.SEMI;
    return query.getKind() == SqlKind.IN ? in(rows, query, type) : exists(rows, query, type, builder);
  }

  private OperatorSpec in(OperatorSpec rows, RexSubQuery query, JoinType type) {
    refuseOuterColumns(query.rel);
    OperatorSpec values = relations.convert(query.rel);
    Expressions expressions = new Expressions(rows.schema());
    List<Expr> conditions = new ArrayList<>();
    for (int i = 0; i < query.getOperands().size(); i++) {
      Expr wanted = expressions.convert(query.getOperands().get(i));
      Expr value = Columns.shift(Columns.of(values.schema(), i), 0, rows.schema().size());
      if (type == JoinType.ANTI && (wanted.nullable() || value.nullable())) {
        throw new UnsupportedSqlException("NOT IN with a query where values may be null",
            "it is never true once there is a null: write not exists (...), or an anti-join step");
      }
      conditions.add(Casts.equal(wanted, value));
    }
    return joins.join(type, rows, values, conditions, rows.schema().names());
  }

  private OperatorSpec exists(OperatorSpec rows, RexSubQuery query, JoinType type, RexBuilder builder) {
    RelNode matches = query.rel;
    while (matches instanceof Project project && RexUtil.SubQueryFinder.find(project.getProjects()) == null) {
      matches = project.getInput();
    }
    List<RexNode> across = new ArrayList<>();
    List<RexNode> within = new ArrayList<>();
    if (matches instanceof Filter filter) {
      for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
        (readsOuterColumns(condition) ? across : within).add(condition);
      }
      matches = filter.getInput();
    }
    refuseOuterColumns(matches);
    OperatorSpec candidates = relations.filter(relations.convert(matches), within, builder);
    Schema pair = pair(rows.schema(), candidates.schema());
    List<Expr> conditions = new ArrayList<>();
    for (RexNode condition : across) {
      if (RexUtil.SubQueryFinder.find(condition) != null) {
        throw new UnsupportedSqlException("a query within a query that reads columns of the outermost", STEP_INSTEAD);
      }
      RexNode overPair = condition.accept(new OverPair(builder, rows.schema().size()));
      conditions.addAll(Conjunctions.of(new Expressions(pair).convert(overPair)));
    }
    return joins.join(type, rows, candidates, conditions, rows.schema().names());
  }

  private static Schema pair(Schema left, Schema right) {
    List<Field> fields = new ArrayList<>(left.fields());
    fields.addAll(right.fields());
    return DistinctNames.schema(fields);
  }

  private static boolean readsOuterColumns(RexNode condition) {
    return RexUtil.containsCorrelation(condition);
  }

  private static void refuseOuterColumns(RelNode query) {
    if (!RelOptUtil.getVariablesUsed(query).isEmpty()) {
      throw new UnsupportedSqlException("a query that reads columns of the query around it, other than in the WHERE of "
          + "EXISTS", STEP_INSTEAD);
    }
  }

  /** What is said about a query that stands anywhere else. */
  static UnsupportedSqlException unsupported(RexSubQuery query) {
    return switch (query.getKind()) {
      case IN, EXISTS -> new UnsupportedSqlException(
          "IN or EXISTS with a query, other than as a condition of its own in WHERE", STEP_INSTEAD);
      default -> new UnsupportedSqlException("a query in place of a value",
          "compute it in a step of its own and join with it");
    };
  }

  /** Reads columns of the outer query on the left of a pair, and those of the inner one on its right. */
  private static final class OverPair extends RexShuttle {

    private final RexBuilder builder;
    private final int leftSize;

    OverPair(RexBuilder builder, int leftSize) {
      this.builder = builder;
      this.leftSize = leftSize;
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
      return access.getReferenceExpr() instanceof RexCorrelVariable
          ? builder.makeInputRef(access.getType(), access.getField().getIndex())
          : super.visitFieldAccess(access);
    }

    @Override
    public RexNode visitInputRef(RexInputRef column) {
      return builder.makeInputRef(column.getType(), leftSize + column.getIndex());
    }
  }
}
