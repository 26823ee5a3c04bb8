package dev.samzabatch.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every function over edge values, against DuckDB: the results as text, or that there is none. Where we differ on
 * purpose:
 *
 * <ul>
 * <li>x / 0 and x % 0 of doubles are infinite or NaN as IEEE 754 has it; DuckDB fails.
 * <li>The smallest integer % -1 is 0; DuckDB fails.
 * <li>Decimals divide to decimals; in DuckDB to a double.
 * <li>int and long are not read from hexadecimal, binary or with underscores ({@code 0x10}, {@code 1_000}).
 * <li>Booleans are read with blanks around them.
 * <li>A timestamp's offset ({@code +02}) is taken off when it is read; DuckDB drops it. The hour 24 does not exist.
 * <li>A double too large for the digits before 2^53 becomes a decimal exactly; DuckDB multiplies it by a power of ten.
 * <li>substring from a position below 1 counts the places before the text, as the SQL standard has it; in DuckDB
 * negative positions count from the end, and a negative length is not an error.
 * <li>upper and lower may change the number of characters ({@code ß} to {@code SS}).
 * <li>extract(dow) is 1 to 7 from Sunday, in DuckDB 0 to 6; extract(epoch) is whole seconds.
 * <li>There are no infinite dates and timestamps.
 * <li>Milliseconds since 1970 are rounded down; DuckDB's epoch_ms truncates. The text of NaN has no sign.
 * <li>sum of longs must fit a long; in DuckDB it is a hugeint. Sums of doubles are compensated.
 * <li>min and max order -0.0 below 0.0; in DuckDB the first one met stays.
 * </ul>
 */
class DuckDbTest {

  private static final DataType SHORT = new DecimalType(10, 2);
  private static final DataType WIDE = new DecimalType(30, 4);
  private static final Map<DataType, List<String>> EDGES = new LinkedHashMap<>();
  private static final Map<DataType, String> NAMES = new LinkedHashMap<>();

  static {
    edges(ScalarType.BOOLEAN, "boolean", "true", "false");
    edges(ScalarType.INT, "integer", "0", "1", "-1", "7", "-3", "2147483647", "-2147483648");
    edges(ScalarType.LONG, "bigint", "0", "1", "-1", "7", "-3", "3000000000", "9223372036854775807",
        "-9223372036854775808",
        "9007199254740993");
    edges(ScalarType.FLOAT, "float", "0.0", "-0.0", "1.5", "-2.5", "0.1", "16777216", "3.4e38", "1e-45", "nan", "inf",
        "-inf");
    edges(ScalarType.DOUBLE, "double", "0.0", "-0.0", "0.5", "1.5", "2.5", "-2.5", "0.1", "1e15", "1e16", "123456.789",
        "9007199254740993", "1e300", "5e-324", "1e-5", "0.0001", "2147483647.5", "nan", "inf", "-inf", "1.005");
    edges(SHORT, "decimal(10,2)", "0.00", "0.01", "-0.01", "1.50", "-2.50", "99999999.99", "-99999999.99", "12345.67");
    edges(WIDE, "decimal(30,4)", "0.0000", "0.0001", "-0.0050", "2.5000", "-2.5000",
        "99999999999999999999999999.9999", "-99999999999999999999999999.9999", "9223372036854775807.5000");
    edges(ScalarType.STRING, "varchar", "", "a", "A", "abc", "b", "é", "日本", "😀", "\uFFFD", "12", " 12 ", "-7", "+5",
        "2.5", "-2.5",
        "1e3", "1e400", ".5", "1.", "abc ", "nan", "-inf", "Infinity", "true", "T", "no", "on", "2147483648", "0.005",
        "99999999.995", "2024-02-29", "2023-02-29", "2024-1-2", "2024/01/02", "2024/01/02 03:04",
        "2024-01-02T03:04:05.123",
        "2024-01-02 03:04:05.1234567", "2024-01-02 03:04:05Z", "0001-01-01", "12024-03-15", "01:02", "1:2:3",
        "23:59:59.999999",
        "23:59:60", "01:60", "e5", "--1", "1e", "-");
    edges(ScalarType.DATE, "date", "1970-01-01", "1969-12-31", "2024-02-29", "2023-12-31", "0001-01-01", "9999-12-31",
        "2021-01-03", "12024-03-15");
    edges(ScalarType.TIME, "time", "00:00:00", "23:59:59.999999", "12:34:56.5", "01:02:03");
    edges(ScalarType.TIMESTAMP, "timestamp", "1970-01-01 00:00:00", "1969-12-31 23:59:59.999999",
        "2024-02-29 12:34:56.5",
        "2023-12-31 23:00:00", "0001-01-01 00:00:00", "2021-01-31 10:00:00", "2021-02-28 09:59:59",
        "9999-12-31 23:59:59");
  }

