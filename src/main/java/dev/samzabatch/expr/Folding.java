package dev.samzabatch.expr;

import dev.samzabatch.data.Values;
import java.util.List;

/** Replaces calls of constants by their value, computed by the kernels that would have computed it in the run. */
public final class Folding {

  private Folding() {}

  /**
   * The expression with every call whose arguments are all constants replaced. A call that has no right answer stays as
   * it is, since it must fail only if it is evaluated.
   */
  public static Expr fold(Expr expr) {
    if (!(expr instanceof Expr.Call call)) {
      return expr;
    }
    List<Expr> args = call.args().stream().map(Folding::fold).toList();
    Expr.Call folded = new Expr.Call(call.function(), args, call.type(), call.nullable());
    if (!args.stream().allMatch(arg -> arg instanceof Expr.Literal)) {
      return folded;
    }
    try {
      return new Expr.Literal(
          call.type(), Values.get(call.type(), Evaluators.compile(folded).evaluate(RecordBatches.oneRow()), 0));
    } catch (EvaluationException e) {
      return folded;
    }
  }
}
