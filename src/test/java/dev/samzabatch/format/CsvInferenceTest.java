package dev.samzabatch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.job.DataFormat;
import dev.samzabatch.job.DelimitedOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvInferenceTest {

  private static final DelimitedOptions USUAL = DelimitedOptions.of(DataFormat.CSV);

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "1,-20,0|long", "1,2.5,-1e3|double", "1,|long null", "00123,1|string", "+49,1|string", "true,FALSE|boolean",
      "true,1|string",
      "2024-02-29,1999-01-01|date", "2024-02-30|string", "2024-02-29,2024-02-29T01:02:03.5,2024-02-29 01:02|timestamp",
      "2024-02-29,1|string", "9223372036854775807|long", "9223372036854775808|string", ",|string null", "1.5,x|string",
      "-0|string",
      "NaN|string", "1.|string"
  })
  void findsTheTypeOfAColumn(String values, String type) throws IOException {
    StringBuilder text = new StringBuilder("v,w\n");
    for (String value : values.split(",", -1)) {
      text.append(value).append(",x\n");
    }
    assertThat(infer(text.toString())).hasToString("v " + type + ", w string");
  }

  @Test
  void findsTheColumnsOfRealData() throws IOException {
    assertThat(infer(new MemoryFile("airports.csv", CsvFiles.resource("airports.csv"))))
        .hasToString(
            "iata string, name string, city string, state string, country string, latitude double, longitude double");
    assertThat(infer(new MemoryFile("birdstrikes.csv", CsvFiles.resource("birdstrikes.csv"))).toString()).startsWith(
        "`Airport Name` string, `Aircraft Make Model` string, `Effect Amount of damage` string, `Flight Date` date, ")
        .contains("`Cost Total $` long");
  }

  @Test
  void looksAtAllFilesWhateverTheOrderOfTheirColumns() throws IOException {
    assertThat(infer(MemoryFile.of("1.csv", "a,b\n1,x\n"), MemoryFile.of("2.csv", ""),
        MemoryFile.of("3.csv", "b,a\ny,1.5\n,2\n")))
        .hasToString("a double, b string null");
  }

  @Test
  void allowsNullsInRecordsThatWereNotLookedAt() throws IOException {
    assertThat(infer("a,b\n" + "1,2\n".repeat(20_001))).hasToString("a long null, b long null");
    assertThat(infer("a,b\n" + "1,2\n".repeat(20_000))).hasToString("a long, b long");
  }

  @Test
  void refusesFilesThatContradictEachOther() {
    assertThatThrownBy(() -> infer(MemoryFile.of("1.csv", "a,b\n"), MemoryFile.of("2.csv", "a,c\n")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("2.csv  error SB-3037: its columns are a, c, but those of 1.csv are a, b");
  }

  @Test
  void refusesWhatTellsNothing() {
    assertThatThrownBy(() -> infer("")).isInstanceOf(UserException.class)
        .hasMessageContaining("t.csv  error SB-3036: the file is empty: there is nothing to infer a schema from");
    assertThatThrownBy(() -> infer("a,b,a,\n")).isInstanceOf(UserException.class)
        .hasMessageContaining("SB-3032: the header has \"a\" twice")
        .hasMessageContaining("SB-3033: column 4 of the header has no name");
  }

  @Test
  void findsHeaderAndDelimiterThatAreNotGiven() throws IOException {
    assertSniffed("id;name\n1;a,b\n2;c\n", ';', true, "id long, name string");
    assertSniffed("id\tname\n1\ta\n", '\t', true, "id long, name string");
    assertSniffed("1|2024-01-01|x\n2|2024-01-02|y\n", '|', false, "c1 long, c2 date, c3 string");
    assertSniffed("id,name\n1,a;b\n", ',', true, "id long, name string");
    assertSniffed("name\nx\n", ',', true, "name string");
    assertSniffed("x,x\ny,z\n", ',', false, "c1 string, c2 string");
  }

  @Test
  void keepsWhatIsGiven() throws IOException {
    DelimitedOptions given = new DelimitedOptions(Optional.of(false), ',', USUAL.quote(), USUAL.escape(), "-");
    InferredFormat found =
        Formats.infer(DataFormat.CSV, given, Optional.empty(), List.of(MemoryFile.of("t.csv", "a,b\n-,c\n")));
    assertThat(found.options()).isEqualTo(given);
    assertThat(found.schema()).hasToString("c1 string null, c2 string");
  }

  private static void assertSniffed(String text, char delimiter, boolean header, String schema) throws IOException {
    InferredFormat found =
        Formats.infer(DataFormat.CSV, USUAL, Optional.empty(), List.of(MemoryFile.of("t.csv", text)));
    assertThat(found.options().delimiter()).isEqualTo(delimiter);
    assertThat(found.options().header()).contains(header);
    assertThat(found.schema()).hasToString(schema);
  }

  private static Schema infer(String text) throws IOException {
    return infer(MemoryFile.of("t.csv", text));
  }

  private static Schema infer(MemoryFile... files) throws IOException {
    return new CsvFormat("csv", CsvOptions.DEFAULT).infer(new ArrayList<>(Arrays.asList(files)));
  }
}
