package dev.samzabatch.sql;

import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.expr.Expr;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calcite's constants as ours. */
final class Literals {

  private Literals() {}

  static Expr convert(RexLiteral literal) {
    if (literal.getTypeName() == SqlTypeName.SYMBOL) {
      return new Expr.Literal(ScalarType.STRING, symbol(literal));
    }
    DataType type = TypeFactory.dataType(literal.getType());
    return new Expr.Literal(type, literal.isNull() ? null : value(literal, type));
  }

  private static String symbol(RexLiteral literal) {
    Enum<?> value = (Enum<?>) literal.getValue();
    return value instanceof TimeUnitRange range ? TimeExpressions.unit(range) : value.name();
  }

  private static Object value(RexLiteral literal, DataType type) {
    if (type instanceof DecimalType decimal) {
      return literal.getValueAs(BigDecimal.class).setScale(decimal.scale(), RoundingMode.HALF_UP);
    } else if (!(type instanceof ScalarType)) {
      throw new UnsupportedSqlException("a constant of type " + type, "");
    }
    return switch ((ScalarType) type) {
      case BOOLEAN -> literal.getValueAs(Boolean.class);
      case INT -> literal.getValueAs(BigDecimal.class).intValueExact();
      case LONG -> literal.getValueAs(BigDecimal.class).longValueExact();
      case FLOAT -> floatValue(literal.getValueAs(Double.class));
      case DOUBLE -> literal.getValueAs(Double.class);
      case STRING -> literal.getValueAs(String.class);
      case BYTES -> ByteBuffer.wrap(literal.getValueAs(ByteString.class).getBytes());
      case DATE -> LocalDate.parse(text(literal));
      case TIME -> LocalTime.parse(text(literal));
      case TIMESTAMP -> LocalDateTime.parse(text(literal).replace(' ', 'T'));
    };
  }

  private static float floatValue(double value) {
    if (Float.isInfinite((float) value) && !Double.isInfinite(value)) {
      throw new WrongConstantException(new Expr.Literal(ScalarType.DOUBLE, value), ScalarType.FLOAT);
    }
    return (float) value;
  }

  private static String text(RexLiteral literal) {
    return literal.getValueAs(Comparable.class).toString();
  }
}
