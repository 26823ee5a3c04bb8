package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.ByteSink;
import dev.samzabatch.data.Place;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.SchemaText;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Values;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CsvRecordFormatTest {

  @Property(tries = 500)
  void fieldsAreReadBackAsTheyWereWritten(
      @ForAll @Size(min = 1, max = 20) List<@Size(3) List<@Chars({'a', 'ä', ',', '"', '\n', '\r', ' '}) String>> texts,
      @ForAll @IntRange(min = 1, max = 3) int columns) throws IOException {
    Schema schema = CsvFiles.strings(columns);
    List<List<Object>> rows = new ArrayList<>();
    for (List<String> row : texts) {
      rows.add(Arrays.asList(row.subList(0, columns).toArray()));
    }
    rows.add(Arrays.asList(new Object[columns]));
    assertThat(Records.decoded(Records.CSV, schema, Records.encoded(Records.CSV, schema, rows))).isEqualTo(rows);
  }

  @Test
  void columnsGoByPosition() throws IOException {
    Schema schema = SchemaText.parse("a long, b string, c date null, d decimal(25,2), e bytes null, f double");
    RecordDecoder decoder = Records.CSV.decoder(new ReadSpec(schema, List.of(0, 2, 3, 4), 10));
    decoder.begin();
    assertThat(Records.add(decoder, Records.utf8("1,\"x,\ny\",2024-02-29,1.5,AQI=,no number\n"))).isNull();
    assertThat(Records.add(decoder, Records.utf8("2,,,-1,,"))).isNull();
    decoder.addNull();
    assertThat(Values.rows(decoder.batch())).containsExactly(
        List.of(1L, LocalDate.of(2024, 2, 29), new BigDecimal("1.50"), ByteBuffer.wrap(new byte[] {1, 2})),
        Arrays.asList(2L, null, new BigDecimal("-1.00"), null), Arrays.asList(null, null, null, null));
  }

  @Test
  void badRecordsLeaveNothingBehind() throws IOException {
    RecordDecoder decoder = Records.CSV.decoder(Records.all(SchemaText.parse("a long null, b string null, c date")));
    decoder.begin();
    assertThat(Records.add(decoder, Records.utf8(",,never"))).isNotNull();
    assertThat(Records.add(decoder, Records.utf8("1,\"\"\"x\"\"\",2024-01-01"))).isNull();
    assertThat(Records.add(decoder, Records.utf8("1,2"))).isNotNull();
    assertThat(Records.add(decoder, Records.utf8(",\"\",2024-01-01"))).isNull();
    assertThat(Values.rows(decoder.batch())).containsExactly(List.of(1L, "\"x\"", LocalDate.of(2024, 1, 1)),
        Arrays.asList(null, "", LocalDate.of(2024, 1, 1)));
  }

  @Test
  void whatIsWrongIsTold() throws IOException {
    assertThat(Records.problem(Records.CSV, "a long, b long", "1")).isEqualTo("SB-3004: expected 2 fields, found 1: 1");
    assertThat(Records.problem(Records.CSV, "a long, b long", ""))
        .isEqualTo("SB-3004: expected 2 fields, found an empty record");
    assertThat(Records.problem(Records.CSV, "a long", "1\n2"))
        .isEqualTo("SB-3004: expected one line, found another one behind it: 2");
    assertThat(Records.problem(Records.CSV, "a string", "\"x"))
        .isEqualTo("SB-3004: the quote that opens this field is never closed, up to the end of the record: \"x");
    assertThat(Records.problem(Records.CSV, "a long", "x"))
        .startsWith("SB-3001: column a is long, but here it is \"x\"");
    assertThat(Records.problem(Records.CSV, "a long, b string", ",x"))
        .startsWith("SB-3002: column a is long and never");
    assertThat(Records.problem(Records.CSV, "a string", new byte[] {-1})).startsWith("SB-3005: ");
    assertThatThrownBy(() -> Records.problem(Records.CSV, "a array<long>", "x")).hasMessageContaining("SB-3034");
  }

  @Test
  void anEmptyRecordOfOneColumnIsAField() throws IOException {
    assertThat(Records.decoded(Records.CSV, "a string null", "", "x", "\n", "\"\""))
        .containsExactly(Arrays.asList((Object) null), List.of("x"), Arrays.asList((Object) null), List.of(""));
  }

  @Test
  void tabsSeparateTheFieldsOfTsv() throws IOException {
    assertThat(Records.decoded(Records.of(DataFormat.TSV), "a string, b long", "x,\t7"))
        .containsExactly(List.of("x,", 7L));
    assertThat(Records.of(DataFormat.TSV).name()).isEqualTo("tsv");
  }

  @Test
  void aValueThatNeedsQuotesThereAreNotIsRefusedAndTheNextIsWritten() throws IOException {
    DelimitedOptions bare = new DelimitedOptions(Optional.empty(), ',', Optional.empty(), Optional.empty(), "");
    RecordFormat format = RecordFormats.of(DataFormat.CSV, bare, Optional.empty(), Optional.empty());
    Schema schema = CsvFiles.strings(2);
    RecordEncoder encoder = format.encoder(schema, "");
    RecordBatch batch = Values.batch(schema, List.of(List.of("a", "b,"), List.of("c", "d")));
    ByteSink out = new ByteSink();
    assertThatThrownBy(() -> encoder.encode(batch, 0, out)).isInstanceOf(UserException.class)
        .hasMessageContaining("SB-3035");
    encoder.encode(batch, 1, out);
    assertThat(out.toArray()).asString().isEqualTo("c,d");
  }

  @Test
  void theSchemaIsThatOfTheGoodRecords() throws IOException {
    assertThat(Records.CSV.infer(Records.utf8("1,x,2024-01-01", "bad", "2.5,,2024-01-02"), Place.none()))
        .hasToString("c1 double null, c2 string null, c3 date null");
    assertThatThrownBy(() -> Records.CSV.infer(List.of(), Place.of("job.conf")))
        .hasMessageStartingWith("job.conf  error SB-3036: the sample has no record");
    assertThatThrownBy(() -> Records.CSV.infer(List.of(Records.utf8("\"a")), Place.none()))
        .hasMessageContaining("SB-3004");
  }
}
