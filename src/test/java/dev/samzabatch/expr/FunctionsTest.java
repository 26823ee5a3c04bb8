package dev.samzabatch.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.ColumnVector;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.MapType;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What random expressions do not show: messages, guards, nested types, bytes and the cost of patterns. */
class FunctionsTest {

  private static final DataType INT = ScalarType.INT;
  private static final DataType LONG = ScalarType.LONG;
  private static final DataType STRING = ScalarType.STRING;
  private static final DataType BOOLEAN = ScalarType.BOOLEAN;

  private static Expr call(Function function, DataType type, Expr... args) {
    return new Expr.Call(function, List.of(args), type, true);
  }

  private static Expr literal(DataType type, Object value) {
    return new Expr.Literal(type, value);
  }

  private static Expr column(int index, DataType type) {
    return new Expr.Column(index, "c" + index, type, true);
  }

  private static Object value(Expr expr) {
    return Values.get(expr.type(), Evaluators.compile(expr).evaluate(RecordBatches.oneRow()), 0);
  }

  private static void assertFails(Expr expr, String message) {
    assertThatThrownBy(() -> value(expr)).isInstanceOf(EvaluationException.class).hasMessage(message);
  }

  /** The results of an expression over one column of values. */
  private static List<Object> over(DataType type, Expr expr, Object... values) {
    Schema schema = Schema.of(Field.optional("c0", type));
    RecordBatch batch = Values.batch(schema, Arrays.stream(values).map(Arrays::asList).toList());
    ColumnVector result = Evaluators.compile(expr).evaluate(batch);
    List<Object> results = new ArrayList<>();
    for (int row = 0; row < values.length; row++) {
      results.add(Values.get(expr.type(), result, row));
    }
    return results;
  }

  @Test
  void overflowNamesTheValuesAndTheWayOut() {
    Expr largest = literal(INT, Integer.MAX_VALUE);
    assertFails(call(Function.ADD, INT, largest, literal(INT, 1)),
        "2147483647 + 1 exceeds int; cast an operand to bigint");
    assertFails(
        call(Function.MULTIPLY, LONG, literal(LONG, Long.MAX_VALUE), literal(LONG, 2L)),
        "9223372036854775807 * 2 exceeds long; cast an operand to decimal(38, 0)");
    assertFails(
        call(Function.NEGATE, LONG, literal(LONG, Long.MIN_VALUE)),
        "negate(-9223372036854775808) exceeds long; cast an operand to decimal(38, 0)");
    DecimalType small = new DecimalType(3, 1);
    assertFails(
        call(Function.ADD, small, literal(small, new BigDecimal("99.9")), literal(small, new BigDecimal("0.1"))),
        "99.9 + 0.1 exceeds decimal(3,1); cast to a wider decimal or to double");
  }

