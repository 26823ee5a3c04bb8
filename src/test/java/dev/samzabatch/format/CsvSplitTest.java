package dev.samzabatch.format;

import static dev.samzabatch.format.CsvFiles.NO_HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Field;
import dev.samzabatch.data.RecordBatch;
import dev.samzabatch.data.ScalarType;
import dev.samzabatch.data.Schema;
import dev.samzabatch.data.UserException;
import dev.samzabatch.data.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CsvSplitTest {

  /** What one split gave, and from where to where it went. */
  private record Part(long from, long to, List<List<Object>> rows) {}

  @Property(tries = 150)
  void eachRecordIsReadOnceWhereverTheFileIsCut(@ForAll @From("tables") List<List<Object>> rows,
      @ForAll boolean header, @ForAll @IntRange(min = 24, max = 90) int windowBytes) throws IOException {
    Schema schema = CsvFiles.strings(rows.isEmpty() ? 2 : rows.get(0).size());
    CsvOptions options = CsvOptions.DEFAULT.withHeader(header);
    MemoryFile file = new MemoryFile("t.csv", written(rows, schema, options));
    List<List<Object>> expected = CsvFiles.read(file, options, schema);
    assertThat(expected).isEqualTo(rows);
    for (int cut = 0; cut <= file.bytes().length; cut++) {
      assertRightOrNoticed(file, options, schema, windowBytes, expected, 0, cut, cut + windowBytes);
    }
  }

  @Property(tries = 1000)
  void aSplitOfHostileTextIsNeverReadWronglyUnnoticed(@ForAll @From("hostile") String text,
      @ForAll @IntRange(min = 1, max = 3) int columns,
      @ForAll @IntRange(min = 2, max = 40) int windowBytes, @ForAll @IntRange(max = 60) int cut) throws IOException {
    MemoryFile file = MemoryFile.of("t.csv", text);
    Schema schema = CsvFiles.strings(columns);
    List<List<Object>> expected;
    try {
      expected = CsvFiles.read(file, NO_HEADER, schema);
    } catch (UserException e) {
      return;
    }
    assertRightOrNoticed(file, NO_HEADER, schema, windowBytes, expected, 0, cut, cut + windowBytes / 2);
  }

  @Test
  void everyCutOfRealDataAndOfTextWithLineEndsInQuotesIsFoundRight() throws IOException {
    for (String name : List.of("birdstrikes.csv", "airports.csv")) {
      byte[] bytes = CsvFiles.resource(name);
      assertEveryCutIsFoundRight(new MemoryFile(name, bytes), new Schema(CsvFiles.stringFields(bytes)), 1 << 10);
    }
    StringBuilder text = new StringBuilder("c1,c2,c3\n");
    for (int i = 0; i < 60; i++) {
      text.append(i).append(",\"a, \"\"quoted\"\"\nline, of text\n\",").append(i % 3 == 0 ? "\"\"" : "x")
          .append(i % 2 == 0 ? "\r\n" : "\n");
    }
    assertEveryCutIsFoundRight(MemoryFile.of("quoted.csv", text.toString()), CsvFiles.strings(3), 200);
  }

  @Test
  void everyCutIsFoundRightWhereALookAtItCannotTellWhatIsWithinQuotes() throws IOException {
    assertEveryCutIsFoundRight(MemoryFile.of("one.csv", "c1\n" + "\"\nx\n\"\n".repeat(40)), CsvFiles.strings(1), 40);
    assertEveryCutIsFoundRight(MemoryFile.of("doubled.csv", "c1,c2\n" + "\"\"\"\n,\"\"\",\"\"\"\"\n".repeat(40)),
        CsvFiles.strings(2), 40);
    assertEveryCutIsFoundRight(
        MemoryFile.of("inner.csv", "c1,c2\n" + "\"a\"\"b\nc\",x\n".repeat(40)), CsvFiles.strings(2), 40);
  }

  @Test
  void aReaderOpenedAtThePositionOfAnotherGivesTheRest() throws IOException {
    for (CsvOptions options : List.of(CsvOptions.DEFAULT, NO_HEADER)) {
      MemoryFile file = MemoryFile.of("t.csv", "\ufeffa,b\r\n1,\"x\ny\"\r\n\r\n2,\n3,\"\"\"\"\n");
      Schema schema = new Schema(List.of(
          Field.optional("a", ScalarType.STRING),
          Field.optional("b", ScalarType.STRING)));
      List<List<Object>> expected = CsvFiles.read(file, options, schema);
      try (BatchReader reader = CsvReader.open(file.whole(), CsvFiles.all(schema, 1), options)) {
        for (int row = 0; row <= expected.size(); row++) {
          FileSplit rest = new FileSplit(file, reader.position(), Long.MAX_VALUE);
          try (BatchReader second = CsvReader.open(rest, CsvFiles.all(schema, 2), options)) {
            assertThat(second.position()).isEqualTo(reader.position());
            assertThat(CsvFiles.drain(second)).isEqualTo(expected.subList(row, expected.size()));
          }
          reader.next();
        }
        assertThat(reader.position()).isEqualTo(file.length());
      }
    }
  }

  @Provide
  Arbitrary<List<List<Object>>> tables() {
    Arbitrary<Object> value =
        Arbitraries.strings().withChars("ab,\"\n\r €").ofMaxLength(8).injectNull(0.1).map(s -> (Object) s);
    return Arbitraries.integers().between(1, 4)
        .flatMap(columns -> value.list().ofSize(columns).list().ofMaxSize(8));
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.strings().withChars(",\"\n\r\"\n,\"a,\n").ofMaxLength(60);
  }

  private static byte[] written(List<List<Object>> rows, Schema schema, CsvOptions options) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BatchWriter writer = new CsvWriter(out, schema, options)) {
      writer.write(Values.batch(schema, rows));
    }
    return out.toByteArray();
  }

  private static void assertEveryCutIsFoundRight(MemoryFile file, Schema schema, int windowBytes) throws IOException {
    ReadSpec spec = CsvFiles.all(schema, 1);
    CsvColumns columns = CsvColumns.of(file, spec, CsvOptions.DEFAULT);
    TreeSet<Long> lines = new TreeSet<>();
    try (BatchReader reader = CsvReader.open(file.whole(), spec, CsvOptions.DEFAULT)) {
      do {
        lines.add(reader.position());
      } while (reader.next() != null);
    }
    for (long cut = 1; cut <= file.length(); cut++) {
      FileSplit rest = new FileSplit(file, cut, Long.MAX_VALUE);
      CsvSplitStart start = new CsvSplitStart(rest, CsvOptions.DEFAULT, columns, windowBytes);
      assertThat(start.find()).as("cut at " + cut).isEqualTo(lines.ceiling(cut));
    }
  }

  /**
   * Splits the file at these offsets; the parts together are all rows if each part starts where the one before ended.
   */
  private static void assertRightOrNoticed(MemoryFile file, CsvOptions options, Schema schema, int windowBytes,
      List<List<Object>> expected, int... cuts) throws IOException {
    List<List<Object>> found = new ArrayList<>();
    boolean chained = true;
    long end = -1;
    for (int i = 0; i < cuts.length; i++) {
      long to = i + 1 < cuts.length ? cuts[i + 1] : Long.MAX_VALUE;
      Part part;
      try {
        part = part(file, options, schema, windowBytes, cuts[i], to);
      } catch (UserException e) {
        return;
      }
      found.addAll(part.rows());
      chained &= i == 0 || part.from() == end;
      end = part.to();
    }
    if (chained) {
      assertThat(found).as("cut at " + Arrays.toString(cuts)).isEqualTo(expected);
    }
  }

  private static Part part(MemoryFile file, CsvOptions options, Schema schema, int windowBytes, long from, long to)
      throws IOException {
    FileSplit split = new FileSplit(file, from, to);
    ReadSpec spec = CsvFiles.all(schema, 2);
    CsvColumns columns = CsvColumns.of(file, spec, options);
    long first = from <= columns.headerEnd() ? columns.headerEnd()
        : new CsvSplitStart(split, options, columns, windowBytes).find();
    ByteChunks chunks = ByteChunks.open(split, first, windowBytes, 1 << 20);
    try (BatchReader reader = CsvReader.open(split, spec, options, columns, chunks)) {
      List<List<Object>> rows = new ArrayList<>();
      long start = reader.position();
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        rows.addAll(Values.rows(batch));
      }
      return new Part(start, reader.position(), rows);
    }
  }
}
