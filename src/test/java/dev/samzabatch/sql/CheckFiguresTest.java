package dev.samzabatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.job.CheckSpec;
import dev.samzabatch.job.SqlText;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckFiguresTest {

  @Test
  void rowsLieBetweenTwoNumbers() {
    CheckSpec.Rule rule = new CheckSpec.Rows(1, 3);
    assertThat(new CheckFigures(0, 0).satisfy(rule)).isFalse();
    assertThat(new CheckFigures(1, 1).satisfy(rule)).isTrue();
    assertThat(new CheckFigures(3, 3).satisfy(rule)).isTrue();
    assertThat(new CheckFigures(4, 4).satisfy(rule)).isFalse();
    assertThat(new CheckFigures(1, 1).describe(rule)).isEqualTo("1 row");
  }

  @Test
  void keysAreUniqueWhenThereAreAsManyAsRows() {
    CheckSpec.Rule rule = new CheckSpec.Unique(List.of(SqlText.of("id")));
    assertThat(new CheckFigures(3, 3).satisfy(rule)).isTrue();
    assertThat(new CheckFigures(3, 2).satisfy(rule)).isFalse();
    assertThat(new CheckFigures(3, 1).describe(rule)).isEqualTo("2 of 3 rows repeat a key");
  }

  @Test
  void aShareIsExact() {
    CheckSpec.Rule rule = new CheckSpec.TrueFor(SqlText.of("x > 0"), new BigDecimal("0.999"));
    assertThat(new CheckFigures(1000, 999).satisfy(rule)).isTrue();
    assertThat(new CheckFigures(1001, 999).satisfy(rule)).isFalse();
    assertThat(new CheckFigures(0, 0).satisfy(rule)).isTrue();
    assertThat(new CheckFigures(4, 3).describe(rule)).isEqualTo("true for 3 of 4 rows");
  }
}