  @Test
  void divisionByZeroIsAnErrorExceptForDoubles() {
    String message = "7 / 0 is a division by zero; write nullif(divisor, 0) to get null instead";
    assertFails(call(Function.DIVIDE, LONG, literal(LONG, 7L), literal(LONG, 0L)), message);
    Expr ratio =
        call(Function.DIVIDE, ScalarType.DOUBLE, literal(ScalarType.DOUBLE, 7.0), literal(ScalarType.DOUBLE, 0.0));
    assertThat(value(ratio)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void caseGuardsADivisionByZero() {
    Expr x = column(0, LONG);
    Expr isZero = call(Function.EQUAL, BOOLEAN, x, literal(LONG, 0L));
    Expr ratio = call(Function.DIVIDE, LONG, literal(LONG, 12L), x);
    assertThat(over(LONG, call(Function.CASE, LONG, isZero, literal(LONG, null), ratio), 3L, 0L, null, 4L))
        .containsExactly(4L, null, null, 3L);
    assertThat(
        over(LONG, call(Function.OR, BOOLEAN, isZero, call(Function.LESS, BOOLEAN, ratio, literal(LONG, 4L))), 3L, 0L))
        .containsExactly(false, true);
  }

  @Test
  void whatIsNotSelectedDoesNotFail() {
    Schema schema = Schema.of(Field.required("c0", LONG));
    RecordBatch batch = Values.batch(schema, List.of(List.of(0L), List.of(2L), List.of(0L)));
    Expr ratio = call(Function.DIVIDE, LONG, literal(LONG, 12L), column(0, LONG));
    ColumnVector result = Evaluators.compile(ratio).evaluate(batch.withSelection(new int[] {1}, 1));
    assertThat(Values.get(LONG, result, 1)).isEqualTo(6L);
  }

  @Test
  void aCastThatDoesNotFitNamesTheValue() {
    assertFails(call(Function.CAST, INT, literal(STRING, " twelve ")), "cast('twelve' as int) has no result");
    assertFails(call(Function.CAST, INT, literal(LONG, 3_000_000_000L)), "cast(3000000000 as int) has no result");
    assertFails(call(Function.CAST, LONG, literal(ScalarType.DOUBLE, Double.NaN)), "cast(nan as long) has no result");
    Expr date = literal(STRING, "2023-02-29");
    assertFails(call(Function.CAST, ScalarType.DATE, date), "cast('2023-02-29' as date) has no result");
  }

  @Test
  void anOffsetIsTakenOffATimestamp() {
    for (String text : List.of("2024-01-02T03:04:05Z", "2024-01-02 05:04:05+02", "2024-01-01T21:34:05-0530")) {
      assertThat(value(call(Function.CAST, ScalarType.TIMESTAMP, literal(STRING, text))))
          .isEqualTo(LocalDateTime.of(2024, 1, 2, 3, 4, 5));
    }
  }

  @Test
  void aFailingConstantStaysUnfolded() {
    Expr failing = call(Function.DIVIDE, LONG, literal(LONG, 1L), literal(LONG, 0L));
    Expr sum = call(Function.ADD, LONG, literal(LONG, 1L), literal(LONG, 2L));
    assertThat(Folding.fold(failing)).isEqualTo(failing);
    assertThat(Folding.fold(call(Function.LESS, BOOLEAN, failing, sum)))
        .isEqualTo(call(Function.LESS, BOOLEAN, failing, literal(LONG, 3L)));
  }

  @Test
  void arraysMapsAndRowsAreLookedInto() {
    DataType array = new ArrayType(STRING, true);
    Expr second = call(Function.ITEM, STRING, column(0, array), literal(LONG, 2L));
    assertThat(over(array, second, List.of("a", "b"), Arrays.asList("a", null), List.of("a"), null))
        .containsExactly("b", null, null, null);
    assertThat(over(array, call(Function.CARDINALITY, INT, column(0, array)), List.of("a", "b"), List.of(), null))
        .containsExactly(2, 0, null);
    DataType map = new MapType(STRING, LONG, true);
    Expr ofB = call(Function.ITEM, LONG, column(0, map), literal(STRING, "b"));
    assertThat(over(map, ofB, Map.of("a", 1L, "b", 2L), Map.of("a", 1L), null)).containsExactly(2L, null, null);
    DataType row = new RowType(Schema.of(Field.required("x", LONG), Field.optional("y", STRING)));
    Expr y = call(Function.FIELD, STRING, column(0, row), literal(INT, 1));
    assertThat(over(row, y, List.of(1L, "p"), Arrays.asList(2L, null), null)).containsExactly("p", null, null);
  }

  @Test
  void nestedValuesAreComparedByTheirElements() {
    DataType array = new ArrayType(LONG, true);
    Expr same = call(Function.EQUAL, BOOLEAN, column(0, array), literal(array, List.of(1L, 2L)));
    assertThat(over(array, same, List.of(1L, 2L), List.of(2L, 1L), List.of(1L), null))
        .containsExactly(true, false, false, null);
    DataType map = new MapType(STRING, LONG, true);
    Expr sameMap = call(Function.EQUAL, BOOLEAN, column(0, map), literal(map, Map.of("a", 1L, "b", 2L)));
    assertThat(over(map, sameMap, Map.of("b", 2L, "a", 1L), Map.of("a", 1L))).containsExactly(true, false);
  }

  @Test
  void caseMayChooseAmongArrays() {
    DataType array = new ArrayType(LONG, true);
    Expr longer =
        call(
            Function.CASE,
            array,
            call(Function.GREATER, BOOLEAN, call(Function.CARDINALITY, INT, column(0, array)), literal(INT, 1)),
            column(0, array),
            literal(array, List.of(7L)));
    assertThat(over(array, longer, List.of(1L, 2L), List.of(3L), List.of(4L, 5L)))
        .containsExactly(List.of(1L, 2L), List.of(7L), List.of(4L, 5L));
  }

  @Test
  void bytesBecomeStringsOnlyWhenTheyAreUtf8() {
    Expr good = literal(ScalarType.BYTES, ByteBuffer.wrap(new byte[] {(byte) 0xC3, (byte) 0xA9}));
    assertThat(value(call(Function.CAST, STRING, good))).isEqualTo("é");
    assertThat(value(call(Function.CAST, ScalarType.BYTES, literal(STRING, "é"))))
        .isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xC3, (byte) 0xA9}));
    Expr bad = literal(ScalarType.BYTES, ByteBuffer.wrap(new byte[] {(byte) 0xFF}));
    assertFails(call(Function.CAST, STRING, bad), "cast([-1] as string) has no result");
    Expr tail = call(Function.SUBSTRING, ScalarType.BYTES, good, literal(LONG, 2L));
    assertThat(value(tail)).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xA9}));
  }

  @Test
  void aPatternWithManyPercentSignsStaysCheap() {
    String text = "a".repeat(20_000);
    Expr like = call(Function.LIKE, BOOLEAN, literal(STRING, text), literal(STRING, "%a".repeat(40) + "%b"));
    assertThat(value(like)).isEqualTo(false);
  }

  @Test
  void piecesOfAPatternDoNotOverlap() {
    Expr twice = call(Function.LIKE, BOOLEAN, column(0, STRING), literal(STRING, "%ab%b"));
    assertThat(over(STRING, twice, "ab", "abb", "xabxb")).containsExactly(false, true, true);
    Expr ends = call(Function.LIKE, BOOLEAN, column(0, STRING), literal(STRING, "a%a"));
    assertThat(over(STRING, ends, "a", "aa")).containsExactly(false, true);
  }

  @Test
  void anEscapedCharacterStandsForItself() {
    Expr escape = literal(STRING, "!");
    Expr pattern = literal(STRING, "100!%%");
    assertThat(
        over(STRING, call(Function.LIKE, BOOLEAN, column(0, STRING), pattern, escape), "100%", "100% of", "1000"))
        .containsExactly(true, true, false);
    assertFails(
        call(Function.LIKE, BOOLEAN, literal(STRING, "a"), literal(STRING, "a!"), escape),
        "the pattern 'a!' of LIKE ends with its escape character");
  }

  @Test
  void timesBeyondTheRangeAreErrors() {
    Expr late = literal(ScalarType.TIMESTAMP, LocalDateTime.of(9999, 12, 31, 0, 0));
    assertFails(
        call(Function.TIMESTAMP_ADD, ScalarType.TIMESTAMP, literal(STRING, "YEAR"), literal(LONG, 1_000_000L), late),
        "9999-12-31 00:00:00 plus 1000000 years is out of the range of timestamps");
    Expr seconds = call(Function.TIMESTAMP_DIFF, INT, literal(STRING, "SECOND"),
        literal(ScalarType.TIMESTAMP, LocalDateTime.of(1900, 1, 1, 0, 0)), late);
    assertFails(seconds, "a timestamp_diff of 255611203200 exceeds int; take a larger unit or cast to bigint");
  }

  @Test
  void functionsThatDoNotExistForATypeAreRefusedBeforehand() {
    Expr map = literal(new MapType(STRING, LONG, true), Map.of());
    assertThatThrownBy(() -> Evaluators.compile(call(Function.CAST, STRING, map)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cast of map<string,long null> to string");
    assertThatThrownBy(() -> Evaluators.compile(call(Function.EQUAL, BOOLEAN, literal(STRING, "1"), literal(LONG, 1L))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("comparison of string with long");
  }

  @Test
  void aWindowStartsAtOrBeforeItsTimesAlsoBefore1970() {
    Expr start = call(Function.WINDOW_START, ScalarType.TIMESTAMP, column(0, ScalarType.TIMESTAMP),
        literal(LONG, 90_000_000L));
    assertThat(over(ScalarType.TIMESTAMP, start,
        LocalDateTime.parse("1970-01-01T00:01:30"), LocalDateTime.parse("1970-01-01T00:01:29.999999"),
        LocalDateTime.parse("1969-12-31T23:59:59.999999"), LocalDateTime.parse("1969-12-31T23:58:30"), null))
        .containsExactly(LocalDateTime.parse("1970-01-01T00:01:30"), LocalDateTime.parse("1970-01-01T00:00:00"),
            LocalDateTime.parse("1969-12-31T23:58:30"), LocalDateTime.parse("1969-12-31T23:58:30"), null);
  }

  @Test
  void doublesAreWrittenWithTheFewestDigits() {
    assertThat(NumberText.of(1e23)).isEqualTo("1e+23");
    assertThat(NumberText.of(2e-3)).isEqualTo("0.002");
    assertThat(NumberText.of(Double.MIN_VALUE)).isEqualTo("5e-324");
    assertThat(NumberText.of(-0.0)).isEqualTo("-0.0");
    assertThat(NumberText.of(2.2250738585072014E-308)).isEqualTo("2.2250738585072014e-308");
  }
}
