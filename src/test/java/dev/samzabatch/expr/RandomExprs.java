package dev.samzabatch.expr;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random values, rows and well-typed expressions over a fixed schema. */
final class RandomExprs {

  static final DecimalType SHORT = new DecimalType(10, 2);
  static final DecimalType WIDE = new DecimalType(30, 4);
  static final List<DataType> TYPES =
      List.of(
          ScalarType.BOOLEAN,
          ScalarType.INT,
          ScalarType.LONG,
          ScalarType.FLOAT,
          ScalarType.DOUBLE,
          SHORT,
          WIDE,
          ScalarType.STRING,
          ScalarType.DATE,
          ScalarType.TIME,
          ScalarType.TIMESTAMP);
  static final Schema SCHEMA =
      new Schema(
          IntStream.range(0, 2 * TYPES.size())
              .mapToObj(i -> new Field("c" + i, TYPES.get(i / 2), i % 2 == 1))
              .toList());

  private static final List<String> TEXTS =
      List.of("", "a", "A", "ab", "abc", "b%", "a_c", "é", "日本", "😀x", " x ", "12", "-3", "1.5", "true", "2024-02-29",
          "aab");
  private static final List<Function> COMPARISONS =
      List.of(
          Function.EQUAL, Function.NOT_EQUAL, Function.LESS, Function.LESS_OR_EQUAL, Function.GREATER,
          Function.GREATER_OR_EQUAL, Function.IS_DISTINCT, Function.IS_NOT_DISTINCT);
  private static final List<Function> ARITHMETIC =
      List.of(Function.ADD, Function.SUBTRACT, Function.MULTIPLY, Function.DIVIDE, Function.MOD);
  private static final List<Function> TESTS =
      List.of(
          Function.IS_NULL, Function.IS_NOT_NULL, Function.IS_TRUE, Function.IS_NOT_TRUE, Function.IS_FALSE,
          Function.IS_NOT_FALSE, Function.NOT);

  private final Random random;

