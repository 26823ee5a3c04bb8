package dev.samzabatch.sql;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Folding;
import dev.samzabatch.expr.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/** Calcite's expressions over the columns of one relation as ours, with every conversion of types written out. */
final class Expressions {

  private static final Map<SqlKind, Function> COMPARISONS = Map.of(
      SqlKind.EQUALS, Function.EQUAL, SqlKind.NOT_EQUALS, Function.NOT_EQUAL,
      SqlKind.LESS_THAN, Function.LESS, SqlKind.LESS_THAN_OR_EQUAL, Function.LESS_OR_EQUAL,
      SqlKind.GREATER_THAN, Function.GREATER, SqlKind.GREATER_THAN_OR_EQUAL, Function.GREATER_OR_EQUAL,
      SqlKind.IS_DISTINCT_FROM, Function.IS_DISTINCT, SqlKind.IS_NOT_DISTINCT_FROM, Function.IS_NOT_DISTINCT);

  private static final Map<SqlKind, Function> ARITHMETIC = Map.of(
      SqlKind.PLUS, Function.ADD, SqlKind.MINUS, Function.SUBTRACT, SqlKind.TIMES, Function.MULTIPLY,
      SqlKind.DIVIDE, Function.DIVIDE, SqlKind.MOD, Function.MOD);

  /** What takes its arguments as they are. */
  private static final Map<SqlKind, Function> PLAIN = Map.ofEntries(
      Map.entry(SqlKind.AND, Function.AND), Map.entry(SqlKind.NOT, Function.NOT),
      Map.entry(SqlKind.IS_NULL, Function.IS_NULL), Map.entry(SqlKind.IS_NOT_NULL, Function.IS_NOT_NULL),
      Map.entry(SqlKind.IS_TRUE, Function.IS_TRUE), Map.entry(SqlKind.IS_NOT_TRUE, Function.IS_NOT_TRUE),
      Map.entry(SqlKind.IS_FALSE, Function.IS_FALSE), Map.entry(SqlKind.IS_NOT_FALSE, Function.IS_NOT_FALSE),
      Map.entry(SqlKind.LIKE, Function.LIKE), Map.entry(SqlKind.TRIM, Function.TRIM));

  /** What takes its arguments as they are, but for integers, which become longs. */
  private static final Map<String, Function> BY_NAME = Map.ofEntries(
      Map.entry("UPPER", Function.UPPER), Map.entry("LOWER", Function.LOWER),
      Map.entry("SUBSTRING", Function.SUBSTRING), Map.entry("POSITION", Function.POSITION),
      Map.entry("REPLACE", Function.REPLACE), Map.entry("||", Function.CONCAT),
      Map.entry("CHAR_LENGTH", Function.CHAR_LENGTH), Map.entry("CHARACTER_LENGTH", Function.CHAR_LENGTH),
      Map.entry("LENGTH", Function.CHAR_LENGTH), Map.entry("WINDOW_START", Function.WINDOW_START),
      Map.entry("UNIX_MILLIS", Function.UNIX_MILLIS),
      Map.entry("TIMESTAMP_MILLIS", Function.TIMESTAMP_MILLIS), Map.entry("CARDINALITY", Function.CARDINALITY),
      Map.entry("IS UNKNOWN", Function.IS_NULL), Map.entry("IS NOT UNKNOWN", Function.IS_NOT_NULL));

  private final Schema input;
  private final TimeExpressions time = new TimeExpressions(this);

  Expressions(Schema input) {
    this.input = input;
  }

  /**
   * Our expression.
   *
   * @throws UnsupportedSqlException when there is none
   */
  Expr convert(RexNode node) {
    if (node instanceof RexInputRef column) {
      Field field = input.field(column.getIndex());
      return new Expr.Column(column.getIndex(), field.name(), field.type(), field.nullable());
    } else if (node instanceof RexLiteral literal) {
      return Literals.convert(literal);
    } else if (node instanceof RexSubQuery query) {
      throw SubQueries.unsupported(query);
    } else if (node instanceof RexOver) {
      throw new UnsupportedSqlException("a window function (OVER)", "group in one step and join in the next");
    } else if (node instanceof RexFieldAccess access) {
      Expr row = convert(access.getReferenceExpr());
      Expr index = new Expr.Literal(ScalarType.INT, access.getField().getIndex());
      return call(Function.FIELD, node, row, index);
    } else if (node instanceof RexCall call) {
      return convertCall(call);
    }
    throw new UnsupportedSqlException(node.toString(), "");
  }