  private static Connection connection;

  private static void edges(DataType type, String name, String... texts) {
    EDGES.put(type, List.of(texts));
    NAMES.put(type, name);
  }

  @BeforeAll
  static void open() throws SQLException {
    connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  /** DuckDB's results of an expression over a and b, as text, for all pairs of edge values; null where it fails. */
  private static List<String> theirs(String sql, DataType left, DataType right) throws SQLException {
    String from = " from " + values(left, "l(a, i)") + ", " + values(right, "r(b, j)") + " order by i, j";
    List<String> results = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select cast(try(" + sql + ") as varchar)" + from)) {
      while (rows.next()) {
        results.add(rows.getString(1));
      }
    }
    return results;
  }

  private static String values(DataType type, String alias) {
    List<String> rows = new ArrayList<>();
    for (String text : EDGES.get(type)) {
      rows.add("(cast('" + text + "' as " + NAMES.get(type) + "), " + rows.size() + ")");
    }
    return "(values " + String.join(", ", rows) + ") as " + alias;
  }

  /** Our results for the same pairs; each in a batch of its own. */
  private static List<String> ours(Expr expr, DataType left, DataType right) {
    Evaluator evaluator = Evaluators.compile(call(Function.CAST, ScalarType.STRING, expr));
    Schema schema = Schema.of(Field.optional("a", left), Field.optional("b", right));
    List<String> results = new ArrayList<>();
    for (String a : EDGES.get(left)) {
      for (String b : EDGES.get(right)) {
        RecordBatch batch = RecordBatch.of(schema, new ColumnVector[] {parsed(left, a), parsed(right, b)}, 1);
        results.add(result(evaluator, batch));
      }
    }
    return results;
  }

  private static ColumnVector parsed(DataType type, String text) {
    Expr expr = call(Function.CAST, type, new Expr.Literal(ScalarType.STRING, text));
    return Evaluators.compile(expr).evaluate(RecordBatches.oneRow());
  }

  private static String result(Evaluator evaluator, RecordBatch batch) {
    try {
      return (String) Values.get(ScalarType.STRING, evaluator.evaluate(batch), 0);
    } catch (EvaluationException e) {
      return null;
    }
  }

  private static Expr call(Function function, DataType type, Expr... args) {
    return new Expr.Call(function, List.of(args), type, true);
  }

  private static Expr a(DataType type) {
    return new Expr.Column(0, "a", type, true);
  }

  private static Expr b(DataType type) {
    return new Expr.Column(1, "b", type, true);
  }

  private static Expr text(String value) {
    return new Expr.Literal(ScalarType.STRING, value);
  }

  private static Expr number(long value) {
    return new Expr.Literal(ScalarType.LONG, value);
  }

