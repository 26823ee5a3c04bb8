package dev.samzabatch.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

  @Test
  void bytesTakeTheLargestUnitThatLeavesAtLeastOne() {
    assertThat(Quantities.bytes(0)).isEqualTo("0 B");
    assertThat(Quantities.bytes(1023)).isEqualTo("1023 B");
    assertThat(Quantities.bytes(1024)).isEqualTo("1.0 KB");
    assertThat(Quantities.bytes(1_572_864)).isEqualTo("1.5 MB");
    assertThat(Quantities.bytes((1L << 30) - 1)).isEqualTo("1.0 GB");
    assertThat(Quantities.bytes(Long.MAX_VALUE)).isEqualTo("8.0 EB");
  }

  @Test
  void countsHaveCommasAndTheRightNumberOfTheirNoun() {
    assertThat(Quantities.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Quantities.count(1, "row")).isEqualTo("1 row");
    assertThat(Quantities.count(0, "row")).isEqualTo("0 rows");
  }

  @Test
  void durationsKeepTwoUnits() {
    assertThat(Quantities.duration(Duration.ofMillis(420))).isEqualTo("0.42s");
    assertThat(Quantities.duration(Duration.ofMillis(9_996))).isEqualTo("10.0s");
    assertThat(Quantities.duration(Duration.ofMillis(59_960))).isEqualTo("1m00s");
    assertThat(Quantities.duration(Duration.ofSeconds(252))).isEqualTo("4m12s");
    assertThat(Quantities.duration(Duration.ofMinutes(185))).isEqualTo("3h05m");
    assertThat(Quantities.duration(Duration.ofHours(52))).isEqualTo("2d04h");
  }
}