  RandomExprs(long seed) {
    random = new Random(seed);
  }

  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Rows of the schema. */
  List<List<Object>> rows(int count) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Object> row = new ArrayList<>();
      for (Field field : SCHEMA.fields()) {
        row.add(field.nullable() && random.nextInt(4) == 0 ? null : value(field.type()));
      }
      rows.add(row);
    }
    return rows;
  }

  /** A value of the type: mostly small, so that values meet, sometimes extreme. */
  Object value(DataType type) {
    boolean extreme = random.nextInt(12) == 0;
    if (type instanceof DecimalType decimal) {
      BigInteger unscaled =
          extreme
              ? BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.valueOf(1 + random.nextInt(2)))
              : BigInteger.valueOf(random.nextInt(2001) - 1000);
      return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
    }
    return switch ((ScalarType) type) {
      case BOOLEAN -> random.nextBoolean();
      case INT -> extreme ? any(List.of(Integer.MIN_VALUE, Integer.MAX_VALUE)) : (Object) (random.nextInt(21) - 10);
      case LONG -> extreme ? any(List.of(Long.MIN_VALUE, Long.MAX_VALUE)) : (Object) (random.nextInt(21) - 10L);
      case FLOAT -> extreme ? any(List.of(Float.NaN, -0.0f, Float.MAX_VALUE)) : (Object) (random.nextInt(41) / 4f - 5);
      case DOUBLE -> extreme
          ? any(List.of(Double.NaN, -0.0, Double.POSITIVE_INFINITY, 1e300))
          : (Object) (random.nextInt(41) / 4d - 5);
      case STRING -> any(TEXTS);
      case DATE -> LocalDate.of(2020, 1, 28).plusDays(random.nextInt(extreme ? 100_000 : 70) - 10);
      case TIME -> LocalTime.ofNanoOfDay(random.nextInt(86_400_000) * 1_000_000L + random.nextInt(3) * 1000);
      case TIMESTAMP -> LocalDateTime.of(1969, 12, 30, 0, 0)
          .plusMinutes(random.nextInt(extreme ? 1_000_000 : 10_000))
          .plusNanos(random.nextInt(3) * 500_001_000L);
      case BYTES -> throw new IllegalArgumentException("bytes");
    };
  }

  /** An expression of the type. */
  Expr expr(DataType type, int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return leaf(type);
    }
    int d = depth - 1;
    return switch (random.nextInt(7)) {
      case 0 -> call(Function.CASE, type, expr(ScalarType.BOOLEAN, d), expr(type, d), expr(ScalarType.BOOLEAN, d),
          expr(type, d), expr(type, d));
      case 1 -> call(Function.COALESCE, type, expr(type, d), expr(type, d), expr(type, d));
      default -> specific(type, d);
    };
  }

  private Expr leaf(DataType type) {
    if (random.nextInt(3) > 0) {
      int index = 2 * TYPES.indexOf(type) + random.nextInt(2);
      return new Expr.Column(index, "c" + index, type, index % 2 == 1);
    }
    return literal(type, random.nextInt(8) == 0 ? null : value(type));
  }

  static Expr literal(DataType type, Object value) {
    return new Expr.Literal(type, value);
  }

  static Expr call(Function function, DataType type, Expr... args) {
    return new Expr.Call(function, List.of(args), type, true);
  }

  private Expr specific(DataType type, int d) {
    if (type instanceof DecimalType) {
      return switch (random.nextInt(4)) {
        case 0 -> cast(type, d, ScalarType.INT, ScalarType.LONG, SHORT, WIDE, ScalarType.STRING, ScalarType.BOOLEAN);
        case 1 -> call(any(List.of(Function.NEGATE, Function.ABS, Function.FLOOR, Function.CEIL)), type, expr(type, d));
        case 2 -> call(Function.ROUND, type, expr(type, d), literal(ScalarType.LONG, random.nextInt(9) - 4L));
        default -> call(any(ARITHMETIC), type, expr(any(List.of(SHORT, WIDE, SHORT)), d), operand(d));
      };
    }
    return switch ((ScalarType) type) {
      case BOOLEAN -> condition(d);
      case INT, LONG -> integer(type, d);
      case FLOAT, DOUBLE -> switch (random.nextInt(3)) {
        case 0 -> cast(type, d, ScalarType.INT, ScalarType.LONG, SHORT, WIDE, ScalarType.DOUBLE, ScalarType.FLOAT);
        case 1 -> call(any(List.of(Function.NEGATE, Function.ABS, Function.FLOOR, Function.CEIL)), type, expr(type, d));
        default -> call(any(ARITHMETIC), type, expr(type, d), expr(type, d));
      };
      case STRING -> string(d);
      default -> time(type, d);
    };
  }

  private Expr operand(int d) {
    return switch (random.nextInt(3)) {
      case 0 -> call(Function.CAST, new DecimalType(19, 0), expr(ScalarType.LONG, d));
      case 1 -> expr(WIDE, d);
      default -> expr(SHORT, d);
    };
  }

  private Expr cast(DataType to, int depth, DataType... from) {
    return call(Function.CAST, to, expr(any(List.of(from)), depth));
  }

  private Expr condition(int d) {
    DataType type = any(TYPES);
    return switch (random.nextInt(7)) {
      case 0 -> call(Function.AND, ScalarType.BOOLEAN, conditions(d));
      case 1 -> call(Function.OR, ScalarType.BOOLEAN, conditions(d));
      case 2 -> call(any(TESTS), ScalarType.BOOLEAN, expr(ScalarType.BOOLEAN, d));
      case 3 -> call(any(List.of(Function.IS_NULL, Function.IS_NOT_NULL)), ScalarType.BOOLEAN, expr(type, d));
      case 4 -> call(
          Function.IN,
          ScalarType.BOOLEAN,
          Stream.concat(
              Stream.of(expr(type, d)),
              Stream.generate(() -> literal(type, random.nextInt(9) == 0 ? null : value(type)))
                  .limit(1 + random.nextInt(6)))
              .toArray(Expr[]::new));
      case 5 -> random.nextBoolean()
          ? call(Function.LIKE, ScalarType.BOOLEAN, expr(ScalarType.STRING, d), literal(ScalarType.STRING, pattern()))
          : call(Function.LIKE, ScalarType.BOOLEAN, expr(ScalarType.STRING, d), expr(ScalarType.STRING, d),
              literal(ScalarType.STRING, any(List.of("a", "é", "\\"))));
      default -> call(any(COMPARISONS), ScalarType.BOOLEAN, expr(type, d), expr(type, d));
    };
  }

  private Expr[] conditions(int depth) {
    return IntStream.range(0, 2 + random.nextInt(2))
        .mapToObj(i -> expr(ScalarType.BOOLEAN, depth))
        .toArray(Expr[]::new);
  }

  private String pattern() {
    StringBuilder pattern = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      pattern.append(any(List.of("%", "_", "a", "b", "é", "😀", "%")));
    }
    return pattern.toString();
  }

  private Expr integer(DataType type, int d) {
    boolean isInt = type == ScalarType.INT;
    return switch (random.nextInt(6)) {
      case 0 -> cast(type, d, ScalarType.INT, ScalarType.LONG, SHORT, WIDE, ScalarType.STRING, ScalarType.DOUBLE,
          ScalarType.FLOAT, ScalarType.BOOLEAN);
      case 1 -> call(any(List.of(Function.NEGATE, Function.ABS, Function.FLOOR, Function.CEIL)), type, expr(type, d));
      case 2 -> call(Function.ROUND, type, expr(type, d), literal(ScalarType.LONG, random.nextInt(30) - 22L));
      case 3 -> isInt
          ? call(Function.CHAR_LENGTH, type, expr(ScalarType.STRING, d))
          : call(Function.EXTRACT, type, literal(ScalarType.STRING, any(List.of(TimeUnit.values())).name()),
              expr(any(List.of(ScalarType.DATE, ScalarType.TIMESTAMP)), d));
      case 4 -> isInt
          ? call(Function.POSITION, type, expr(ScalarType.STRING, d), expr(ScalarType.STRING, d),
              expr(ScalarType.LONG, d))
          : call(Function.TIMESTAMP_DIFF, type, unit(10), expr(ScalarType.TIMESTAMP, 0), expr(ScalarType.TIMESTAMP, 0));
      default -> call(any(ARITHMETIC), type, expr(type, d), expr(type, d));
    };
  }

  private Expr unit(int howMany) {
    return literal(ScalarType.STRING, TimeUnit.values()[random.nextInt(howMany)].name());
  }

  private Expr string(int d) {
    DataType text = ScalarType.STRING;
    return switch (random.nextInt(6)) {
      case 0 -> cast(text, d, ScalarType.INT, ScalarType.LONG, SHORT, WIDE, ScalarType.BOOLEAN, ScalarType.DATE,
          ScalarType.TIME, ScalarType.TIMESTAMP);
      case 1 -> call(any(List.of(Function.UPPER, Function.LOWER)), text, expr(text, d));
      case 2 -> call(Function.TRIM, text, literal(text, any(List.of("BOTH", "LEADING", "TRAILING"))),
          literal(text, any(List.of(" ", "a", "ab", "日😀"))), expr(text, d));
      case 3 -> random.nextBoolean()
          ? call(Function.SUBSTRING, text, expr(text, d), expr(ScalarType.LONG, d), expr(ScalarType.LONG, d))
          : call(Function.SUBSTRING, text, expr(text, d), literal(ScalarType.LONG, random.nextInt(6) - 2L));
      case 4 -> call(Function.REPLACE, text, expr(text, 0), expr(text, 0), expr(text, 0));
      default -> call(Function.CONCAT, text, expr(text, d), expr(text, d));
    };
  }

  private Expr time(DataType type, int d) {
    if (type == ScalarType.TIME) {
      return random.nextBoolean()
          ? cast(type, d, ScalarType.TIMESTAMP)
          : call(Function.TIMESTAMP_ADD, type, unit(5), literal(ScalarType.LONG, random.nextInt(200) - 100L),
              expr(type, d));
    }
    DataType other = type == ScalarType.DATE ? ScalarType.TIMESTAMP : ScalarType.DATE;
    return switch (random.nextInt(3)) {
      case 0 -> cast(type, d, other);
      case 1 -> call(any(List.of(Function.FLOOR_TIME, Function.CEIL_TIME)), type, expr(type, d),
          type == ScalarType.DATE
              ? literal(ScalarType.STRING, any(List.of("DAY", "WEEK", "MONTH", "QUARTER", "YEAR")))
              : unit(10));
      default -> call(Function.TIMESTAMP_ADD, type,
          type == ScalarType.DATE ? literal(ScalarType.STRING, any(List.of("DAY", "WEEK", "MONTH", "YEAR"))) : unit(10),
          literal(ScalarType.LONG, random.nextInt(50) - 25L), expr(type, d));
    };
  }
}