  List<Expr> convertAll(List<? extends RexNode> nodes) {
    List<Expr> exprs = new ArrayList<>();
    for (RexNode node : nodes) {
      exprs.add(convert(node));
    }
    return exprs;
  }

  private Expr convertCall(RexCall call) {
    SqlKind kind = call.getKind();
    if (TimeExpressions.handles(call)) {
      return time.convert(call);
    } else if (COMPARISONS.containsKey(kind)) {
      return compare(call, COMPARISONS.get(kind));
    } else if (ARITHMETIC.containsKey(kind)) {
      return arithmetic(call, ARITHMETIC.get(kind));
    } else if (PLAIN.containsKey(kind)) {
      return call(PLAIN.get(kind), call, convertAll(call.getOperands()));
    }
    return switch (kind) {
      case OR -> InLists.or(convertAll(call.getOperands()), call.getType().isNullable());
      case CASE -> caseOf(call);
      case COALESCE -> call(Function.COALESCE, call, castAll(call, type(call)));
      case CAST -> cast(convert(call.operands.get(0)), type(call));
      case MINUS_PREFIX -> call(Function.NEGATE, call, castAll(call, type(call)));
      case PLUS_PREFIX -> convert(call.operands.get(0));
      case FLOOR -> call(Function.FLOOR, call, convertAll(call.getOperands()));
      case CEIL -> call(Function.CEIL, call, convertAll(call.getOperands()));
      case ITEM -> item(call);
      default -> byName(call);
    };
  }

  private static Expr cast(Expr value, DataType type) {
    Expr cast = Casts.to(value, type);
    if (value instanceof Expr.Literal constant && Folding.fold(cast) instanceof Expr.Call) {
      throw new WrongConstantException(constant, type);
    }
    return cast;
  }

  private Expr byName(RexCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (name.equals("ABS")) {
      return call(Function.ABS, call, castAll(call, type(call)));
    } else if (name.equals("ROUND")) {
      List<Expr> args = longs(convertAll(call.getOperands()), 1);
      return call(Function.ROUND, call, args);
    }
    Function function = BY_NAME.get(name);
    if (function == null) {
      throw new UnsupportedSqlException(name.toLowerCase(Locale.ROOT), "");
    }
    return call(function, call, longs(convertAll(call.getOperands()), 0));
  }

  /** The arguments from index {@code from} on, with integers as longs. */
  static List<Expr> longs(List<Expr> args, int from) {
    List<Expr> wide = new ArrayList<>(args);
    for (int i = from; i < wide.size(); i++) {
      if (wide.get(i).type() == ScalarType.INT || wide.get(i).type() instanceof DecimalType) {
        wide.set(i, Casts.to(wide.get(i), ScalarType.LONG));
      }
    }
    return wide;
  }

  private Expr compare(RexCall call, Function function) {
    Expr left = convert(call.operands.get(0));
    Expr right = convert(call.operands.get(1));
    DataType common = Casts.common(left.type(), right.type());
    return call(function, call, Casts.to(left, common), Casts.to(right, common));
  }

  private Expr arithmetic(RexCall call, Function function) {
    DataType result = type(call);
    List<Expr> args = new ArrayList<>();
    for (Expr arg : convertAll(call.getOperands())) {
      args.add(Casts.to(arg, result instanceof DecimalType ? Casts.decimal(arg.type()) : result));
    }
    return call(function, call, args);
  }

  private Expr caseOf(RexCall call) {
    List<Expr> args = convertAll(call.getOperands());
    for (int i = 1; i < args.size(); i += 2) {
      args.set(i, Casts.to(args.get(i), type(call)));
    }
    args.set(args.size() - 1, Casts.to(args.get(args.size() - 1), type(call)));
    return call(Function.CASE, call, args);
  }

  private Expr item(RexCall call) {
    List<Expr> args = convertAll(call.getOperands());
    if (args.get(0).type() instanceof MapType map) {
      args.set(1, Casts.to(args.get(1), map.key()));
      return call(Function.ITEM, call, args);
    }
    return call(Function.ITEM, call, longs(args, 1));
  }

  private List<Expr> castAll(RexCall call, DataType type) {
    return convertAll(call.getOperands()).stream().map(arg -> Casts.to(arg, type)).toList();
  }

  static DataType type(RexNode node) {
    return TypeFactory.dataType(node.getType());
  }

  static Expr call(Function function, RexNode node, Expr... args) {
    return call(function, node, List.of(args));
  }

  static Expr call(Function function, RexNode node, List<Expr> args) {
    return new Expr.Call(function, args, type(node), node.getType().isNullable());
  }
}
