package dev.samzabatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.ArrayType;
import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.RowType;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.Values;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final Schema SCHEMA = Schema.of(
      Field.required("id", ScalarType.LONG),
      Field.optional("name", ScalarType.STRING),
      Field.optional("price", new DecimalType(10, 2)));

  private static final RecordBatch ROWS = Values.batch(SCHEMA, List.of(
      Arrays.asList(1L, "Ünal", new BigDecimal("3.50")),
      Arrays.asList(1234567L, null, null),
      Arrays.asList(2L, "a\tb\nc", new BigDecimal("0.00"))));

  @Test
  void numbersStandToTheRightAndNullIsShown() {
    assertThat(RowText.table(SCHEMA, List.of(ROWS), 10).lines()).containsExactly(
        "     id  name   price",
        "      1  Ünal    3.50",
        "1234567  null    null",
        "      2  a b c   0.00");
  }

  @Test
  void noMoreRowsAreShownThanAskedFor() {
    assertThat(RowText.table(SCHEMA, List.of(ROWS, ROWS), 4).lines()).hasSize(5);
  }

  @Test
  void onlySelectedRowsAreShown() {
    RecordBatch last = ROWS.withSelection(new int[] {2}, 1);
    assertThat(RowText.table(SCHEMA, List.of(last), 10).lines())
        .containsExactly("id  name   price", " 2  a b c   0.00");
  }

  @Test
  void longCellsAreCutBetweenCharacters() {
    assertThat(Table.cut("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Table.cut("abcdefg", 6)).isEqualTo("abcde…");
    assertThat(Table.cut("😀😀😀", 2)).isEqualTo("😀…");
    assertThat(Table.cut("\u001b[31mred", 20)).isEqualTo(" [31mred");
  }

  @Test
  void aTableWithoutRowsHasItsHeadings() {
    Table table = Table.of("a", "b");
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.lines()).containsExactly("a  b");
  }

  @Test
  void rowsBecomeJsonValues() {
    Schema schema = Schema.of(
        Field.required("day", ScalarType.DATE),
        Field.required("raw", ScalarType.BYTES),
        Field.required("ratio", ScalarType.DOUBLE),
        Field.required("tags", new ArrayType(ScalarType.STRING, false)),
        Field.required("geo", new RowType(Schema.of(Field.required("lat", ScalarType.DOUBLE)))));
    RecordBatch batch = Values.batch(schema, List.of(List.of(LocalDate.of(2001, 2, 3),
        ByteBuffer.wrap(new byte[] {1, 2, 3}), Double.NaN, List.of("x", "y"), List.of(1.5))));
    Map<String, Object> row = RowText.objects(batch).get(0);
    assertThat(row).containsEntry("day", "2001-02-03").containsEntry("raw", "AQID").containsEntry("ratio", "NaN")
        .containsEntry("tags", List.of("x", "y")).containsEntry("geo", Map.of("lat", 1.5));
  }
}
