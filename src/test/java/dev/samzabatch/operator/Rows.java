package dev.samzabatch.operator;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.DataType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Rows to test with: few distinct values, so that they repeat, and among them those that are easily got wrong. */
final class Rows {

  static final DataType WIDE_DECIMAL = new DecimalType(30, 2);
  static final DataType LONGS = new ArrayType(ScalarType.LONG, true);

  private Rows() {}

  /** Up to {@code most} rows of the schema; nullable fields are null now and then. */
  static List<List<Object>> random(Schema schema, Random random, int most) {
    List<List<Object>> rows = new ArrayList<>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      List<Object> row = new ArrayList<>();
      for (Field field : schema.fields()) {
        boolean isNull = field.nullable() && random.nextInt(6) == 0;
        List<?> values = values(field.type());
        row.add(isNull ? null : values.get(random.nextInt(values.size())));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<?> values(DataType type) {
    if (type.equals(WIDE_DECIMAL)) {
      return List.of(
          new BigDecimal("0.00"),
          new BigDecimal("-0.01"),
          new BigDecimal("92233720368547758.08"),
          new BigDecimal("1234567890123456789012345678.90"),
          new BigDecimal("-1234567890123456789012345678.90"));
    }
    if (type.equals(LONGS)) {
      return List.of(List.of(), List.of(1L), List.of(1L, 2L), List.of(2L), Arrays.asList(1L, null));
    }
    return switch ((ScalarType) type) {
      case BOOLEAN -> List.of(true, false);
      case INT -> List.of(0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE);
      case LONG -> List.of(0L, 1L, -1L, 2L, 3L, 1L << 32, -(1L << 32), Long.MAX_VALUE / 1024, Long.MIN_VALUE / 1024);
      case DOUBLE -> List.of(0.0, -0.0, 1.5, -1.5, 1e10, Double.NaN);
      case STRING -> List.of(
          "", "a", "b", "ab", "é", "日本語", "aaaaaaaa", "aaaaaaaab", "aaaaaaaa\u0000", "a\u0000",
          "a".repeat(17), "a".repeat(16) + "b", "\uD83D\uDE00", "\uFFEE");
      case DATE -> List.of(LocalDate.of(1970, 1, 1), LocalDate.of(1969, 12, 31), LocalDate.of(2026, 2, 28));
      case FLOAT, BYTES, TIME, TIMESTAMP -> throw new IllegalArgumentException(type.toString());
    };
  }
}
