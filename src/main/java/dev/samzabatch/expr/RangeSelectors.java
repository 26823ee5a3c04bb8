package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType.Layout;
import dev.samzabatch.data.DoubleVector;
import dev.samzabatch.data.LongVector;

/**
 * Selectors of comparisons with a constant: every one says that the value lies within a closed range, or that it does
 * not. {@code v < 5} is the range up to 4; for doubles {@code v >= 5} is "not in the range up to the number before 5",
 * which takes NaN in.
 */
final class RangeSelectors {

  private RangeSelectors() {}

  /** The selector, or null when the comparison is not one with a constant number that has a range. */
  static Selector compile(Expr.Call call) {
    Expr left = call.args().get(0);
    Expr right = call.args().get(1);
    if (right instanceof Expr.Literal literal && literal.value() != null) {
      return compile(call.function(), left, literal);
    }
    if (left instanceof Expr.Literal literal && literal.value() != null) {
      return compile(mirrored(call.function()), right, literal);
    }
    return null;
  }

  private static Function mirrored(Function function) {
    return switch (function) {
      case LESS -> Function.GREATER;
      case LESS_OR_EQUAL -> Function.GREATER_OR_EQUAL;
      case GREATER -> Function.LESS;
      case GREATER_OR_EQUAL -> Function.LESS_OR_EQUAL;
      default -> function;
    };
  }

  private static Selector compile(Function function, Expr value, Expr.Literal literal) {
    if (!value.type().equals(literal.type())) {
      return null;
    }
    ColumnVector constant = new LiteralEvaluator(literal).evaluate(RecordBatches.oneRow());
    if (value.type().layout() == Layout.LONG) {
      return ofLongs(function, Evaluators.compile(value), ((LongVector) constant).get(0));
    }
    if (value.type().layout() == Layout.DOUBLE) {
      double bound = ((DoubleVector) constant).get(0);
      return Double.isFinite(bound) ? ofDoubles(function, Evaluators.compile(value), bound) : null;
    }
    return null;
  }

  private static Selector ofLongs(Function function, Evaluator value, long bound) {
    boolean isEqual = function == Function.EQUAL || function == Function.NOT_EQUAL;
    boolean strict = function == Function.LESS || function == Function.GREATER_OR_EQUAL;
    if (strict && bound == Long.MIN_VALUE) {
      return null;
    }
    boolean inside = function == Function.EQUAL || function == Function.LESS || function == Function.LESS_OR_EQUAL;
    long low = isEqual ? bound : Long.MIN_VALUE;
    long high = strict ? bound - 1 : bound;
    return (batch, target) -> {
      ColumnVector vector = value.evaluate(batch);
      int[] rows = batch.selection();
      int count = batch.rowCount();
      if (vector.mayHaveNulls()) {
        count = Rows.notNull(vector.nulls(), rows, count, target);
        rows = target;
      }
      return select(((LongVector) vector).values(), rows, count, new LongRange(low, high, inside), target);
    };
  }

  private static Selector ofDoubles(Function function, Evaluator value, double bound) {
    boolean isEqual = function == Function.EQUAL || function == Function.NOT_EQUAL;
    boolean strict = function == Function.LESS || function == Function.GREATER_OR_EQUAL;
    boolean inside = function == Function.EQUAL || function == Function.LESS || function == Function.LESS_OR_EQUAL;
    double low = isEqual ? bound : Double.NEGATIVE_INFINITY;
    double high = strict ? Math.nextDown(bound) : bound;
    return (batch, target) -> {
      ColumnVector vector = value.evaluate(batch);
      int[] rows = batch.selection();
      int count = batch.rowCount();
      if (vector.mayHaveNulls()) {
        count = Rows.notNull(vector.nulls(), rows, count, target);
        rows = target;
      }
      return select(((DoubleVector) vector).values(), rows, count, new DoubleRange(low, high, inside), target);
    };
  }

  /** Which values are wanted: those from low to high, or all others. */
  private record LongRange(long low, long high, boolean inside) {}

  /** Which values are wanted: those from low to high, or all others. */
  private record DoubleRange(double low, double high, boolean inside) {}

  private static int select(long[] values, int[] rows, int count, LongRange range, int[] target) {
    long low = range.low();
    long high = range.high();
    boolean inside = range.inside();
    int kept = 0;
    if (rows == null) {
      for (int row = 0; row < count; row++) {
        long value = values[row];
        target[kept] = row;
        kept += (value >= low & value <= high) == inside ? 1 : 0;
      }
      return kept;
    }
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      long value = values[row];
      target[kept] = row;
      kept += (value >= low & value <= high) == inside ? 1 : 0;
    }
    return kept;
  }

  private static int select(double[] values, int[] rows, int count, DoubleRange range, int[] target) {
    double low = range.low();
    double high = range.high();
    boolean inside = range.inside();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      double value = values[row];
      target[kept] = row;
      kept += (value >= low & value <= high) == inside ? 1 : 0;
    }
    return kept;
  }
}
