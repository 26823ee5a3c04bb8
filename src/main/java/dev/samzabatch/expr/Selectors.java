package dev.samzabatch.expr;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.LongVector;
import dev.samzabatch.data.RecordBatch;
import java.util.List;

/** Makes selectors of boolean expressions. */
final class Selectors {

  private Selectors() {}

  /** The selector of a boolean expression. */
  static Selector compile(Expr condition) {
    if (condition instanceof Expr.Literal literal) {
      boolean all = Boolean.TRUE.equals(literal.value());
      return (batch, target) -> all ? Rows.copy(batch.selection(), batch.rowCount(), target) : 0;
    }
    return condition instanceof Expr.Call call ? compileCall(call) : ofValues(condition);
  }

  private static Selector compileCall(Expr.Call call) {
    Expr first = call.args().get(0);
    return switch (call.function()) {
      case AND -> all(call.args().stream().map(Selectors::compile).toList());
      case OR -> new AnySelector(call.args().stream().map(Selectors::compile).toList());
      case NOT -> negated(first);
      case IS_TRUE -> compile(first);
      case IS_NOT_TRUE -> not(compile(first));
      case IS_FALSE -> negated(first);
      case IS_NOT_FALSE -> not(negated(first));
      case IS_NULL -> nulls(Evaluators.compile(first));
      case IS_NOT_NULL -> notNulls(Evaluators.compile(first));
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison(call);
      default -> ofValues(call);
    };
  }

  /** The selector of the rows for which the condition is false (not null). */
  private static Selector negated(Expr condition) {
    if (condition instanceof Expr.Call call) {
      Function opposite = opposite(call.function());
      if (opposite != null) {
        return compile(new Expr.Call(opposite, call.args(), call.type(), call.nullable()));
      }
      if (call.function() == Function.NOT) {
        return compile(call.args().get(0));
      }
      List<Expr> args = call.args();
      if (call.function() == Function.OR) {
        return all(args.stream().map(Selectors::negated).toList());
      }
      if (call.function() == Function.AND) {
        return new AnySelector(args.stream().map(Selectors::negated).toList());
      }
    }
    return where(Evaluators.compile(condition), 0);
  }

  /** The function that is true exactly where this one is false; null when there is none. */
  private static Function opposite(Function function) {
    return switch (function) {
      case EQUAL -> Function.NOT_EQUAL;
      case NOT_EQUAL -> Function.EQUAL;
      case LESS -> Function.GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> Function.GREATER;
      case GREATER -> Function.LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> Function.LESS;
      case IS_NULL -> Function.IS_NOT_NULL;
      case IS_NOT_NULL -> Function.IS_NULL;
      case IS_TRUE -> Function.IS_NOT_TRUE;
      case IS_NOT_TRUE -> Function.IS_TRUE;
      case IS_FALSE -> Function.IS_NOT_FALSE;
      case IS_NOT_FALSE -> Function.IS_FALSE;
      default -> null;
    };
  }

  private static Selector all(List<Selector> conditions) {
    return (batch, target) -> {
      RecordBatch rest = batch;
      for (Selector condition : conditions) {
        int count = condition.select(rest, target);
        rest = batch.withSelection(target, count);
        if (count == 0) {
          break;
        }
      }
      return rest.rowCount();
    };
  }

  private static Selector not(Selector condition) {
    return new Selector() {
      private int[] held = new int[0];

      @Override
      public int select(RecordBatch batch, int[] target) {
        held = Rows.room(held, batch.rowCount());
        int count = condition.select(batch, held);
        return Rows.without(batch.selection(), batch.rowCount(), held, count, target);
      }
    };
  }

  private static Selector nulls(Evaluator argument) {
    return (batch, target) -> {
      ColumnVector value = argument.evaluate(batch);
      return value.mayHaveNulls() ? Rows.areNull(value.nulls(), batch.selection(), batch.rowCount(), target) : 0;
    };
  }

  private static Selector notNulls(Evaluator argument) {
    return (batch, target) -> present(argument.evaluate(batch), batch.selection(), batch.rowCount(), target);
  }

  private static int present(ColumnVector value, int[] rows, int count, int[] target) {
    return value.mayHaveNulls() ? Rows.notNull(value.nulls(), rows, count, target) : Rows.copy(rows, count, target);
  }

  private static Selector comparison(Expr.Call call) {
    Expr left = call.args().get(0);
    Expr right = call.args().get(1);
    Selector constant = RangeSelectors.compile(call);
    if (constant == null) {
      constant = TextSelectors.compile(call);
    }
    if (constant != null) {
      return constant;
    }
    Comparisons.PairSelection selection = Comparisons.selection(call.function(), left.type(), right.type());
    Evaluator first = Evaluators.compile(left);
    Evaluator second = Evaluators.compile(right);
    ColumnVector[] args = new ColumnVector[2];
    return (batch, target) -> {
      args[0] = first.evaluate(batch);
      args[1] = second.evaluate(batch);
      int[] rows = batch.selection();
      int count = batch.rowCount();
      for (ColumnVector arg : args) {
        if (arg.mayHaveNulls()) {
          count = Rows.notNull(arg.nulls(), rows, count, target);
          rows = target;
        }
      }
      return selection.select(args, rows, count, target);
    };
  }

  private static Selector ofValues(Expr condition) {
    return where(Evaluators.compile(condition), 1);
  }

  private static Selector where(Evaluator condition, long wanted) {
    return (batch, target) -> {
      LongVector value = (LongVector) condition.evaluate(batch);
      int[] rows = batch.selection();
      int count = batch.rowCount();
      if (value.mayHaveNulls()) {
        count = Rows.notNull(value.nulls(), rows, count, target);
        rows = target;
      }
      long[] values = value.values();
      int kept = 0;
      for (int i = 0; i < count; i++) {
        int row = Rows.at(rows, i);
        target[kept] = row;
        kept += values[row] == wanted ? 1 : 0;
      }
      return kept;
    };
  }
}
