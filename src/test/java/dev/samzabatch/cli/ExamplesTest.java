package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example runs, and the first one gives what another engine gives. */
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("conf-examples");

  @TempDir
  private Path directory;

  private Cli cli;

  @BeforeEach
  void copyExamples() throws IOException {
    cli = new Cli(directory.resolve("state"));
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      for (Path file : files.filter(f -> !f.startsWith(EXAMPLES.resolve("out"))).toList()) {
        Path target = directory.resolve("jobs").resolve(EXAMPLES.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  static Stream<String> jobs() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      List<String> names =
          files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".conf")).sorted().toList();
      assertThat(names).contains("flights.conf", "joins.conf");
      return names.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void everyExampleRunsAndGivesRows(String name) {
    Cli.Answer answer = cli.run("run", directory.resolve("jobs").resolve(name).toString());
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out() + answer.err()).contains("done").doesNotContain("warning SB-");
    assertThat(answer.outLines()).hasSizeGreaterThan(10);
  }

  @Test
  void flightsGivesWhatAnotherEngineGives() throws IOException, SQLException {
    Path jobs = directory.resolve("jobs");
    cli.run("run", jobs.resolve("flights.conf").toString(), "-q");
    List<String> airports = Files.readAllLines(jobs.resolve("out/flights/airports.csv"));
    assertThat(airports.subList(1, airports.size())).isEqualTo(rows("""
        select origin, name, state, flights, late,
               round(100.0 * late / flights, 1), round(minutes / flights, 1)
        from (select origin, count(*) as flights, count(*) filter (delay > 15) as late,
                     sum(delay) as minutes
              from read_json_auto('%1$s/data/flights/*.json') where distance > 0 group by origin)
             join read_csv_auto('%1$s/data/airports.csv') on origin = iata
        where flights >= 100
        order by round(100.0 * late / flights, 1) desc, origin limit 20""".formatted(jobs)));
  }

  private static List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(result.getString(i));
        }
        rows.add(String.join(",", cells));
      }
    }
    return rows;
  }
}
