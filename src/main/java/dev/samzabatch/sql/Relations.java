package dev.samzabatch.sql;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.AggregateCall;
import dev.samzabatch.expr.AggregateFunction;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.sql.rewrite.Columns;
import dev.samzabatch.sql.rewrite.Conjunctions;
import dev.samzabatch.sql.rewrite.JoinBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Calcite's relations of one step as operators. */
final class Relations {

  private static final Map<SqlKind, AggregateFunction> AGGREGATES = Map.of(
      SqlKind.COUNT, AggregateFunction.COUNT, SqlKind.SUM, AggregateFunction.SUM,
      SqlKind.SUM0, AggregateFunction.SUM_OR_ZERO, SqlKind.MIN, AggregateFunction.MIN,
      SqlKind.MAX, AggregateFunction.MAX, SqlKind.AVG, AggregateFunction.AVG,
      SqlKind.SINGLE_VALUE, AggregateFunction.SINGLE_VALUE);

  private final String step;
  private final OptionalInt partitions;

  /**
   * Makes operators for a step.
   *
   * @param partitions how many the step asks for
   */
  Relations(String step, OptionalInt partitions) {
    this.step = step;
    this.partitions = partitions;
  }

  /**
   * The operator that gives the rows of a relation.
   *
   * @throws UnsupportedSqlException when there is none
   */
  OperatorSpec convert(RelNode rel) {
    if (rel instanceof TableScan scan) {
      return ((RelationTable) scan.getTable()).spec();
    } else if (rel instanceof Project project) {
      return project(project);
    } else if (rel instanceof Filter filter) {
      return filter(filter);
    } else if (rel instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    } else if (rel instanceof Join join) {
      OperatorSpec left = convert(join.getLeft());
      OperatorSpec right = convert(join.getRight());
      return new Joins(joins()).join(join, left, right);
    } else if (rel instanceof Union union) {
      return union(union);
    } else if (rel instanceof Sort sort) {
      return sort(sort);
    } else if (rel instanceof Values) {
      throw new UnsupportedSqlException("a query without FROM, and VALUES", "read an input or a step");
    }
    throw new UnsupportedSqlException(rel.getRelTypeName(), "");
  }

  private OperatorSpec project(Project project) {
    ScalarQueries queries = scalars(convert(project.getInput()), project.getCluster().getRexBuilder());
    List<RexNode> values = queries.visitList(project.getProjects());
    List<Expr> exprs = new Expressions(queries.rows().schema()).convertAll(values);
    Schema schema = Columns.schema(project.getRowType().getFieldNames(), exprs);
    return new OperatorSpec.Project(step, queries.rows(), exprs, schema);
  }

  private OperatorSpec filter(Filter filter) {
    return filter(convert(filter.getInput()), RelOptUtil.conjunctions(filter.getCondition()),
        filter.getCluster().getRexBuilder());
  }

  private JoinBuilder joins() {
    return new JoinBuilder(step, partitions);
  }

  private ScalarQueries scalars(OperatorSpec rows, RexBuilder builder) {
    return new ScalarQueries(this, joins(), step, builder, rows);
  }

  /** The rows for which all conditions are true. */
  OperatorSpec filter(OperatorSpec input, List<RexNode> conditions, RexBuilder builder) {
    ScalarQueries queries = scalars(input, builder);
    List<RexNode> values = queries.visitList(
        conditions.stream().filter(condition -> !SubQueries.isOne(condition)).toList());
    OperatorSpec rows = queries.rows();
    OperatorSpec kept = Conjunctions.and(new Expressions(rows.schema()).convertAll(values))
        .map(condition -> (OperatorSpec) new OperatorSpec.Filter(step, rows, condition)).orElse(rows);
    if (rows != input) {
      List<Expr> columns = Columns.all(rows.schema()).subList(0, input.schema().size());
      kept = new OperatorSpec.Project(step, kept, columns, input.schema());
    }
    for (RexNode condition : conditions) {
      if (SubQueries.isOne(condition)) {
        kept = new SubQueries(this, joins()).keep(kept, condition, builder);
      }
    }
    return kept;
  }

