package dev.samzabatch.expr;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType.Layout;
import java.util.Arrays;

/** Selectors of comparisons for equality with a constant string. */
final class TextSelectors {

  private TextSelectors() {}

  /** The selector, or null when the comparison is not of that kind. */
  static Selector compile(Expr.Call call) {
    boolean equal = call.function() == Function.EQUAL;
    Expr value = call.args().get(0);
    if (!equal && call.function() != Function.NOT_EQUAL || value.type().layout() != Layout.BYTES) {
      return null;
    }
    if (!(call.args().get(1) instanceof Expr.Literal literal) || literal.value() == null) {
      return null;
    }
    if (!literal.type().equals(value.type())) {
      return null;
    }
    byte[] constant = ((BytesVector) new LiteralEvaluator(literal).evaluate(RecordBatches.oneRow())).bytes(0);
    Evaluator evaluator = Evaluators.compile(value);
    return (batch, target) -> {
      ColumnVector vector = evaluator.evaluate(batch);
      int[] rows = batch.selection();
      int count = batch.rowCount();
      if (vector.mayHaveNulls()) {
        count = Rows.notNull(vector.nulls(), rows, count, target);
        rows = target;
      }
      return constant.length <= Prefix.LENGTH
          ? selectShort((BytesVector) vector, constant, equal, rows, count, target)
          : selectLong((BytesVector) vector, constant, equal, rows, count, target);
    };
  }

  private static int selectShort(
      BytesVector vector, byte[] constant, boolean equal, int[] rows, int count, int[] target) {
    byte[] data = vector.data();
    int[] starts = vector.starts();
    int[] lengths = vector.lengths();
    long prefix = Prefix.of(constant, 0, constant.length);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      int length = lengths[row];
      boolean same = length == constant.length && Prefix.of(data, starts[row], length) == prefix;
      target[kept] = row;
      kept += same == equal ? 1 : 0;
    }
    return kept;
  }

  private static int selectLong(BytesVector vector, byte[] constant, boolean equal, int[] rows, int count,
      int[] target) {
    byte[] data = vector.data();
    int[] starts = vector.starts();
    int[] lengths = vector.lengths();
    long prefix = Prefix.of(constant, 0, constant.length);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      int start = starts[row];
      int length = lengths[row];
      boolean same =
          length == constant.length
              && Prefix.of(data, start, length) == prefix
              && Arrays.equals(data, start, start + length, constant, 0, length);
      target[kept] = row;
      kept += same == equal ? 1 : 0;
    }
    return kept;
  }
}
