package dev.samzabatch.format;

import static dev.samzabatch.format.CsvFiles.NO_HEADER;
import static dev.samzabatch.format.CsvFiles.read;
import static dev.samzabatch.format.CsvFiles.strings;
import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

  @Test
  void readsEveryScalarType() throws IOException {
    String header = "b,i,l,f,d,m,w,s,y,da,ti,ts\n";
    String row =
        "true,-7,9223372036854775807,1.5,-2.25e3,12.30,"
            + "-12345678901234567890.12,é,AQI=,2024-02-29,23:59:58,2024-02-29T01:02:03.5\n";
    assertThat(read(header + row,
        "b boolean, i int, l long, f float, d double, m decimal(6,2), w decimal(30,2), s string, "
            + "y bytes, da date, ti time, ts timestamp"))
        .containsExactly(List.of(true, -7, Long.MAX_VALUE, 1.5f, -2250.0,
            new BigDecimal("12.30"), new BigDecimal("-12345678901234567890.12"), "é",
            ByteBuffer.wrap(new byte[] {1, 2}),
            LocalDate.of(2024, 2, 29), LocalTime.of(23, 59, 58), LocalDateTime.of(2024, 2, 29, 1, 2, 3, 500_000_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsEveryKindOfLineEndAndAMissingLastOne(String lineEnd) throws IOException {
    String text = String.join(lineEnd, "a,b", "1,x", "2,\"y" + lineEnd + "z\"", "3,");
    List<List<Object>> expected = List.of(List.of(1L, "x"), List.of(2L, "y" + lineEnd + "z"), asList(3L, null));
    assertThat(read(text, "a long, b string null")).isEqualTo(expected);
    assertThat(read(text + lineEnd, "a long, b string null")).isEqualTo(expected);
    assertThat(read(text + lineEnd + lineEnd, "a long, b string null")).isEqualTo(expected);
  }

  @Test
  void findsColumnsByNameInAnyOrderAndSkipsOthers() throws IOException {
    assertThat(read("x,b,\"y,z\",a\nq,1,q,2\n", "a long, b long")).containsExactly(List.of(2L, 1L));
  }

  @Test
  void readsOnlyTheWantedColumns() throws IOException {
    MemoryFile file = MemoryFile.of("t.csv", "a,b,c\n1,\"x\"\"y\",z\n2,,\n");
    ReadSpec spec = new ReadSpec(SchemaText.parse("c string null, b string null, a long"), List.of(2), 10);
    try (BatchReader reader = CsvReader.open(file.whole(), spec, CsvOptions.DEFAULT)) {
      assertThat(CsvFiles.drain(reader)).containsExactly(List.of(1L), List.of(2L));
    }
    try (BatchReader reader =
        CsvReader.open(file.whole(), new ReadSpec(spec.schema(), List.of(), 10), CsvOptions.DEFAULT)) {
      assertThat(CsvFiles.drain(reader)).containsExactly(List.of(), List.of());
    }
  }

  @Test
  void tellsNullFromAnEmptyString() throws IOException {
    assertThat(read("a,b\n,\"\"\n\"\",\n", "a string null, b string null"))
        .containsExactly(asList(null, ""), asList("", null));
    assertThat(read("a,b\n\"\",\n", "a long null, b double null")).containsExactly(asList(null, null));
  }

  @Test
  void readsAnotherNullTextOnlyWhereItIsNotQuoted() throws IOException {
    CsvOptions options = new CsvOptions(true, ',', '"', '"', "NULL");
    MemoryFile file = MemoryFile.of("t.csv", "a,b\nNULL,\"NULL\"\n1,\nNULL,NULLS\n");
    assertThat(read(file, options, SchemaText.parse("a long null, b string null")))
        .containsExactly(asList(null, "NULL"), List.of(1L, ""), asList(null, "NULLS"));
  }

  @Test
  void readsAnEscapeCharacterInQuotes() throws IOException {
    CsvOptions options = new CsvOptions(false, ';', '\'', '\\', "");
    MemoryFile file = MemoryFile.of("t.csv", "'a\\'b\\\\c\\nd;';x'y\\z\n'\\'';''\n");
    assertThat(read(file, options, strings(2)))
        .containsExactly(List.of("a'b\\c\\nd;", "x'y\\z"), List.of("'", ""));
  }

  @Test
  void takesQuotesAsTheyAreWhenThereIsNoQuote() throws IOException {
    CsvOptions options = new CsvOptions(false, ',', CsvOptions.NONE, CsvOptions.NONE, "");
    assertThat(read(MemoryFile.of("t.csv", "\"a,b\"\nc\"\"d,\"\n"), options, strings(2)))
        .containsExactly(List.of("\"a", "b\""), List.of("c\"\"d", "\""));
  }

  @Test
  void skipsAByteOrderMark() throws IOException {
    assertThat(read("\ufeffa,b\n1,2\n", "a long, b long")).containsExactly(List.of(1L, 2L));
    assertThat(read("\ufeff\"a\",b\n1,2\n", "a long, b long")).containsExactly(List.of(1L, 2L));
    assertThat(read(MemoryFile.of("t.csv", "\ufeff1,\"x\"\n"), NO_HEADER, strings(2)))
        .containsExactly(List.of("1", "x"));
  }

  @Test
  void hasNoRowsInFilesWithoutRecords() throws IOException {
    for (String text : List.of("", "\n", "\r\n\r\n", "\ufeff", "a,b", "a,b\n", "\n\na,b\r\n\n")) {
      assertThat(read(text, "a long, b long")).as(text).isEmpty();
      assertThat(read(MemoryFile.of("t.csv", ""), NO_HEADER, strings(2))).isEmpty();
    }
  }

  @Test
  void takesBlankLinesForNullsOnlyInFilesOfOneColumn() throws IOException {
    assertThat(read("a\nx\n\ny\n", "a string null")).containsExactly(List.of("x"), asList((Object) null), List.of("y"));
    assertThat(read("a\n1\n\n2\n\n", "a long")).containsExactly(List.of(1L), List.of(2L));
    assertThat(read("a,b\n\n1,2\n\n\n3,4\n", "a long, b long")).containsExactly(List.of(1L, 2L), List.of(3L, 4L));
  }

  @Test
  void takesALineEndOfTwoCharactersForOneWhereverTheWindowEnds() throws IOException {
    MemoryFile file = MemoryFile.of("t.csv", "ab\r\n\r\n\"c\r\n\"\r\nd\r\n\r\n");
    List<List<Object>> expected =
        List.of(List.of("ab"), asList((Object) null), List.of("c\r\n"), List.of("d"), asList((Object) null));
    for (int windowBytes = 1; windowBytes < 30; windowBytes++) {
      assertThat(read(file, NO_HEADER, strings(1), windowBytes)).isEqualTo(expected);
    }
  }

  @Test
  void tellsEveryColumnThatTheHeaderLacks() {
    assertThatThrownBy(() -> read("id,nmae,x\n", "id long, name string, y long"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("t.csv:1  error SB-3031: the header has no column \"name\"")
        .hasMessageContaining("it has id, nmae, x")
        .hasMessageContaining("did you mean \"nmae\"?")
        .hasMessageContaining("the header has no column \"y\"");
    assertThatThrownBy(() -> read("1,2\n", "id long, name string")).hasMessageContaining("set header = false");
  }

  @Test
  void refusesAHeaderThatHasAWantedNameTwice() throws IOException {
    assertThatThrownBy(() -> read("a,b,a\n1,2,3\n", "a long, b long"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("SB-3032: the header has \"a\" twice, as column 1 and 3");
    assertThat(read("a,b,a\n1,2,3\n", "b long")).containsExactly(List.of(2L));
  }

  @Test
  void tellsRecordsWithTooFewOrTooManyFields() {
    assertThatThrownBy(() -> read("a,b\n1,2\n3\n4,5,6\n", "a long, b long"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("t.csv:3:1  error SB-3004: expected 2 fields, found 1: 3")
        .hasMessageContaining("t.csv:4:1  error SB-3004: expected 2 fields, found 3: 4,5,6");
  }

  @Test
  void tellsTheLineWhereAQuoteOpensThatIsNeverClosed() {
    assertThatThrownBy(() -> read("a,b\n1,x\n2,\"y\n3,z\n", "a long, b string"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("t.csv:3:3  error SB-3004: the quote that opens this field is never closed")
        .hasMessageContaining("\"y?3,z");
  }

  @Test
  void tellsTextBehindAClosingQuote() {
    assertThatThrownBy(() -> read("a,b\n1,\"x\"y\n2,\"z\" \n", "a long, b string"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("t.csv:2:3  error SB-3004: expected a delimiter or the end of the line")
        .hasMessageContaining("t.csv:3:3");
  }

  @Test
  void tellsValuesThatDoNotFitWithTheirPlaces() {
    assertThatThrownBy(() -> read("a,b\n1,x\nq,2\n,3\n99999999999,4\n", "a int, b string"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("t.csv:3:1  error SB-3001: column a is int, but here it is \"q\"")
        .hasMessageContaining("t.csv:4:1  error SB-3002: column a is int and never null")
        .hasMessageContaining(
            "t.csv:5:1  error SB-3001: column a is int, but here it is \"99999999999\": out of range");
  }

  @Test
  void tellsTextThatIsNotUtf8() throws IOException {
    byte[] latin1 = "a,b\n1,stra\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(
        () -> read(new MemoryFile("t.csv", latin1), CsvOptions.DEFAULT, SchemaText.parse("a long, b string")))
        .hasMessageContaining("t.csv:2:")
        .hasMessageContaining("SB-3005: the text of column b is not UTF-8: byte 0xdf");
    assertThat(read(new MemoryFile("t.csv", latin1), CsvOptions.DEFAULT, SchemaText.parse("a long")))
        .containsExactly(List.of(1L));
  }

  @Test
  void refusesNestedColumns() {
    assertThatThrownBy(() -> read("a,b\n", "a array<long>, b row<x long>"))
        .hasMessageContaining("SB-3034: column \"a\" is array<long>")
        .hasMessageContaining("column \"b\" is row<x long>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"airports.csv", "birdstrikes.csv"})
  void readsRealDataAsFastCsvDoes(String name) throws IOException {
    byte[] bytes = CsvFiles.resource(name);
    List<List<Object>> expected = CsvFiles.fastCsv(bytes, ',');
    List<List<Object>> rows = read(new MemoryFile(name, bytes), NO_HEADER, strings(expected.get(0).size()), 100);
    assertThat(CsvFiles.withoutNulls(rows)).isEqualTo(expected);
  }

  @Test
  void endsABatchWhereTheWindowEndsAndGivesTheSameRowsAtEveryBatchSize() throws IOException {
    MemoryFile file = new MemoryFile("airports.csv", CsvFiles.resource("airports.csv"));
    Schema schema = new CsvFormat("csv", CsvOptions.DEFAULT).infer(List.of(file));
    List<List<Object>> expected = read(file, CsvOptions.DEFAULT, schema);
    for (int batchRows : new int[] {1, 2, 7, 64, 1024}) {
      try (BatchReader reader = CsvReader.open(file.whole(), CsvFiles.all(schema, batchRows), CsvOptions.DEFAULT)) {
        assertThat(CsvFiles.drain(reader)).isEqualTo(expected);
      }
    }
  }

  @Test
  void readsAMillionColumns() throws IOException {
    String row = "1,".repeat(999_999) + "1\n";
    MemoryFile file = MemoryFile.of("wide.csv", row.replace('1', 'x') + row);
    assertThatThrownBy(() -> read(file, CsvOptions.DEFAULT, SchemaText.parse("a long")))
        .hasMessageContaining("and 999980 more");
    assertThatThrownBy(() -> read(file, NO_HEADER, strings(2)))
        .hasMessageContaining("expected 2 fields, found 1000000");
  }

  @Test
  void readsALineOfAHundredMegabytesOrRefusesIt() throws IOException {
    byte[] bytes = new byte[100 << 20];
    Arrays.fill(bytes, (byte) 'x');
    System.arraycopy("1,".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 2);
    MemoryFile file = new MemoryFile("long.csv", bytes);
    ReadSpec spec = new ReadSpec(strings(2), List.of(0), 10);
    CsvColumns columns = CsvColumns.of(file, spec, NO_HEADER);
    try (BatchReader reader = CsvReader.open(
        file.whole(), spec, NO_HEADER, columns, ByteChunks.open(file.whole(), 0, 1 << 16, 16 << 20))) {
      assertThatThrownBy(reader::next).isInstanceOf(UserException.class).hasMessageContaining("long.csv:1:1")
          .hasMessageContaining("a record is longer than 16 MB");
    }
    try (BatchReader reader = CsvReader.open(
        file.whole(), spec, NO_HEADER, columns, ByteChunks.open(file.whole(), 0, 1 << 16, 128 << 20))) {
      assertThat(CsvFiles.drain(reader)).containsExactly(List.of("1"));
    }
  }

  @Property(tries = 300)
  void refusesJunkOrReadsItAsFastCsvDoes(@ForAll byte[] junk, @ForAll @IntRange(min = 1, max = 4) int columns)
      throws IOException {
    byte[] ascii = junk.clone();
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] &= 0x7f;
    }
    sameAsFastCsv(ascii, columns, 64);
  }

  @Property(tries = 2000)
  void readsHostileTextAsFastCsvDoes(@ForAll @From("hostile") String text,
      @ForAll @IntRange(min = 1, max = 3) int columns,
      @ForAll @IntRange(min = 1, max = 40) int windowBytes) throws IOException {
    sameAsFastCsv(text.getBytes(StandardCharsets.UTF_8), columns, windowBytes);
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.strings().withChars(",\"\n\r\"\n,a1\t é€\u0001\u007f").ofMaxLength(60);
  }

  /**
   * We give what FastCSV gives, and refuse what it refuses, records with another number of fields, and, other than it,
   * a quote that is never closed: then FastCSV gives as many records with the quote closed at the end.
   */
  private static void sameAsFastCsv(byte[] bytes, int columns, int windowBytes) throws IOException {
    MemoryFile file = new MemoryFile("t.csv", bytes);
    List<List<Object>> expected;
    try {
      expected = CsvFiles.fastCsv(bytes, ',');
    } catch (CsvParseException e) {
      assertThatThrownBy(() -> read(file, NO_HEADER, strings(columns), windowBytes)).isInstanceOf(UserException.class);
      return;
    }
    try {
      List<List<Object>> rows = CsvFiles.withoutNulls(read(file, NO_HEADER, strings(columns), windowBytes));
      assertThat(columns > 1 ? rows : withoutEmpty(rows)).isEqualTo(columns > 1 ? expected : withoutEmpty(expected));
    } catch (UserException e) {
      boolean notClosed = e.getMessage().contains("never closed");
      assertThat(notClosed || expected.stream().anyMatch(row -> row.size() != columns)).as(e.getMessage()).isTrue();
      if (notClosed) {
        byte[] closed = Arrays.copyOf(bytes, bytes.length + 1);
        closed[bytes.length] = '"';
        assertThat(CsvFiles.fastCsv(closed, ',')).hasSameSizeAs(expected);
      }
    }
  }

  /** FastCSV skips blank lines in files of one column. */
  private static List<List<Object>> withoutEmpty(List<List<Object>> rows) {
    return rows.stream().filter(row -> !row.get(0).equals("")).toList();
  }
}
