package dev.samzabatch.sql;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.JoinInputs;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.sql.rewrite.Columns;
import dev.samzabatch.sql.rewrite.Conjunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexNode;

/**
 * Joins: an equality of an expression of the left side with one of the right side becomes a pair of key columns (computed
 * below the join where it is more than a column), everything else a further condition.
 */
final class Joins {

  private final String step;
  private final OptionalInt partitions;

  /**
   * Joins of a step.
   *
   * @param partitions into how many the step asks to move both sides
   */
  Joins(String step, OptionalInt partitions) {
    this.step = step;
    this.partitions = partitions;
  }

  OperatorSpec join(Join join, OperatorSpec left, OperatorSpec right) {
    JoinType type = switch (join.getJoinType()) {
      case INNER -> JoinType.INNER;
      case LEFT -> JoinType.LEFT;
      case RIGHT -> JoinType.RIGHT;
      case FULL -> JoinType.FULL;
      default -> throw new UnsupportedSqlException("this kind of join", "");
    };
    List<Field> pairFields = new ArrayList<>();
    List<String> names = join.getRowType().getFieldNames();
    for (int i = 0; i < names.size(); i++) {
      int leftSize = left.schema().size();
      Field field = i < leftSize ? left.schema().field(i) : right.schema().field(i - leftSize);
      pairFields.add(new Field(names.get(i), field.type(), field.nullable()));
    }
    RexNode condition = join.getCondition();
    Expr expr = new Expressions(new Schema(pairFields)).convert(condition);
    return join(type, left, right, Conjunctions.of(expr), names);
  }

  /**
   * A join of two relations.
   *
   * @param conditions what must be true of a pair, over the columns of left then right
   * @param names the names of the result's columns
   */
  OperatorSpec join(
      JoinType type, OperatorSpec left, OperatorSpec right, List<Expr> conditions, List<String> names) {
    int leftSize = left.schema().size();
    int rightSize = right.schema().size();
    JoinSide leftSide = new JoinSide(step, left);
    JoinSide rightSide = new JoinSide(step, right);
    List<Expr> rest = new ArrayList<>();
    for (Expr condition : conditions) {
      if (!addKey(condition, leftSize, leftSide, rightSide)) {
        rest.add(condition);
      }
    }
    int extra = leftSide.size() - leftSize;
    Optional<Expr> residual = Conjunctions.and(rest).map(expr -> Columns.shift(expr, leftSize, extra));
    Schema schema = schema(type, leftSide.spec().schema(), rightSide.spec().schema());
    JoinInputs sides = new JoinInputs(moved(leftSide), moved(rightSide));
    OperatorSpec joined = new OperatorSpec.Join(step, sides, type,
        leftSide.keys(), rightSide.keys(), residual, schema);
    List<Expr> columns = new ArrayList<>();
    for (int i = 0; i < leftSize; i++) {
      columns.add(Columns.of(schema, i));
    }
    for (int i = 0; !type.leftOnly() && i < rightSize; i++) {
      columns.add(Columns.of(schema, leftSide.size() + i));
    }
    return new OperatorSpec.Project(step, joined, columns, Relations.schema(names, columns));
  }

  private OperatorSpec moved(JoinSide side) {
    return partitions.isEmpty() || side.keys().isEmpty()
        ? side.spec()
        : new OperatorSpec.Repartition(step, side.spec(), side.keys(), partitions);
  }

  private static boolean addKey(Expr condition, int leftSize, JoinSide left, JoinSide right) {
    if (!(condition instanceof Expr.Call call) || call.function() != Function.EQUAL) {
      return false;
    }
    Expr one = call.args().get(0);
    Expr other = call.args().get(1);
    if (Columns.within(one, leftSize, Integer.MAX_VALUE) && Columns.within(other, 0, leftSize)) {
      Expr swap = one;
      one = other;
      other = swap;
    }
    if (!Columns.within(one, 0, leftSize) || !Columns.within(other, leftSize, Integer.MAX_VALUE)
        || Columns.read(one).isEmpty() || Columns.read(other).isEmpty()) {
      return false;
    }
    left.addKey(one);
    right.addKey(Columns.shift(other, 0, -leftSize));
    return true;
  }

  /** The columns of left then right, with nulls where a side may be missing; names are made distinct. */
  static Schema schema(JoinType type, Schema left, Schema right) {
    List<Field> fields = new ArrayList<>();
    for (Field field : left.fields()) {
      fields.add(new Field(field.name(), field.type(), field.nullable() || type.keepsRight()));
    }
    if (!type.leftOnly()) {
      for (Field field : right.fields()) {
        fields.add(new Field(field.name(), field.type(), field.nullable() || type.keepsLeft()));
      }
    }
    return DistinctNames.schema(fields);
  }
}