  private OperatorSpec aggregate(Aggregate aggregate) {
    if (aggregate.getGroupSets().size() != 1) {
      throw new UnsupportedSqlException("GROUPING SETS, ROLLUP and CUBE",
          "write a step for each grouping and their union");
    }
    OperatorSpec input = convert(aggregate.getInput());
    List<Integer> keys = aggregate.getGroupSet().asList();
    List<Field> fields = new ArrayList<>();
    List<String> names = aggregate.getRowType().getFieldNames();
    for (int i = 0; i < keys.size(); i++) {
      Field key = input.schema().field(keys.get(i));
      fields.add(new Field(names.get(i), key.type(), key.nullable()));
    }
    List<AggregateCall> calls = new ArrayList<>();
    for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
      AggregateCall ours = aggregateCall(call, input.schema(), names.get(fields.size()));
      calls.add(ours);
      fields.add(new Field(ours.name(), ours.type(), ours.nullable()));
    }
    return new OperatorSpec.Aggregate(step, input, keys, calls, new Schema(fields), partitions);
  }

  private static AggregateCall aggregateCall(
      org.apache.calcite.rel.core.AggregateCall call, Schema input, String name) {
    SqlKind kind = call.getAggregation().getKind();
    AggregateFunction function = AGGREGATES.get(kind);
    if (function == null || call.getArgList().size() > 1) {
      throw new UnsupportedSqlException(call.getAggregation().getName().toLowerCase(Locale.ROOT)
          + (function == null ? "" : " of several arguments"), "");
    }
    int argument = call.getArgList().isEmpty() ? -1 : call.getArgList().get(0);
    DataType argumentType = argument < 0 ? ScalarType.LONG : input.type(argument);
    boolean distinct = call.isDistinct() && function != AggregateFunction.MIN && function != AggregateFunction.MAX;
    return new AggregateCall(function, argument, argumentType, distinct, call.filterArg, name,
        TypeFactory.dataType(call.getType()), call.getType().isNullable());
  }

  private OperatorSpec union(Union union) {
    List<OperatorSpec> inputs = new ArrayList<>();
    union.getInputs().forEach(input -> inputs.add(convert(input)));
    OperatorSpec all = Unions.of(step, inputs, union.getRowType().getFieldNames());
    return union.all ? all : distinct(all);
  }

  private OperatorSpec distinct(OperatorSpec input) {
    List<Integer> keys = new ArrayList<>();
    for (int i = 0; i < input.schema().size(); i++) {
      keys.add(i);
    }
    return new OperatorSpec.Aggregate(step, input, keys, List.of(), input.schema(), partitions);
  }

  private OperatorSpec sort(Sort sort) {
    List<OperatorSpec.SortKey> keys = new ArrayList<>();
    for (RelFieldCollation field : sort.getCollation().getFieldCollations()) {
      keys.add(new OperatorSpec.SortKey(field.getFieldIndex(), field.getDirection().isDescending(),
          field.nullDirection == RelFieldCollation.NullDirection.FIRST));
    }
    long offset = number(Optional.ofNullable(sort.offset), 0);
    long limit = number(Optional.ofNullable(sort.fetch), Long.MAX_VALUE);
    return new OperatorSpec.Sort(step, convert(sort.getInput()), keys, offset, limit);
  }

  private static long number(Optional<RexNode> node, long otherwise) {
    if (node.isEmpty()) {
      return otherwise;
    } else if (node.get() instanceof RexLiteral literal) {
      return literal.getValueAs(BigDecimal.class).longValueExact();
    }
    throw new UnsupportedSqlException("a LIMIT or OFFSET that is no number", "write the number, or a {param}");
  }
}
