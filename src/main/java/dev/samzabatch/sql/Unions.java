package dev.samzabatch.sql;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.graph.OperatorSpec;
import dev.samzabatch.sql.rewrite.Columns;
import java.util.ArrayList;
import java.util.List;

/** Brings the inputs of a union to the same types. */
final class Unions {

  private Unions() {}

  /** All rows of the inputs, which have equally many columns; a column gets the type that holds the values of all. */
  static OperatorSpec of(String step, List<OperatorSpec> inputs, List<String> names) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      DataType type = inputs.get(0).schema().type(i);
      boolean nullable = false;
      for (OperatorSpec input : inputs) {
        type = Casts.common(type, input.schema().type(i));
        nullable |= input.schema().field(i).nullable();
      }
      fields.add(new Field(names.get(i), type, nullable));
    }
    Schema schema = new Schema(fields);
    return new OperatorSpec.Union(step, inputs.stream().map(input -> as(step, input, schema)).toList(), schema);
  }

  private static OperatorSpec as(String step, OperatorSpec input, Schema schema) {
    List<Expr> exprs = new ArrayList<>();
    boolean same = true;
    for (int i = 0; i < schema.size(); i++) {
      Expr column = Columns.of(input.schema(), i);
      exprs.add(Casts.to(column, schema.type(i)));
      same &= exprs.get(i) == column;
    }
    return same ? input : new OperatorSpec.Project(step, input, exprs, Columns.schema(schema.names(), exprs));
  }
}
