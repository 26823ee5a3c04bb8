package dev.samzabatch.sql;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.graph.OperatorSpec.JoinType;
import dev.samzabatch.sql.rewrite.Conjunctions;
import dev.samzabatch.sql.rewrite.JoinBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Join;

/** Calcite's joins as ours. */
final class Joins {

  private final JoinBuilder builder;

  Joins(JoinBuilder builder) {
    this.builder = builder;
  }

  OperatorSpec join(Join join, OperatorSpec left, OperatorSpec right) {
    JoinType type = switch (join.getJoinType()) {
      case INNER -> JoinType.INNER;
      case LEFT -> JoinType.LEFT;
      case RIGHT -> JoinType.RIGHT;
      case FULL -> JoinType.FULL;
      default -> throw new UnsupportedSqlException("this kind of join", "");
    };
    List<String> names = join.getRowType().getFieldNames();
    List<Field> pair = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int ofRight = i - left.schema().size();
      Field field = ofRight < 0 ? left.schema().field(i) : right.schema().field(ofRight);
      pair.add(new Field(names.get(i), field.type(), field.nullable()));
    }
    Expr condition = new Expressions(new Schema(pair)).convert(join.getCondition());
    return builder.join(type, left, right, Conjunctions.of(condition), names);
  }
}
