package dev.samzabatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.samzabatch.data.UserException;
import dev.samzabatch.system.file.FileTree;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every query of {@code corpus/queries.sql}, run as a job, gives what DuckDB gives: for every number of containers,
 * batch size and number of partitions.
 */
class CorpusTest {

  /** A query, and what DuckDB is asked. */
  private record Query(String ours, String theirs) {}

  /** Column names and rows; numbers of doubles are compared by value, not digit by digit. */
  private record Answer(List<String> columns, List<List<Object>> rows) {}

  private static final JSON EXACT = JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final Path MEMORY_DISK = Path.of("/dev/shm");

  private static Path directory;
  private static final Map<Query, Answer> EXPECTED = new LinkedHashMap<>();

  /** Thousands of runs force thousands of files to disk: where there is a disk in memory, they go there. */
  private static void makeDirectory() throws IOException {
    directory =
        Files.isWritable(MEMORY_DISK)
            ? Files.createTempDirectory(MEMORY_DISK, "corpus")
            : Files.createTempDirectory("corpus");
  }

  @AfterAll
  static void deleteDirectory() throws IOException {
    FileTree.delete(directory);
  }

  @BeforeAll
  static void askDuckDb() throws IOException, SQLException {
    makeDirectory();
    CorpusTables.writeJson(directory.resolve("in"));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      CorpusTables.createIn(duck);
      for (Query query : queries()) {
        EXPECTED.put(query, ask(duck, query.theirs()));
      }
    }
  }

  @Test
  void theCorpusIsLargeEnough() {
    assertThat(EXPECTED).hasSizeGreaterThan(150);
  }

  @ParameterizedTest(name = "{0} containers, batches of {1}, {2} partitions")
  @CsvSource({"1, 1, 1", "1, 1, 16", "1, 7, 1", "1, 7, 16", "1, 1024, 1", "1, 1024, 16", "2, 1, 1", "2, 1, 16",
      "2, 7, 1", "2, 7, 16", "2, 1024, 1", "2, 1024, 16", "5, 1, 1", "5, 1, 16", "5, 7, 1", "5, 7, 16", "5, 1024, 1",
      "5, 1024, 16"})
  void everyQueryGivesWhatDuckDbGives(int containers, int batchRows, int partitions) throws IOException {
    List<String> differences = new ArrayList<>();
    for (Map.Entry<Query, Answer> entry : EXPECTED.entrySet()) {
      Query query = entry.getKey();
      try {
        Answer answer = run(query.ours(), containers, partitions, batchRows);
        String difference = difference(query, entry.getValue(), answer);
        if (!difference.isEmpty()) {
          differences.add(query.ours() + "\n   " + difference);
        }
      } catch (UserException | IllegalStateException e) {
        differences.add(query.ours() + "\n   " + e.getMessage());
      }
    }
    assertThat(differences).as("%d of %d queries differ", differences.size(), EXPECTED.size()).isEmpty();
  }

  private static List<Query> queries() throws IOException {
    List<Query> queries = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/corpus/queries.sql"))) {
      if (line.startsWith("duckdb> ")) {
        Query last = queries.remove(queries.size() - 1);
        queries.add(new Query(last.ours(), line.substring("duckdb> ".length())));
      } else if (!line.isBlank() && !line.startsWith("--")) {
        queries.add(new Query(line, line));
      }
    }
    return queries;
  }

  private static Answer ask(Connection duck, String query) throws SQLException {
    try (Statement statement = duck.createStatement(); ResultSet result = statement.executeQuery(query)) {
      ResultSetMetaData about = result.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int c = 1; c <= about.getColumnCount(); c++) {
        columns.add(about.getColumnName(c));
      }
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int c = 1; c <= columns.size(); c++) {
          Object value = result.getObject(c);
          row.add(canonical(about.getColumnType(c) == Types.TIMESTAMP && value != null ? timestamp(result, c) : value));
        }
        rows.add(row);
      }
      return new Answer(columns, rows);
    }
  }

  private static Object timestamp(ResultSet result, int column) throws SQLException {
    return result.getObject(column, LocalDateTime.class);
  }

  private static Answer run(String query, int containers, int partitions, int batchRows) throws IOException {
    StringBuilder job = new StringBuilder("job = corpus\ninputs {\n");
    for (CorpusTables.Table table : CorpusTables.ALL) {
      job.append("  ").append(table.name()).append(" { uri = \"in/").append(table.name())
          .append("\", format = json, schema = \"")
          .append(table.schema()).append("\" }\n");
    }
    job.append("}\nsteps { q { sql = \"\"\"").append(query).append("\"\"\" } }\n");
    job.append("outputs { q { from = q, uri = out, format = json, mode = replace } }\n");
    job.append("run { containers = ").append(containers).append(", partitions = ").append(partitions).append(" }\n");
    TestJobs jobs = new TestJobs(directory);
    jobs.run(job.toString(), new RunSettings(batchRows, 64, 1 << 20));
    List<String> columns = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    for (String line : jobs.lines("out")) {
      Map<String, Object> object = EXACT.mapFrom(line);
      columns = List.copyOf(object.keySet());
      rows.add(object.values().stream().map(CorpusTest::canonical).toList());
    }
    return new Answer(columns, rows);
  }

  private static Object canonical(Object value) {
    if (value instanceof Double || value instanceof Float) {
      return new BigDecimal(value.toString());
    }
    if (value instanceof Number) {
      return new BigDecimal(value.toString());
    }
    if (value instanceof LocalDateTime time) {
      return time.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
    }
    return value == null || value instanceof Boolean ? value : value.toString();
  }

  private static String difference(Query query, Answer expected, Answer found) {
    if (!found.rows().isEmpty() && !found.columns().equals(expected.columns())) {
      return "columns " + found.columns() + ", expected " + expected.columns();
    }
    List<List<Object>> ours = new ArrayList<>(found.rows());
    List<List<Object>> theirs = new ArrayList<>(expected.rows());
    if (!query.ours().contains(" order by ")) {
      ours.sort((a, b) -> key(a).compareTo(key(b)));
      theirs.sort((a, b) -> key(a).compareTo(key(b)));
    }
    boolean same = ours.size() == theirs.size();
    for (int i = 0; same && i < ours.size(); i++) {
      same = sameRow(ours.get(i), theirs.get(i));
    }
    return same ? "" : "gave     " + ours + "\n   expected " + theirs;
  }

  private static String key(List<Object> row) {
    return Stream.of(row.toArray())
        .map(
            v -> v instanceof BigDecimal n ? n.round(new MathContext(12)).stripTrailingZeros().toPlainString() : "" + v)
        .toList()
        .toString();
  }

  private static boolean sameRow(List<Object> a, List<Object> b) {
    for (int i = 0; i < a.size(); i++) {
      if (!sameValue(a.get(i), b.get(i))) {
        return false;
      }
    }
    return a.size() == b.size();
  }

  private static boolean sameValue(Object a, Object b) {
    if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      BigDecimal error = x.subtract(y).abs();
      return error.signum() == 0 || error.compareTo(y.abs().multiply(new BigDecimal("1e-14"))) <= 0;
    }
    if (a instanceof String x && b instanceof String y && x.contains("T") && y.contains("T")) {
      return x.replaceAll("\\.?0+$", "").equals(y.replaceAll("\\.?0+$", "")) || x.equals(y);
    }
    return a == null ? b == null : a.equals(b);
  }
}
