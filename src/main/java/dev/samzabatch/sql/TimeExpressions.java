package dev.samzabatch.sql;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import dev.samzabatch.expr.TimeUnit;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Functions of dates and times, and sums of them with intervals. */
final class TimeExpressions {

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private final Expressions expressions;

  TimeExpressions(Expressions expressions) {
    this.expressions = expressions;
  }

  static boolean handles(RexCall call) {
    return switch (call.getKind()) {
      case EXTRACT, TIMESTAMP_ADD, TIMESTAMP_DIFF -> true;
      case FLOOR, CEIL -> call.getOperands().size() == 2;
      case PLUS, MINUS, TIMES, DIVIDE, MINUS_PREFIX ->
          SqlTypeUtil.isDatetime(call.getType()) || SqlTypeUtil.isInterval(call.getType());
      default -> false;
    };
  }

  Expr convert(RexCall call) {
    List<RexNode> operands = call.getOperands();
    return switch (call.getKind()) {
      case EXTRACT -> Expressions.call(Function.EXTRACT, call, unit(operands.get(0)), value(operands.get(1)));
      case FLOOR -> Expressions.call(Function.FLOOR_TIME, call, value(operands.get(0)), unit(operands.get(1)));
      case CEIL -> Expressions.call(Function.CEIL_TIME, call, value(operands.get(0)), unit(operands.get(1)));
      case TIMESTAMP_ADD -> add(call, unit(operands.get(0)), count(operands.get(1)), operands.get(2));
      case TIMESTAMP_DIFF -> difference(call);
      default -> plusInterval(call);
    };
  }

  private Expr value(RexNode node) {
    return expressions.convert(node);
  }

  private Expr count(RexNode node) {
    return Casts.to(value(node), ScalarType.LONG);
  }

  private Expr add(RexCall call, Expr unit, Expr count, RexNode value) {
    return Expressions.call(Function.TIMESTAMP_ADD, call, unit, count,
        Casts.to(value(value), Expressions.type(call)));
  }

  private Expr difference(RexCall call) {
    Expr from = value(call.getOperands().get(1));
    Expr to = value(call.getOperands().get(2));
    DataType common = Casts.common(from.type(), to.type());
    DataType type = common == ScalarType.TIME ? common : ScalarType.TIMESTAMP;
    return Expressions.call(Function.TIMESTAMP_DIFF, call, unit(call.getOperands().get(0)),
        Casts.to(from, type), Casts.to(to, type));
  }

  /** {@code time + interval}, {@code interval + time} or {@code time - interval}. */
  private Expr plusInterval(RexCall call) {
    if (!SqlTypeUtil.isDatetime(call.getType())) {
      throw new UnsupportedSqlException("a value that is an interval", "for the time between two moments write "
          + "timestampdiff(second, from, to)");
    }
    boolean intervalFirst = SqlTypeUtil.isInterval(call.getOperands().get(0).getType());
    RexNode time = call.getOperands().get(intervalFirst ? 1 : 0);
    RexNode interval = call.getOperands().get(intervalFirst ? 0 : 1);
    boolean months = SqlTypeName.YEAR_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName());
    boolean toDate = call.getType().getSqlTypeName() == SqlTypeName.DATE;
    TimeUnit unit = months ? TimeUnit.MONTH : toDate ? TimeUnit.DAY : TimeUnit.MILLISECOND;
    Expr count = amount(interval, unit == TimeUnit.DAY ? MILLIS_PER_DAY : 1);
    if (call.getKind() == SqlKind.MINUS) {
      count = negated(count);
    }
    return add(call, new Expr.Literal(ScalarType.STRING, unit.name()), count, time);
  }

  /** How many times {@code divisor} months or milliseconds an interval is, as a long. */
  private Expr amount(RexNode interval, long divisor) {
    if (interval instanceof RexLiteral literal) {
      BigDecimal[] amount = literal.getValueAs(BigDecimal.class).divideAndRemainder(BigDecimal.valueOf(divisor));
      if (amount[1].signum() != 0) {
        throw new UnsupportedSqlException("a part of a day added to a date", "cast the date to timestamp first");
      }
      return new Expr.Literal(ScalarType.LONG, amount[0].longValueExact());
    } else if (interval instanceof RexCall call && call.getKind() == SqlKind.MINUS_PREFIX) {
      return negated(amount(call.getOperands().get(0), divisor));
    } else if (interval instanceof RexCall call && call.getKind() == SqlKind.TIMES) {
      boolean first = SqlTypeUtil.isInterval(call.getOperands().get(0).getType());
      Expr length = amount(call.getOperands().get(first ? 0 : 1), divisor);
      Expr times = count(call.getOperands().get(first ? 1 : 0));
      return new Expr.Call(Function.MULTIPLY, List.of(length, times), ScalarType.LONG, times.nullable());
    }
    throw new UnsupportedSqlException("a computed interval", "write timestampadd(unit, count, time)");
  }

  private static Expr negated(Expr count) {
    return count instanceof Expr.Literal literal && literal.value() instanceof Long value
        ? new Expr.Literal(ScalarType.LONG, Math.negateExact(value))
        : new Expr.Call(Function.NEGATE, List.of(count), ScalarType.LONG, count.nullable());
  }

  private static Expr unit(RexNode flag) {
    return Literals.convert((RexLiteral) flag);
  }

  /**
   * The name of our unit.
   *
   * @throws UnsupportedSqlException when there is none
   */
  static String unit(TimeUnitRange range) {
    String name = range.name();
    if (Arrays.stream(TimeUnit.values()).noneMatch(unit -> unit.name().equals(name))) {
      throw new UnsupportedSqlException("the unit " + name.toLowerCase(Locale.ROOT),
          "units are microsecond to year, and for extract dow, isodow, doy and epoch");
    }
    return name;
  }
}
