package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.ScalarType;
import java.util.ArrayList;
import java.util.List;

/** Makes expressions ready to run: one small object a node, each a loop over the selected rows. */
public final class Evaluators {

  private Evaluators() {}

  /**
   * An evaluator with its own scratch memory.
   *
   * @throws IllegalArgumentException when the function does not exist for these types, which is a mistake of the caller
   */
  public static Evaluator compile(Expr expr) {
    if (expr instanceof Expr.Column column) {
      int index = column.index();
      return batch -> batch.column(index);
    }
    if (expr instanceof Expr.Literal literal) {
      return new LiteralEvaluator(literal);
    }
    return compileCall((Expr.Call) expr);
  }

  private static Evaluator compileCall(Expr.Call call) {
    List<Expr> args = call.args();
    return switch (call.function()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MOD -> arithmetic(call);
      case NEGATE, ABS, FLOOR, CEIL, ROUND -> strict(call, Rounding.kernel(call));
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          strict(call, Comparisons.kernel(call.function(), args.get(0).type(), args.get(1).type()));
      case AND, OR -> new Junction(call.function(), compileAll(args));
      case NOT -> strict(call, Evaluators::not);
      case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          Truth.of(call.function(), compile(args.get(0)));
      case IS_DISTINCT, IS_NOT_DISTINCT ->
          new Distinction(call.function(), compile(args.get(0)), compile(args.get(1)));
      case IN -> new Membership(compile(args.get(0)), args.get(0).type(), args.subList(1, args.size()));
      case CASE -> choice(call);
      case COALESCE -> new Coalesce(call.type(), compileAll(args));
      case CAST -> Casts.evaluator(args.get(0).type(), call.type(), compile(args.get(0)));
      case UPPER, LOWER, TRIM, SUBSTRING, POSITION, REPLACE, CONCAT, CHAR_LENGTH -> strict(call, Strings.kernel(call));
      case LIKE -> strict(call, Like.kernel(call));
      case EXTRACT, FLOOR_TIME, CEIL_TIME, TIMESTAMP_ADD, TIMESTAMP_DIFF, WINDOW_START, UNIX_MILLIS, TIMESTAMP_MILLIS ->
          strict(call, Times.kernel(call));
      case ITEM, FIELD, CARDINALITY -> strict(call, Nested.kernel(call));
    };
  }

  private static Evaluator strict(Expr.Call call, Kernel kernel) {
    return new StrictEvaluator(call.type(), kernel, compileAll(call.args()));
  }

  private static List<Evaluator> compileAll(List<Expr> exprs) {
    return exprs.stream().map(Evaluators::compile).toList();
  }

  private static Evaluator arithmetic(Expr.Call call) {
    Expr left = call.args().get(0);
    Expr right = call.args().get(1);
    if (call.type() instanceof DecimalType decimal) {
      left = withoutWidening(left);
      right = withoutWidening(right);
      Kernel kernel = DecimalArithmetic.kernel(call.function(), left.type(), right.type(), decimal);
      return new StrictEvaluator(decimal, kernel, compileAll(List.of(left, right)));
    }
    return switch (call.type().layout()) {
      case LONG -> strict(call, LongArithmetic.kernel(call.function(), call.type() == ScalarType.INT));
      case DOUBLE -> strict(call, DoubleArithmetic.kernel(call.function(), call.type() == ScalarType.FLOAT));
      default -> throw new IllegalArgumentException(
          call.function().label() + " of " + left.type() + " and " + right.type());
    };
  }

  /** The integer within a cast to a decimal that holds all of them: decimal arithmetic takes it as it is. */
  private static Expr withoutWidening(Expr expr) {
    if (expr instanceof Expr.Call cast && cast.function() == Function.CAST
        && cast.type() instanceof DecimalType decimal) {
      Expr inner = cast.args().get(0);
      if (Casts.isInteger(inner.type()) && decimal.precision() - decimal.scale() >= Decimals.precision(inner.type())) {
        return inner;
      }
    }
    return expr;
  }

  private static void not(ColumnVector[] args, int[] rows, int count, ColumnVector result) {
    long[] values = ((LongVector) args[0]).values();
    long[] r = ((LongVector) result).values();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      r[row] = 1 - values[row];
    }
  }

  private static Evaluator choice(Expr.Call call) {
    List<Selector> conditions = new ArrayList<>();
    List<Evaluator> values = new ArrayList<>();
    List<Expr> args = call.args();
    for (int i = 0; i + 1 < args.size(); i += 2) {
      conditions.add(Selectors.compile(args.get(i)));
      values.add(compile(args.get(i + 1)));
    }
    values.add(compile(args.get(args.size() - 1)));
    return new Choice(call.type(), conditions, values);
  }
}
