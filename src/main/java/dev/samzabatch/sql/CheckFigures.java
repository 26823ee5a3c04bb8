package dev.samzabatch.sql;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.job.CheckSpec;
import java.math.BigDecimal;

/**
 * What a check is judged by: the one row, with these two columns, that comes to the sink of its name.
 *
 * @param rows how many rows were looked at
 * @param good for {@code rows}: the same; for {@code unique}: how many different keys there are; for {@code
 *     true-for}: for how many rows the condition is true
 */
public record CheckFigures(long rows, long good) {

  /** The columns of the row. */
  public static final Schema SCHEMA =
      Schema.of(Field.required("rows", ScalarType.LONG), Field.required("good", ScalarType.LONG));

  /** Whether the check holds. */
  public boolean satisfy(CheckSpec.Rule rule) {
    if (rule instanceof CheckSpec.Rows range) {
      return rows >= range.least() && rows <= range.most();
    } else if (rule instanceof CheckSpec.TrueFor share) {
      return share.atLeast().multiply(BigDecimal.valueOf(rows)).compareTo(BigDecimal.valueOf(good)) <= 0;
    }
    return rows == good;
  }

  /** What was found, for a report: {@code 3 rows}, {@code 2 of 3 rows repeat a key}, {@code true for 1 of 3 rows}. */
  public String describe(CheckSpec.Rule rule) {
    if (rule instanceof CheckSpec.Rows) {
      return rows + (rows == 1 ? " row" : " rows");
    } else if (rule instanceof CheckSpec.TrueFor) {
      return "true for " + good + " of " + rows + " rows";
    }
    return (rows - good) + " of " + rows + " rows repeat a key";
  }
}