  private static void agree(Expr expr, String sql, DataType left, DataType right) throws SQLException {
    List<String> ours = ours(expr, left, right);
    List<String> theirs = theirs(sql, left, right);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < theirs.size(); i++) {
      boolean bothNan = "nan".equals(ours.get(i)) && "-nan".equals(theirs.get(i));
      if (!bothNan && !Objects.equals(ours.get(i), theirs.get(i))) {
        int columns = EDGES.get(right).size();
        differences.add("a=" + EDGES.get(left).get(i / columns) + " b=" + EDGES.get(right).get(i % columns) + ": ours "
            + ours.get(i) + ", theirs " + theirs.get(i));
      }
    }
    assertThat(differences).as("%s", sql).isEmpty();
  }

  private static void agree(Expr expr, String sql, DataType type) throws SQLException {
    agree(expr, sql, type, ScalarType.BOOLEAN);
  }

  @Test
  void comparisons() throws SQLException {
    Map<Function, String> operators =
        Map.of(Function.EQUAL, "=", Function.NOT_EQUAL, "<>", Function.LESS, "<", Function.LESS_OR_EQUAL, "<=",
            Function.GREATER, ">", Function.GREATER_OR_EQUAL, ">=");
    for (DataType type : EDGES.keySet()) {
      for (Map.Entry<Function, String> operator : operators.entrySet()) {
        Expr expr = call(operator.getKey(), ScalarType.BOOLEAN, a(type), b(type));
        agree(expr, "a " + operator.getValue() + " b", type, type);
      }
    }
  }

  @Test
  void arithmetic() throws SQLException {
    for (DataType type : List.of(ScalarType.INT, ScalarType.LONG, ScalarType.FLOAT, ScalarType.DOUBLE)) {
      agree(call(Function.ADD, type, a(type), b(type)), "a + b", type, type);
      agree(call(Function.SUBTRACT, type, a(type), b(type)), "a - b", type, type);
      agree(call(Function.MULTIPLY, type, a(type), b(type)), "a * b", type, type);
    }
    for (DataType type : List.of(ScalarType.INT, ScalarType.LONG)) {
      agree(call(Function.DIVIDE, type, a(type), b(type)), "a // b", type, type);
      agree(call(Function.MOD, type, a(type), b(type)), "case when b = -1 then 0 else a % b end", type, type);
    }
    agree(call(Function.ADD, new DecimalType(11, 2), a(SHORT), b(SHORT)), "a + b", SHORT, SHORT);
    agree(call(Function.SUBTRACT, new DecimalType(11, 2), a(SHORT), b(SHORT)), "a - b", SHORT, SHORT);
    agree(call(Function.MULTIPLY, new DecimalType(20, 4), a(SHORT), b(SHORT)), "a::decimal(20,2) * b", SHORT, SHORT);
    agree(call(Function.ADD, new DecimalType(31, 4), a(WIDE), b(SHORT)), "a + b", WIDE, SHORT);
    agree(call(Function.SUBTRACT, new DecimalType(31, 4), a(WIDE), b(WIDE)), "a - b", WIDE, WIDE);
    agree(call(Function.MOD, SHORT, a(SHORT), b(SHORT)), "a % b", SHORT, SHORT);
  }

  @Test
  void numbers() throws SQLException {
    for (DataType type : List.of(ScalarType.INT, ScalarType.LONG, ScalarType.FLOAT, ScalarType.DOUBLE, SHORT, WIDE)) {
      agree(call(Function.ABS, type, a(type)), "abs(a)", type);
    }
    for (DataType type : List.of(ScalarType.FLOAT, ScalarType.DOUBLE, SHORT, WIDE)) {
      agree(call(Function.NEGATE, type, a(type)), "-a", type);
    }
    for (DataType type : List.of(ScalarType.FLOAT, ScalarType.DOUBLE)) {
      agree(call(Function.FLOOR, type, a(type)), "floor(a)", type);
      agree(call(Function.CEIL, type, a(type)), "ceil(a)", type);
    }
    agree(call(Function.FLOOR, new DecimalType(10, 0), a(SHORT)), "floor(a)", SHORT);
    agree(call(Function.CEIL, new DecimalType(30, 0), a(WIDE)), "ceil(a)", WIDE);
    for (int digits : new int[] {-2, -1, 0, 1, 2, 5}) {
      Expr count = number(digits);
      agree(call(Function.ROUND, ScalarType.DOUBLE, a(ScalarType.DOUBLE), count), "round(a, " + digits + ")",
          ScalarType.DOUBLE);
    }
    agree(call(Function.ROUND, new DecimalType(10, 1), a(SHORT), number(1)), "round(a, 1)", SHORT);
  }

  @Test
  void casts() throws SQLException {
    for (DataType from : EDGES.keySet()) {
      for (DataType to : EDGES.keySet()) {
        if (Casts.exists(from, to)) {
          String cast = "cast(a as " + NAMES.get(to) + ")";
          boolean mayBeInfinite = from == ScalarType.STRING && (to == ScalarType.DATE || to == ScalarType.TIMESTAMP);
          String finite = "nullif(nullif(try_" + cast + ", 'infinity'), '-infinity')";
          agree(call(Function.CAST, to, a(from)), mayBeInfinite ? finite : cast, from);
        }
      }
    }
  }

  @Test
  void strings() throws SQLException {
    DataType type = ScalarType.STRING;
    agree(call(Function.UPPER, type, a(type)), "upper(a)", type);
    agree(call(Function.LOWER, type, a(type)), "lower(a)", type);
    agree(call(Function.TRIM, type, text("BOTH"), text(" 1-"), a(type)), "trim(a, ' 1-')", type);
    agree(call(Function.TRIM, type, text("LEADING"), text("日a"), a(type)), "ltrim(a, '日a')", type);
    agree(call(Function.TRIM, type, text("TRAILING"), text("2本"), a(type)), "rtrim(a, '2本')", type);
    agree(call(Function.CHAR_LENGTH, ScalarType.INT, a(type)), "length(a)", type);
    agree(call(Function.CONCAT, type, a(type), b(type)), "a || b", type, type);
    agree(call(Function.POSITION, ScalarType.INT, a(type), b(type)), "position(a in b)", type, type);
    agree(call(Function.REPLACE, type, a(type), b(type), text("xy")), "replace(a, b, 'xy')", type, type);
    agree(call(Function.SUBSTRING, type, a(type), number(2)), "substring(a, 2)", type);
    agree(call(Function.SUBSTRING, type, a(type), number(1), number(2)), "substring(a, 1, 2)", type);
    agree(call(Function.SUBSTRING, type, a(type), number(0), number(2)), "substring(a, 0, 2)", type);
    agree(call(Function.LIKE, ScalarType.BOOLEAN, a(type), b(type)), "a like b", type, type);
    for (String pattern : List.of("%", "_", "__", "a%", "%c", "%-%", "_0%", "%_", "2024_%2%", "%日%", "%\\%", "")) {
      agree(call(Function.LIKE, ScalarType.BOOLEAN, a(type), text(pattern)), "a like '" + pattern + "'", type);
    }
  }

  @Test
  void times() throws SQLException {
    for (DataType type : List.of(ScalarType.DATE, ScalarType.TIMESTAMP)) {
      for (TimeUnit unit : TimeUnit.values()) {
        boolean inDate = unit.compareTo(TimeUnit.DAY) >= 0;
        if (unit != TimeUnit.DOW && unit != TimeUnit.EPOCH && (inDate || type == ScalarType.TIMESTAMP)) {
          agree(call(Function.EXTRACT, ScalarType.LONG, text(unit.name()), a(type)), "extract(" + unit + " from a)",
              type);
        }
      }
      for (TimeUnit unit : List.of(TimeUnit.DAY, TimeUnit.WEEK, TimeUnit.MONTH, TimeUnit.QUARTER, TimeUnit.YEAR)) {
        String name = NAMES.get(type);
        agree(call(Function.FLOOR_TIME, type, a(type), text(unit.name())), "date_trunc('" + unit + "', a)::" + name,
            type);
        agree(call(Function.TIMESTAMP_ADD, type, text(unit.name()), number(13), a(type)),
            "(a + interval 13 " + unit + ")::" + name, type);
        agree(call(Function.TIMESTAMP_DIFF, ScalarType.LONG, text(unit.name()), a(type), b(type)),
            "date_sub('" + unit + "', a, b)", type, type);
      }
    }
    DataType type = ScalarType.TIMESTAMP;
    for (TimeUnit unit : List.of(TimeUnit.MILLISECOND, TimeUnit.SECOND, TimeUnit.MINUTE, TimeUnit.HOUR)) {
      agree(call(Function.FLOOR_TIME, type, a(type), text(unit.name())), "date_trunc('" + unit + "', a)", type);
      agree(call(Function.TIMESTAMP_DIFF, ScalarType.LONG, text(unit.name()), a(type), b(type)),
          "date_sub('" + unit + "', a, b)", type, type);
    }
    agree(call(Function.UNIX_MILLIS, ScalarType.LONG, a(type)),
        "(epoch_us(a) - (epoch_us(a) % 1000 + 1000) % 1000) // 1000", type);
    agree(call(Function.EXTRACT, ScalarType.LONG, text("EPOCH"), a(type)), "floor(epoch(a))::bigint", type);
  }

  @Test
  void aggregates() throws SQLException {
    for (DataType type : EDGES.keySet()) {
      compareAggregate(AggregateFunction.COUNT, "count(a)", type, ScalarType.LONG);
      if (type.layout() != DataType.Layout.DOUBLE) {
        compareAggregate(AggregateFunction.MIN, "min(a)", type, type);
        compareAggregate(AggregateFunction.MAX, "max(a)", type, type);
      }
    }
    compareAggregate(AggregateFunction.MAX, "max(a)", ScalarType.DOUBLE, ScalarType.DOUBLE);
    compareAggregate(AggregateFunction.MIN, "min(a)", ScalarType.FLOAT, ScalarType.FLOAT);
    for (DataType type : List.of(ScalarType.INT, ScalarType.LONG, SHORT, WIDE)) {
      DataType sum = type instanceof DecimalType decimal ? new DecimalType(38, decimal.scale()) : ScalarType.LONG;
      if (type != ScalarType.LONG) {
        compareAggregate(AggregateFunction.SUM, "sum(a)", type, sum);
      }
      compareAggregate(AggregateFunction.AVG, "avg(a)", type, ScalarType.DOUBLE);
    }
  }

  private static void compareAggregate(AggregateFunction function, String sql, DataType type, DataType result)
      throws SQLException {
    Accumulator accumulator = Accumulators.create(new AggregateCall(function, 0, type, false, -1, "x", result, true));
    accumulator.ensureGroups(1);
    for (String text : EDGES.get(type)) {
      accumulator.add(parsed(type, text), null, new int[1], 1);
    }
    ColumnVector target = result.newVector(1);
    accumulator.writeResults(null, 0, 1, target);
    Schema schema = Schema.of(Field.optional("x", result));
    Evaluator toText =
        Evaluators.compile(call(Function.CAST, ScalarType.STRING, new Expr.Column(0, "x", result, true)));
    String ours = result(toText, RecordBatch.of(schema, new ColumnVector[] {target}, 1));
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select cast(" + sql + " as varchar) from " + values(type, "l(a, i)"))) {
      rows.next();
      assertThat(ours).as("%s of %s", sql, type).isEqualTo(rows.getString(1));
    }
  }
}
