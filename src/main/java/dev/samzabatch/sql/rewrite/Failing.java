package dev.samzabatch.sql.rewrite;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import java.util.EnumSet;
import java.util.Set;

/** Tells which expressions may have no answer for a row, as a division by zero, an overflow or a cast. */
final class Failing {

  private static final Set<Function> NEVER = EnumSet.of(Function.EQUAL, Function.NOT_EQUAL, Function.LESS,
      Function.LESS_OR_EQUAL, Function.GREATER, Function.GREATER_OR_EQUAL, Function.AND, Function.OR, Function.NOT,
      Function.IS_NULL, Function.IS_NOT_NULL, Function.IS_TRUE, Function.IS_NOT_TRUE, Function.IS_FALSE,
      Function.IS_NOT_FALSE, Function.IS_NOT_DISTINCT, Function.IS_DISTINCT, Function.IN, Function.CASE,
      Function.COALESCE, Function.UPPER, Function.LOWER, Function.POSITION, Function.REPLACE, Function.CONCAT,
      Function.CHAR_LENGTH, Function.EXTRACT, Function.UNIX_MILLIS, Function.FIELD, Function.CARDINALITY);

  private Failing() {}

  static boolean mayFail(Expr expr) {
    return expr instanceof Expr.Call call
        && (!NEVER.contains(call.function()) && !isWidening(call)
            || call.args().stream().anyMatch(Failing::mayFail));
  }

  private static boolean isWidening(Expr.Call call) {
    if (call.function() != Function.CAST) {
      return false;
    }
    DataType from = call.args().get(0).type();
    DataType to = call.type();
    return to == ScalarType.STRING || to == ScalarType.DOUBLE && from != ScalarType.STRING
        || from == ScalarType.INT && to == ScalarType.LONG || from == ScalarType.DATE && to == ScalarType.TIMESTAMP;
  }
}
