package dev.samzabatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.expr.Expr;
import dev.samzabatch.expr.Function;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExprTextTest {

  private static final Expr A = column(0, "a");
  private static final Expr B = column(1, "b");

  private static Expr column(int index, String name) {
    return new Expr.Column(index, name, ScalarType.LONG, false);
  }

  private static Expr number(long value) {
    return new Expr.Literal(ScalarType.LONG, value);
  }

  private static Expr text(String value) {
    return new Expr.Literal(ScalarType.STRING, value);
  }

  private static Expr call(Function function, Expr... args) {
    return new Expr.Call(function, List.of(args), ScalarType.LONG, false);
  }

  @Test
  void bracketsStandOnlyWhereTheyAreNeeded() {
    Expr sum = call(Function.ADD, A, B);
    assertThat(ExprText.of(call(Function.ADD, call(Function.MULTIPLY, A, B), number(1)))).isEqualTo("a * b + 1");
    assertThat(ExprText.of(call(Function.MULTIPLY, sum, number(2)))).isEqualTo("(a + b) * 2");
    assertThat(ExprText.of(call(Function.SUBTRACT, A, call(Function.SUBTRACT, B, number(1))))).isEqualTo("a - (b - 1)");
    assertThat(ExprText.of(call(Function.NEGATE, sum))).isEqualTo("-(a + b)");
  }

  @Test
  void logicBindsLikeSql() {
    Expr less = call(Function.LESS, A, B);
    Expr isNull = call(Function.IS_NULL, A);
    Expr either = call(Function.OR, less, isNull);
    assertThat(ExprText.of(call(Function.AND, either, less))).isEqualTo("(a < b or a is null) and a < b");
    assertThat(ExprText.of(call(Function.NOT, either))).isEqualTo("not (a < b or a is null)");
    assertThat(ExprText.of(call(Function.EQUAL, less, isNull))).isEqualTo("(a < b) = (a is null)");
  }

  @Test
  void callsLookAsTheyAreWritten() {
    Expr date = new Expr.Literal(ScalarType.DATE, LocalDate.of(2001, 1, 2));
    assertThat(ExprText.of(call(Function.CASE, call(Function.IS_TRUE, A), text("it's"), date)))
        .isEqualTo("case when a is true then 'it''s' else date '2001-01-02' end");
    assertThat(ExprText.of(call(Function.IN, A, number(1), number(2)))).isEqualTo("a in (1, 2)");
    assertThat(ExprText.of(call(Function.LIKE, A, text("%x"), text("!")))).isEqualTo("a like '%x' escape '!'");
    assertThat(ExprText.of(call(Function.EXTRACT, text("HOUR"), A))).isEqualTo("extract(hour from a)");
    assertThat(ExprText.of(call(Function.FLOOR_TIME, A, text("DAY")))).isEqualTo("floor(a to day)");
    assertThat(ExprText.of(call(Function.TIMESTAMP_ADD, text("DAY"), number(3), A)))
        .isEqualTo("timestampadd(day, 3, a)");
    assertThat(ExprText.of(call(Function.CAST, A))).isEqualTo("cast(a as long)");
    assertThat(ExprText.of(call(Function.COALESCE, A, new Expr.Literal(ScalarType.LONG, null))))
        .isEqualTo("coalesce(a, null)");
  }

  @Test
  void partsOfARowAreNamed() {
    RowType geo = new RowType(Schema.of(Field.required("lat", ScalarType.DOUBLE)));
    Expr row = new Expr.Column(0, "geo", geo, false);
    assertThat(ExprText.of(call(Function.FIELD, row, new Expr.Literal(ScalarType.INT, 0)))).isEqualTo("geo.lat");
    assertThat(ExprText.of(call(Function.ITEM, A, number(1)))).isEqualTo("a[1]");
  }
}
