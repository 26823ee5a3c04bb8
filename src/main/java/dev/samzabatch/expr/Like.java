package dev.samzabatch.expr;

import dev.samzabatch.data.BytesVector;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import java.util.Arrays;

/** LIKE. The pattern is made ready once when it is a constant, else whenever it changes from one row to the next. */
final class Like {

  private byte[] source = new byte[0];
  private int escape = LikePattern.NO_ESCAPE;
  private LikePattern pattern;

  private Like() {}

  /** The kernel for the call; it remembers its last pattern. */
  static Kernel kernel(Expr.Call call) {
    Like like = new Like();
    boolean constant = call.args().stream().skip(1).allMatch(arg -> arg instanceof Expr.Literal);
    return (args, rows, count, result) -> like.compute(args, rows, count, result, constant);
  }

  private void compute(ColumnVector[] args, int[] rows, int count, ColumnVector result, boolean constant) {
    BytesVector texts = (BytesVector) args[0];
    long[] r = ((LongVector) result).values();
    for (int i = 0; i < count; i++) {
      int row = Rows.at(rows, i);
      if (pattern == null || !constant) {
        prepare(args, row);
      }
      r[row] = pattern.matches(texts.data(), texts.starts()[row], texts.lengths()[row]) ? 1 : 0;
    }
  }

  private void prepare(ColumnVector[] args, int row) {
    BytesVector patterns = (BytesVector) args[1];
    int start = patterns.starts()[row];
    int end = start + patterns.lengths()[row];
    int character = args.length == 2 ? LikePattern.NO_ESCAPE : escape(((BytesVector) args[2]).text(row));
    boolean same =
        pattern != null
            && character == escape
            && Arrays.equals(source, 0, source.length, patterns.data(), start, end);
    if (!same) {
      pattern = LikePattern.of(patterns.text(row), character);
      source = Arrays.copyOfRange(patterns.data(), start, end);
      escape = character;
    }
  }

  private static int escape(String text) {
    if (text.codePointCount(0, text.length()) != 1) {
      throw new EvaluationException("the escape of LIKE must be one character, not '" + text + "'");
    }
    return text.codePointAt(0);
  }
}
