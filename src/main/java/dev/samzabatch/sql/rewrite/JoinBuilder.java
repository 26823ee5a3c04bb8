package dev.samzabatch.sql.rewrite;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.JoinInputs;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes joins of conditions: an equality of an expression of the left side with one of the right side becomes a pair of
 * key columns (computed below the join where it is more than a column), everything else a further condition.
 */
public final class JoinBuilder {

  private final String step;
  private final OptionalInt partitions;

  /**
   * Joins of a step.
   *
   * @param partitions into how many both sides are moved; empty when the engine decides
   */
  public JoinBuilder(String step, OptionalInt partitions) {
    this.step = step;
    this.partitions = partitions;
  }

  /**
   * A join of two relations, with the columns of left then right, or those of left alone.
   *
   * @param conditions what must be true of a pair, over the columns of left then right
   * @param names the names of the result's columns
   */
  public OperatorSpec join(
      JoinType type, OperatorSpec left, OperatorSpec right, List<Expr> conditions, List<String> names) {
    int leftSize = left.schema().size();
    JoinSide leftSide = new JoinSide(step, left);
    JoinSide rightSide = new JoinSide(step, right);
    List<Expr> rest = new ArrayList<>();
    for (Expr condition : conditions) {
      if (isKey(condition, leftSize)) {
        addKey((Expr.Call) condition, leftSize, leftSide, rightSide);
      } else {
        rest.add(condition);
      }
    }
    int extra = leftSide.size() - leftSize;
    Optional<Expr> residual = Conjunctions.and(rest).map(expr -> Columns.shift(expr, leftSize, extra));
    Schema schema = schema(type, leftSide.spec().schema(), rightSide.spec().schema());
    JoinInputs sides = new JoinInputs(moved(leftSide), moved(rightSide));
    OperatorSpec joined =
        new OperatorSpec.Join(step, sides, type, leftSide.keys(), rightSide.keys(), residual, schema);
    List<Expr> columns = new ArrayList<>(Columns.all(schema).subList(0, leftSize));
    for (int i = 0; !type.leftOnly() && i < right.schema().size(); i++) {
      columns.add(Columns.of(schema, leftSide.size() + i));
    }
    return new OperatorSpec.Project(step, joined, columns, Columns.schema(names, columns));
  }

  private OperatorSpec moved(JoinSide side) {
    return partitions.isEmpty() || side.keys().isEmpty()
        ? side.spec()
        : new OperatorSpec.Repartition(step, side.spec(), side.keys(), partitions);
  }

  /** Whether a condition, over the columns of left then right, can be a pair of keys. */
  static boolean isKey(Expr condition, int leftSize) {
    if (!(condition instanceof Expr.Call call) || call.function() != Function.EQUAL) {
      return false;
    }
    Expr one = call.args().get(0);
    Expr other = call.args().get(1);
    return isLeft(one, leftSize) && isRight(other, leftSize) || isLeft(other, leftSize) && isRight(one, leftSize);
  }

  private static boolean isLeft(Expr expr, int leftSize) {
    return !Columns.read(expr).isEmpty() && Columns.within(expr, 0, leftSize);
  }

  private static boolean isRight(Expr expr, int leftSize) {
    return !Columns.read(expr).isEmpty() && Columns.within(expr, leftSize, Integer.MAX_VALUE);
  }

  private static void addKey(Expr.Call equality, int leftSize, JoinSide left, JoinSide right) {
    boolean inOrder = isLeft(equality.args().get(0), leftSize);
    left.addKey(equality.args().get(inOrder ? 0 : 1));
    right.addKey(Columns.shift(equality.args().get(inOrder ? 1 : 0), 0, -leftSize));
  }

  /** The columns of left then right, with nulls where a side may be missing; names are made distinct. */
  private static Schema schema(JoinType type, Schema left, Schema right) {
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
