package dev.samzabatch.sql.rewrite;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The columns that expressions read. */
public final class Columns {

  private Columns() {}

  /** The column at this index of a schema. */
  public static Expr.Column of(Schema schema, int index) {
    Field field = schema.field(index);
    return new Expr.Column(index, field.name(), field.type(), field.nullable());
  }

  /** All columns of a schema. */
  public static List<Expr> all(Schema schema) {
    List<Expr> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      columns.add(of(schema, i));
    }
    return columns;
  }

  /** The schema of expressions under these names. */
  public static Schema schema(List<String> names, List<Expr> exprs) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < exprs.size(); i++) {
      fields.add(new Field(names.get(i), exprs.get(i).type(), exprs.get(i).nullable()));
    }
    return new Schema(fields);
  }

  /** The indexes of the columns that an expression reads. */
  public static SortedSet<Integer> read(Expr expr) {
    SortedSet<Integer> columns = new TreeSet<>();
    collect(expr, columns);
    return columns;
  }

  private static void collect(Expr expr, SortedSet<Integer> columns) {
    if (expr instanceof Expr.Column column) {
      columns.add(column.index());
    } else if (expr instanceof Expr.Call call) {
      call.args().forEach(arg -> collect(arg, columns));
    }
  }

  /** Whether an expression reads only columns from {@code from} up to {@code to}. */
  public static boolean within(Expr expr, int from, int to) {
    SortedSet<Integer> columns = read(expr);
    return columns.isEmpty() || columns.first() >= from && columns.last() < to;
  }

  /** The expression with other expressions in the place of its columns; of the same type, and null no more often. */
  public static Expr replace(Expr expr, UnaryOperator<Expr> replacement) {
    if (expr instanceof Expr.Column) {
      return replacement.apply(expr);
    } else if (expr instanceof Expr.Call call) {
      List<Expr> args = call.args().stream().map(arg -> replace(arg, replacement)).toList();
      return new Expr.Call(call.function(), args, call.type(), call.nullable());
    }
    return expr;
  }

  /** The expression reading column {@code i + by} where it read column {@code i}, from {@code from} on. */
  public static Expr shift(Expr expr, int from, int by) {
    return replace(expr, column -> {
      Expr.Column read = (Expr.Column) column;
      return read.index() < from ? read : at(read, read.index() + by);
    });
  }

  /** The expression reading column {@code indexes[i]} where it read column {@code i}. */
  public static Expr move(Expr expr, int[] indexes) {
    return replace(expr, column -> at((Expr.Column) column, indexes[((Expr.Column) column).index()]));
  }

  private static Expr at(Expr.Column column, int index) {
    return new Expr.Column(index, column.name(), column.type(), column.nullable());
  }
}
