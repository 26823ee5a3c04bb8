package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that do not fit: each fails the run and is named by file, line, column, value and type. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BadRecordsTest {

  private static final String MB = "x".repeat(1 << 20);

  /** So that only one thread holds such a line in memory. */
  private static final String ONE_CONTAINER = "run { containers = 1 }\n";

  @TempDir
  private Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory);
  }

  private static String copy(String uri) {
    return BadFilesTest.copy(uri, "");
  }

  private static String copy(String uri, String schema) {
    return BadFilesTest.copy(uri, ", schema = \"" + schema + "\"");
  }

  private static String failed(String problems, String code) {
    return problems + "1 error; more about it: samza-batch explain " + code + "\n"
        + "run RUN of job copy: failed after TIME; nothing was published. See: samza-batch show RUN\n";
  }

  /** Writes a file with so many megabytes of x between its head and its tail. */
  private void large(String name, String head, int megabytes, String tail) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(shell.path(name)))) {
      out.write(head.getBytes(StandardCharsets.UTF_8));
      byte[] mb = MB.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < megabytes; i++) {
        out.write(mb);
      }
      out.write(tail.getBytes(StandardCharsets.UTF_8));
    }
  }

  private long publishedBytes() throws IOException {
    try (Stream<Path> files = Files.list(shell.path("out"))) {
      return files.filter(file -> !file.endsWith("_SUCCESS")).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void aJsonLineOfAHundredMegabytesIsARecord() throws IOException {
    large("in.json", "{\"a\":\"", 100, "\",\"b\":1}\n");
    shell.runs(copy("in.json", "a string, b long") + ONE_CONTAINER);
    assertThat(publishedBytes()).isEqualTo(Files.size(shell.path("in.json")));
  }

  @Test
  void aCsvLineOfAHundredMegabytesIsARecord() throws IOException {
    large("in.csv", "a,b\n", 100, ",1\n");
    shell.runs(copy("in.csv", "a string, b long") + ONE_CONTAINER);
    assertThat(publishedBytes()).isEqualTo((100L << 20) + "{\"a\":\"\",\"b\":1}\n".length());
  }

  @Test
  void theSchemaOfALineOfAHundredMegabytesIsInferred() throws IOException {
    large("in.json", "{\"a\":\"", 100, "\",\"b\":1}\n");
    shell.runs(copy("in.json") + ONE_CONTAINER);
    assertThat(publishedBytes()).isEqualTo(Files.size(shell.path("in.json")));
  }

  @Test
  void aRecordThatDoesNotFitIntoMemoryFailsTheRun() throws IOException {
    large("in.json", "{\"a\":\"", 300, "\",\"b\":1}\n");
    String said = shell.fails(copy("in.json", "a string, b long")).exits(1).err();
    assertThat(said).startsWith("DIR/in.json:1:1  error SB-3006: a record is longer than ");
    assertThat(said).contains("is this really a file of such records? Check its format");
  }

  @Test
  void aNameOfAHundredMegabytesIsNoColumn() throws IOException {
    large("in.csv", "a,", 100, "\n1,1\n");
    shell.refused(copy("in.csv")).says(
        """
            DIR/job.conf:2:21  error SB-4006: input "a" has a column with a name of 104,857,600 characters: %s...
               is this really a file of such records? If a CSV file has no header, set header = false; else declare the schema
            1 error; more about it: samza-batch explain SB-4006
            """
            .formatted("x".repeat(40)));
  }

  @Test
  void ofAMillionColumnsNoSchemaIsInferred() throws IOException {
    shell.file("in.csv", columns("c%d", 1_000_000) + "\n" + columns("%d", 1_000_000) + "\n");
    shell.refused(copy("in.csv")).says("""
        DIR/in.csv:1  error SB-3038: there are 1,000,000 columns; a schema is inferred of up to 10,000
           check the delimiter; or declare those that you need, for example schema = "id long, name string null"
        1 error; more about it: samza-batch explain SB-3038
        """);
    shell.file("in.json", "{" + columns("\"c%1$d\":%1$d", 1_000_000) + "}\n");
    shell.refused(copy("in.json")).says("""
        DIR/in.json  error SB-3011: the records have more than 1000 different keys, which cannot all be columns
           declare the columns that you need, for example schema = "id long, name string null"
        1 error; more about it: samza-batch explain SB-3011
        """);
  }

  @Test
  void ofAMillionColumnsTheDeclaredOnesAreRead() throws IOException {
    shell.file("in.csv", columns("c%d", 1_000_000) + "\n" + columns("%d", 1_000_000) + "\n");
    shell.runs(copy("in.csv", "c1 long, c999999 long"));
    assertThat(shell.rows("out")).containsExactly("{\"c1\":1,\"c999999\":999999}");
  }

  private static String columns(String form, int count) {
    return IntStream.range(0, count).mapToObj(form::formatted).collect(Collectors.joining(","));
  }

  @Test
  void aNameThatTwoColumnsHaveIsRefused() throws IOException {
    shell.file("in.csv", "a,b,a\n1,2,3\n").refused(copy("in.csv")).says("""
        DIR/in.csv:1  error SB-3032: the header has "a" twice, as column 1 and 3: which one is meant cannot be known
           rename one of them in the file
        1 error; more about it: samza-batch explain SB-3032
        """);
    shell.fails(copy("in.csv", "a long, b long")).exits(1).says(failed("""
        DIR/in.csv:1  error SB-3032: the header has "a" twice, as column 1 and 3: which one is meant cannot be known
           rename one of them in the file
        """, "SB-3032"));
    shell.runs(copy("in.csv", "b long"));
    assertThat(shell.rows("out")).containsExactly("{\"b\":2}");
  }

  @Test
  void aFileOfNothingButAHeaderHasNoRows() throws IOException {
    shell.file("in.csv", "a,b\n").runs(copy("in.csv"));
    assertThat(shell.rows("out")).isEmpty();
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByTheirPlace() throws IOException {
    shell.file("in.json", "{\"a\":\"caf\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1));
    shell.fails(copy("in.json", "a string")).exits(1).says(failed("""
        DIR/in.json:1:10  error SB-3005: the text is not valid UTF-8
           turn the file into UTF-8, for example with iconv -f latin1 -t utf-8
        """, "SB-3005"));
    shell.file("in.csv", "a\nok\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    shell.fails(copy("in.csv", "a string")).exits(1).says(failed("""
        DIR/in.csv:3:4  error SB-3005: the text of column a is not UTF-8: byte 0xe9
           turn the file into UTF-8, for example with iconv -f latin1 -t utf-8
        """, "SB-3005"));
  }

  @Test
  void aHeaderThatIsNotUtf8IsRefused() throws IOException {
    for (byte[] file : Arrays.asList(
        "caf\u00e9,b\n1,2\n".getBytes(StandardCharsets.ISO_8859_1), "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16))) {
      shell.file("in.csv", file);
      assertThat(shell.refused(copy("in.csv")).err())
          .startsWith("DIR/in.csv:1  error SB-3005: the name of column 1 in the header is not UTF-8 text: ")
          .contains("turn the file into UTF-8");
    }
  }

  @Test
  void aNumberOutOfRangeIsNamedWithItsType() throws IOException {
    shell.file("in.csv", "a,b,c,d\n1,2,3,2026-01-01\n3000000000,99999999999999999999,1234.5,2026-02-30\n");
    shell.fails(copy("in.csv", "a int, b long, c decimal(5,2), d date")).exits(1).saysFirst("""
        DIR/in.csv:3:1  error SB-3001: column a is int, but here it is "3000000000": out of range
        DIR/in.csv:3:12  error SB-3001: column b is long, but here it is "99999999999999999999": out of range
        DIR/in.csv:3:33  error SB-3001: column c is decimal(5,2), but here it is "1234.5": out of range
        DIR/in.csv:3:40  error SB-3001: column d is date, but here it is "2026-02-30": out of range
           declare the column as string or another type that fits, or mend the file
        4 errors; more about it: samza-batch explain SB-3001
        """);
    shell.file("in.json", "{\"a\":1}\n{\"a\":1e400}\n");
    shell.fails(copy("in.json", "a double")).exits(1).says(failed("""
        DIR/in.json:2:6  error SB-3001: column a is double, but here it is 1e400: out of range
           declare the column as string or another type that fits, or mend the file
        """, "SB-3001"));
  }

  @Test
  void ofManyBadRecordsTheFirstAreShownAndAllAreCounted() throws IOException {
    shell.file("in.json", "{\"a\":\"x\"}\n".repeat(5000));
    assertThat(shell.fails(copy("in.json", "a long")).exits(1).err())
        .contains("DIR/in.json:5:6  error SB-3001: column a is long, but here it is \"x\"")
        .contains("found so far: 5000 values or records that do not fit; these are the first")
        .doesNotContain("in.json:6:6");
  }

  @Test
  void aQuoteThatIsNotClosedIsNamedWhereItOpens() throws IOException {
    shell.file("in.csv", "a,b\n1,\"x\n2,y\n3,z\n");
    shell.fails(copy("in.csv", "a long, b string")).exits(1)
        .says(failed(
            """
                DIR/in.csv:2:3  error SB-3004: the quote that opens this field is never closed, up to the end of the file: "x?2,y?3,z?
                   close it in the file; if quotes have no meaning there, set quote = ""
                """,
            "SB-3004"));
    shell.file("in.csv", "\"a,b\n1,2\n").refused(copy("in.csv")).says("""
        DIR/in.csv:1  error SB-3004: a quote in the header is never closed, up to the end of the file
           close it in the file; if quotes have no meaning there, set quote = ""
        1 error; more about it: samza-batch explain SB-3004
        """);
    shell.file("in.json", "{\"a\":\"x}\n{\"a\":\"y\"}\n");
    shell.fails(copy("in.json", "a string")).exits(1).says(failed("""
        DIR/in.json:1:9  error SB-3004: expected the closing quote of a string, found the end of the line
           each record is one line; records that go over several lines must be the elements of one array, [ ... ]
        """, "SB-3004"));
  }

  @Test
  void aRecordOfTooManyOrTooFewFieldsIsNamed() throws IOException {
    shell.file("in.csv", "a,b\n1\n2,y,z\n3,z\n");
    shell.fails(copy("in.csv", "a long, b string")).exits(1).saysFirst("""
        DIR/in.csv:2:1  error SB-3004: expected 2 fields, found 1: 1?
        DIR/in.csv:3:1  error SB-3004: expected 2 fields, found 3: 2,y,z?
           check the delimiter and the quotes; all records have the same columns
        """);
  }

  @Test
  void aMillionNestedArraysAreRefusedAndDoNotOverflowTheStack() throws IOException {
    shell.file("in.json", "{\"a\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}\n");
    shell.fails(copy("in.json", "b long null")).exits(1).says(failed("""
        DIR/in.json:1:1005  error SB-3004: arrays and objects are nested more than 1000 deep
           mend the file, or check the input's format
        """, "SB-3004"));
  }

  @Test
  void anArrayThatDoesNotEndIsNotTakenForWhole() throws IOException {
    shell.file("in.json", "[{\"a\":1},{\"a\":2}");
    shell.fails(copy("in.json", "a long")).exits(1).says(failed("""
        DIR/in.json:1:17  error SB-3004: expected ] at the end of the array, found the end of the file
           the file seems to be incomplete
        """, "SB-3004"));
  }
}
