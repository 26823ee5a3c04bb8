package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.DecimalType;
import dev.samzabatch.data.DecimalVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values from text, against the standard library. */
class TextValuesTest {

  private static final int BEFORE = 3;

  /** A slice of an array with other digits around it, which must not be taken for its own. */
  private static byte[] around(String text) {
    return ("777" + text + "5555555555555555").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static long longValue(String text) {
    return TextValues.longValue(around(text), BEFORE, BEFORE + text.length());
  }

  private static double doubleValue(String text) {
    return TextValues.doubleValue(around(text), BEFORE, BEFORE + text.length());
  }

  private static double floatValue(String text) {
    return TextValues.floatValue(around(text), BEFORE, BEFORE + text.length());
  }

  private static BigDecimal decimal(String text, int precision, int scale) {
    DecimalType type = new DecimalType(precision, scale);
    byte[] b = around(text);
    int to = BEFORE + text.length();
    if (precision <= DecimalType.MAX_LONG_PRECISION) {
      return BigDecimal.valueOf(TextValues.decimal(b, BEFORE, to, type), scale);
    }
    DecimalVector vector = new DecimalVector(1);
    TextValues.decimal(b, BEFORE, to, type, vector, 0);
    return new BigDecimal(vector.get(0), scale);
  }

  @Property
  void longsAreWhatTheyWere(@ForAll long value, @ForAll @IntRange(max = 63) int shift) {
    assertThat(longValue(Long.toString(value >> shift))).isEqualTo(value >> shift);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.0", "1e3", "1.50e1", "-0", "+7", "007", "9223372036854775807", "-9223372036854775808", "10e-1",
          "0e999999999", "000000000000000000000000000012", "1.000000000000000000000000000000"})
  void wholeNumbersAreLongsHoweverTheyAreWritten(String text) {
    assertThat(longValue(text)).isEqualTo(new BigDecimal(text.equals("0e999999999") ? "0" : text).longValueExact());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9223372036854775808", "-9223372036854775809", "1e19", "1e999999999", "99999999999999999999999"})
  void longsOutOfRangeAreRefused(String text) {
    assertThatThrownBy(() -> longValue(text)).isSameAs(NotAValue.OUT_OF_RANGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "1e-1", "1.0000000000000000001"})
  void fractionsAreNoLongs(String text) {
    assertThatThrownBy(() -> longValue(text)).isSameAs(NotAValue.INEXACT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "+", ".", "e", "1e", "1e+", "--1", "1-", "1 ", " 1", "1x", "0x10", "1d", "1f", "1_0", "NaN1",
          "1.2.3", "12345678x", "1234567x", "x2345678", "12345678:", "/", "1/2", "Infinit", "-NaN", "1e5.0", "+-1",
          "\u00b2"})
  void otherTextIsNoNumberOfAnyKind(String text) {
    assertThatThrownBy(() -> longValue(text)).isSameAs(NotAValue.MALFORMED);
    assertThatThrownBy(() -> doubleValue(text)).isSameAs(NotAValue.MALFORMED);
    assertThatThrownBy(() -> floatValue(text)).isSameAs(NotAValue.MALFORMED);
    assertThatThrownBy(() -> decimal(text, 18, 2)).isSameAs(NotAValue.MALFORMED);
    assertThatThrownBy(() -> decimal(text, 38, 2)).isSameAs(NotAValue.MALFORMED);
  }

  @Property(tries = 5000)
  void doublesAreThoseOfTheStandardLibraryBitForBit(@ForAll long seed) {
    String text = number(new Random(seed));
    assertThat(Double.doubleToRawLongBits(doubleValue(text)))
        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    assertThat(Double.doubleToRawLongBits(floatValue(text)))
        .isEqualTo(Double.doubleToRawLongBits(Float.parseFloat(text)));
  }

  @Property
  void everyDoubleIsReadBack(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    assertThat(Double.doubleToLongBits(doubleValue(Double.toString(value)))).isEqualTo(Double.doubleToLongBits(value));
    float single = Float.intBitsToFloat((int) bits);
    assertThat(Float.floatToIntBits((float) floatValue(Float.toString(single))))
        .isEqualTo(Float.floatToIntBits(single));
  }

  /** A number of any length, with its point and exponent anywhere. */
  private static String number(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
    int digits = 1 + random.nextInt(random.nextBoolean() ? 6 : 25);
    int point = random.nextInt(2 * digits + 1);
    for (int i = 0; i < digits; i++) {
      text.append(i == point ? "." : "").append(random.nextInt(4) == 0 ? 0 : random.nextInt(10));
    }
    if (random.nextInt(3) == 0) {
      text.append(random.nextBoolean() ? 'e' : 'E')
          .append(random.nextBoolean() ? "-" : random.nextBoolean() ? "+" : "");
      text.append(random.nextInt(List.of(5, 25, 400).get(random.nextInt(3))));
    }
    return text.toString();
  }

  @Property(tries = 5000)
  void decimalsAreThoseOfTheStandardLibraryAndNeverRounded(@ForAll long seed) {
    Random random = new Random(seed);
    String text = number(random);
    int precision = 1 + random.nextInt(DecimalType.MAX_PRECISION);
    int scale = random.nextInt(precision + 1);
    BigDecimal exact = new BigDecimal(text);
    BigDecimal stripped = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    boolean fits = stripped.scale() <= scale
        && stripped.abs().compareTo(new BigDecimal(BigInteger.TEN.pow(precision), scale)) < 0;
    if (fits) {
      assertThat(decimal(text, precision, scale)).isEqualTo(stripped.setScale(scale));
    } else {
      assertThatThrownBy(() -> decimal(text, precision, scale)).isIn(NotAValue.INEXACT, NotAValue.OUT_OF_RANGE);
    }
  }

  @Test
  void decimalsOfExtremeExponentsAreRefusedAtOnce() {
    assertThatThrownBy(() -> decimal("1e999999999", 38, 2)).isSameAs(NotAValue.OUT_OF_RANGE);
    assertThatThrownBy(() -> decimal("1e99999999999999999999", 38, 2)).isSameAs(NotAValue.OUT_OF_RANGE);
    assertThatThrownBy(() -> decimal("1e-999999999", 38, 2)).isSameAs(NotAValue.INEXACT);
    assertThat(decimal("0e-999999999", 38, 2)).isEqualTo(new BigDecimal("0.00"));
  }

  @Test
  void exactNumbersOfThousandsOfDigitsAreRefusedAtOnce() {
    String digits = "1.".concat("0".repeat(5_000_000));
    assertThatThrownBy(() -> longValue(digits)).isSameAs(NotAValue.OUT_OF_RANGE);
    assertThatThrownBy(() -> decimal(digits, 38, 2)).isSameAs(NotAValue.OUT_OF_RANGE);
    assertThat(doubleValue(digits)).isEqualTo(1.0);
  }

  @Test
  void intsHaveTheirOwnRange() {
    assertThat(TextValues.intValue(around("-2147483648"), BEFORE, BEFORE + 11)).isEqualTo(Integer.MIN_VALUE);
    assertThatThrownBy(() -> TextValues.intValue(around("2147483648"), BEFORE, BEFORE + 10))
        .isSameAs(NotAValue.OUT_OF_RANGE);
  }

  @Test
  void truthIsWrittenInTwoWords() {
    assertThat(TextValues.booleanValue(around("true"), BEFORE, BEFORE + 4)).isTrue();
    assertThat(TextValues.booleanValue(around("FALSE"), BEFORE, BEFORE + 5)).isFalse();
    for (String text : List.of("", "t", "1", "trues", "falsy", "fals", "true ")) {
      assertThatThrownBy(() -> TextValues.booleanValue(around(text), BEFORE, BEFORE + text.length()))
          .isSameAs(NotAValue.MALFORMED);
    }
  }

  @Property
  void datesAreThoseOfTheStandardLibrary(@ForAll @LongRange(min = -1_000_000, max = 4_000_000) long days) {
    String text = LocalDate.ofEpochDay(days).toString();
    assertThat(TextTimes.date(around(text), BEFORE, BEFORE + text.length())).isEqualTo(days);
  }

  @Property
  void timesAndTimestampsAreThoseOfTheStandardLibrary(
      @ForAll @LongRange(min = -1_000_000, max = 4_000_000) long days,
      @ForAll @LongRange(max = 86_399_999_999L) long micros,
      @ForAll @IntRange(max = 3) int cut,
      @ForAll @IntRange(min = -1080, max = 1080) int offsetMinutes) {
    long unit = List.of(1L, 1000L, 1_000_000L, 60_000_000L).get(cut);
    LocalTime time = LocalTime.ofNanoOfDay(micros / unit * unit * 1000);
    byte[] b = around(time.toString());
    assertThat(TextTimes.time(b, BEFORE, BEFORE + time.toString().length())).isEqualTo(micros / unit * unit);

    LocalDateTime timestamp = LocalDateTime.of(LocalDate.ofEpochDay(days), time);
    long expected = ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), timestamp);
    assertThat(timestamp(timestamp.toString())).isEqualTo(expected);
    assertThat(timestamp(timestamp.toString().replace('T', ' ') + "Z")).isEqualTo(expected);
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
    assertThat(timestamp(timestamp.atOffset(offset).toString())).isEqualTo(expected - offsetMinutes * 60_000_000L);
  }

  private static long timestamp(String text) {
    return TextTimes.timestamp(around(text), BEFORE, BEFORE + text.length());
  }

  @Test
  void nanosecondsAreCutOff() {
    assertThat(timestamp("1970-01-01T00:00:00.123456789Z")).isEqualTo(123_456);
    assertThat(timestamp("1970-01-01T00:00:00.1+0000")).isEqualTo(100_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-1-01",
          "2024/01/01", "2024-01-0a", "12024-01-01", "2024-01-01 ", "-024-01-01"})
  void otherTextIsNoDate(String text) {
    assertThatThrownBy(() -> TextTimes.date(around(text), BEFORE, BEFORE + text.length()))
        .isInstanceOf(NotAValue.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2024-01-01", "2024-01-01T", "2024-01-01T1:00", "2024-01-01T10", "2024-01-01T10:00:0",
      "2024-01-01T10:00:00.", "2024-01-01T24:00", "2024-01-01T10:60", "2024-01-01T10:00:60", "2024-01-01t10:00",
      "2024-01-01T10:00z", "2024-01-01T10:00+1", "2024-01-01T10:00+1:00", "2024-01-01T10:00+10:60",
      "2024-01-01T10:00+19:00",
      "2024-01-01T10:00:00.1234567890", "2024-01-01T10:00ZZ", "2024-01-01T10:00:00+10:00Z", "2024-02-30T10:00"})
  void otherTextIsNoTimestamp(String text) {
    assertThatThrownBy(() -> timestamp(text)).isInstanceOf(NotAValue.class);
  }

  @Property(tries = 5000)
  void utf8IsWhatTheStandardLibraryTakesForIt(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] text = new byte[random.nextInt(20)];
    random.nextBytes(text);
    byte[] lead =
        {(byte) 0xc3, (byte) 0xe2, (byte) 0xed, (byte) 0xe0, (byte) 0xf0, (byte) 0xf4, (byte) 0xc0, (byte) 0xf5};
    for (int i = 0; i < text.length; i++) {
      int what = random.nextInt(4);
      text[i] = what == 0 ? lead[random.nextInt(lead.length)] : what == 1 ? (byte) (text[i] & 0xbf | 0x80) : text[i];
      text[i] = what == 2 ? (byte) (text[i] & 0x7f) : text[i];
    }
    byte[] b = Arrays.copyOf(text, text.length + 16);
    int invalid = Utf8.firstInvalid(b, 0, text.length);
    assertThat(invalid < 0).isEqualTo(isUtf8(text, text.length));
    if (invalid >= 0) {
      assertThat(isUtf8(text, invalid)).isTrue();
    }
  }

  private static boolean isUtf8(byte[] text, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Property
  void eightBytesAtATimeFindWhatOneByteAtATimeFinds(@ForAll byte[] bytes) {
    byte[] b = Arrays.copyOf(bytes, bytes.length + 8);
    long word = Swar.load(b, 0);
    assertThat(Swar.first(Swar.nonDigits(word))).isEqualTo(first(b, c -> c < '0' || c > '9'));
    assertThat(Swar.first(Swar.endsPlainText(word))).isEqualTo(first(b, c -> c < ' ' || c == '"' || c == '\\'));
    assertThat(Swar.first(Swar.needsEscape(word))).isEqualTo(first(b, c -> c >= 0 && c < ' ' || c == '"' || c == '\\'));
    assertThat(Swar.first(Swar.equal(word, Swar.repeat('a')))).isEqualTo(first(b, c -> c == 'a'));
  }

  private static int first(byte[] b, IntPredicate meant) {
    int at = 0;
    while (at < 8 && !meant.test(b[at])) {
      at++;
    }
    return at;
  }
}
