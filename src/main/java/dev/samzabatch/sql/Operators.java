package dev.samzabatch.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlNameMatcher;

/**
 * Every operator and function that SQL text may use; the validator refuses all others. Where the standard's type or
 * rewriting does not suit us, an own operator of the same name stands here, and the validator puts it in.
 */
final class Operators implements SqlOperatorTable {

  /** As the standard's, but for doubles too, and as wide as the wider argument, so that nothing has to be narrowed. */
  static final SqlFunction MOD = SqlBasicFunction.create("MOD", SqlKind.MOD, ReturnTypes.LEAST_RESTRICTIVE,
      OperandTypes.NUMERIC_NUMERIC);

  static final SqlBinaryOperator PERCENT = new SqlBinaryOperator("%", SqlKind.MOD, 60, true,
      ReturnTypes.LEAST_RESTRICTIVE, InferTypes.FIRST_KNOWN, OperandTypes.NUMERIC_NUMERIC);

  static final SqlFunction LENGTH = SqlStdOperatorTable.CHAR_LENGTH.withName("LENGTH");

  /** Stays a call instead of becoming a CASE that computes every argument twice. */
  static final SqlFunction COALESCE = new CoalesceFunction();

  /** As the standard's, but a BIGINT. */
  static final SqlFunction TIMESTAMP_DIFF = SqlBasicFunction.create("TIMESTAMPDIFF", SqlKind.TIMESTAMP_DIFF,
      ReturnTypes.BIGINT_NULLABLE,
      OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME));

  static final SqlFunction UNIX_MILLIS = SqlBasicFunction.create("UNIX_MILLIS", ReturnTypes.BIGINT_NULLABLE,
      OperandTypes.TIMESTAMP, SqlFunctionCategory.TIMEDATE);

  static final SqlFunction TIMESTAMP_MILLIS = SqlBasicFunction.create("TIMESTAMP_MILLIS",
      ReturnTypes.TIMESTAMP_NULLABLE, OperandTypes.INTEGER, SqlFunctionCategory.TIMEDATE);

  /** Of a timestamp and a number of microseconds; the window verb is written with it. */
  static final SqlFunction WINDOW_START = SqlBasicFunction.create("WINDOW_START", ReturnTypes.ARG0_NULLABLE,
      OperandTypes.family(SqlTypeFamily.TIMESTAMP, SqlTypeFamily.EXACT_NUMERIC), SqlFunctionCategory.TIMEDATE);

  private static final Operators TABLE = new Operators();

  private final Map<String, List<SqlOperator>> byName = new HashMap<>();

  private Operators() {
    add(SqlStdOperatorTable.PLUS, SqlStdOperatorTable.MINUS, SqlStdOperatorTable.MULTIPLY, SqlStdOperatorTable.DIVIDE,
        SqlStdOperatorTable.UNARY_MINUS, SqlStdOperatorTable.UNARY_PLUS, PERCENT, SqlStdOperatorTable.CONCAT);
    add(SqlStdOperatorTable.EQUALS, SqlStdOperatorTable.NOT_EQUALS, SqlStdOperatorTable.LESS_THAN,
        SqlStdOperatorTable.LESS_THAN_OR_EQUAL, SqlStdOperatorTable.GREATER_THAN,
        SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, SqlStdOperatorTable.IN, SqlStdOperatorTable.NOT_IN,
        SqlStdOperatorTable.BETWEEN, SqlStdOperatorTable.NOT_BETWEEN, SqlStdOperatorTable.LIKE,
        SqlStdOperatorTable.NOT_LIKE, SqlStdOperatorTable.EXISTS);
    add(SqlStdOperatorTable.AND, SqlStdOperatorTable.OR, SqlStdOperatorTable.NOT, SqlStdOperatorTable.IS_NULL,
        SqlStdOperatorTable.IS_NOT_NULL, SqlStdOperatorTable.IS_TRUE, SqlStdOperatorTable.IS_NOT_TRUE,
        SqlStdOperatorTable.IS_FALSE, SqlStdOperatorTable.IS_NOT_FALSE, SqlStdOperatorTable.IS_UNKNOWN,
        SqlStdOperatorTable.IS_NOT_UNKNOWN, SqlStdOperatorTable.IS_DISTINCT_FROM,
        SqlStdOperatorTable.IS_NOT_DISTINCT_FROM);
    add(SqlStdOperatorTable.CASE, SqlStdOperatorTable.CAST, COALESCE, SqlStdOperatorTable.NULLIF,
        SqlStdOperatorTable.ROW, SqlStdOperatorTable.ITEM, SqlStdOperatorTable.CARDINALITY, SqlStdOperatorTable.DOT);
    add(SqlStdOperatorTable.COUNT, SqlStdOperatorTable.SUM, SqlStdOperatorTable.MIN, SqlStdOperatorTable.MAX,
        SqlStdOperatorTable.AVG, SqlStdOperatorTable.FILTER);
    add(SqlStdOperatorTable.UPPER, SqlStdOperatorTable.LOWER, SqlStdOperatorTable.TRIM,
        SqlStdOperatorTable.SUBSTRING, SqlStdOperatorTable.POSITION, SqlStdOperatorTable.REPLACE,
        SqlStdOperatorTable.CHAR_LENGTH, SqlStdOperatorTable.CHARACTER_LENGTH, LENGTH);
    add(MOD, SqlStdOperatorTable.ABS, SqlStdOperatorTable.FLOOR, SqlStdOperatorTable.CEIL, SqlStdOperatorTable.ROUND);
    add(SqlStdOperatorTable.EXTRACT, SqlStdOperatorTable.YEAR, SqlStdOperatorTable.QUARTER, SqlStdOperatorTable.MONTH,
        SqlStdOperatorTable.WEEK, SqlStdOperatorTable.DAYOFYEAR, SqlStdOperatorTable.DAYOFMONTH,
        SqlStdOperatorTable.DAYOFWEEK, SqlStdOperatorTable.HOUR, SqlStdOperatorTable.MINUTE,
        SqlStdOperatorTable.SECOND, SqlStdOperatorTable.TIMESTAMP_ADD, TIMESTAMP_DIFF, WINDOW_START, UNIX_MILLIS,
        TIMESTAMP_MILLIS,
        SqlStdOperatorTable.MINUS_DATE, SqlStdOperatorTable.DATETIME_PLUS);
    add(SqlStdOperatorTable.UNION, SqlStdOperatorTable.UNION_ALL, SqlStdOperatorTable.EXPLICIT_TABLE,
        SqlStdOperatorTable.DESC, SqlStdOperatorTable.NULLS_FIRST, SqlStdOperatorTable.NULLS_LAST,
        SqlStdOperatorTable.AS);
  }

  private void add(SqlOperator... operators) {
    for (SqlOperator operator : operators) {
      byName.computeIfAbsent(key(operator.getName()), name -> new ArrayList<>()).add(operator);
    }
  }

  static Operators table() {
    return TABLE;
  }

  /** The names of all functions, for suggestions. */
  Set<String> functionNames() {
    Set<String> names = new TreeSet<>();
    byName.values().forEach(operators -> operators.stream()
        .filter(operator -> operator instanceof SqlFunction)
        .forEach(operator -> names.add(operator.getName().toLowerCase(Locale.ROOT))));
    return names;
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher matcher) {
    if (name.isSimple()) {
      for (SqlOperator operator : byName.getOrDefault(key(name.getSimple()), List.of())) {
        if (family(operator.getSyntax()) == family(syntax)) {
          found.add(operator);
        }
      }
    }
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return byName.values().stream().flatMap(List::stream).toList();
  }

  private static SqlSyntax family(SqlSyntax syntax) {
    return syntax == SqlSyntax.FUNCTION_STAR || syntax == SqlSyntax.FUNCTION_ID ? SqlSyntax.FUNCTION : syntax.family;
  }

  private static String key(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  /** Its result is null only if all arguments may be. */
  private static final class CoalesceFunction extends SqlFunction {
    CoalesceFunction() {
      super("COALESCE", SqlKind.COALESCE,
          ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.LEAST_NULLABLE),
          null, OperandTypes.SAME_VARIADIC, SqlFunctionCategory.SYSTEM);
    }
  }
}
