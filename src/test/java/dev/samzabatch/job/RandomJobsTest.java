package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is in a job file, it becomes a job or problems with places in that file. */
class RandomJobsTest {

  private static final String VALID =
      """
          job = test
          params { day { type = date, default = yesterday }, n { type = int, default = 1 } }
          mode = streaming
          systems { lake { type = file, uri = "/lake" }, bus { type = kafka, bootstrap.servers = "h:1", client { a.b = 1, password = "x y" } } }
          inputs { v { uri = "lake:/x/{day:yyyy/MM}/*.csv", header = true, schema = "a long, b string null" }, w { uri = ["w.json", "x.json"] },
            t { uri = "bus:/t-[0-9]{{2}}/", from { 0 = 12, "t-01/1" = 3 }, metadata { k = key, at = timestamp }, event-time { on = at, delay = 5s } } }
          steps {
            a { from = v, filter = "a > {n} and b like '{n}%'", select = [a, "b as c"] }
            b { from = a, left-join = w, on = [a, "c = d"], partitions = 4 }
            c { sql = \"\"\"select *
               from b\"\"\" }
            d { from = c, by = [a], aggregate = ["count(*) as n"] }
            e { from = t, by = [k], aggregate = ["count(*) as n"], window = 1m on at }
            f { from = e, join = t, on = [k], within { most = 1m, left = at, right = at } }
          }
          outputs { o { from = d, uri = "o.csv", files = 1 }, p { from = a, uri = "-" }, q { from = f, uri = "bus:q", key = [k], create { partitions = 2, config { x.y = 1 } } } }
          run { containers = 2, memory = 2g, streams-on = bus, streams { replication = 3 } }
          checks { k { on = d, rows = ">= 1", else = warn } }
          """;

  private static Path file;

  @BeforeContainer
  static void makeFolder() throws IOException {
    file = Files.createTempDirectory("random-jobs").resolve("job.conf");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(file);
    Files.delete(file.getParent());
  }

  @Property(tries = 500)
  void aJobOfRandomPiecesIsReadOrHasProblems(@ForAll("pieces") List<String> pieces) throws IOException {
    check(String.join("", pieces));
  }

  @Property(tries = 500)
  void aValidJobWithRandomChangesIsReadOrHasProblems(@ForAll("changes") List<Change> changes) throws IOException {
    StringBuilder text = new StringBuilder(VALID);
    for (Change change : changes) {
      int at = change.at() % text.length();
      text.replace(at, Math.min(text.length(), at + change.removed()), change.inserted());
    }
    check(text.toString());
  }

  @Example
  void theJobThatIsChangedIsValid() throws IOException {
    Files.writeString(file, VALID);
    JobSpec job = JobLoader.load(new JobRequest(file, Overrides.NONE, JobFolder.RUN_ID, JobFolder.START));
    assertThat(job.outputs()).hasSize(3);
  }

  private static void check(String text) throws IOException {
    Files.writeString(file, text);
    String lines = text + "\n";
    try {
      JobSpec job = JobLoader.load(new JobRequest(file, Overrides.NONE.withEnvironment(Map.of("HOME", "/h")),
          JobFolder.RUN_ID, JobFolder.START));
      job.unused(Map.of());
      assertThat(job.warnings()).allMatch(problem -> !problem.isError());
    } catch (UserException e) {
      assertThat(e.problems()).anyMatch(Problem::isError);
      for (Problem problem : e.problems()) {
        assertThat(problem.place().line()).isBetween(0, (int) lines.chars().filter(c -> c == '\n').count());
        assertThat(problem.message()).isNotBlank().doesNotContain("ConfigException", ".properties");
      }
    }
  }

  record Change(int at, int removed, String inserted) {}

  @Provide
  Arbitrary<List<Change>> changes() {
    return piece().flatMap(inserted -> Arbitraries.integers().between(0, 100_000).flatMap(
        at -> Arbitraries.integers().between(0, 6).map(removed -> new Change(at, removed, inserted))))
        .list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return piece().list().ofMaxSize(60);
  }

  private static Arbitrary<String> piece() {
    return Arbitraries.oneOf(
        Arbitraries.of("{", "}", "[", "]", "=", ":", "+=", ",", "\n", " ", "\"", "\"\"\"", "${", "${?", "${HOME}",
            "${run.memory}", "\\", "//", "#",
            ".", "(", "null", "true", "-", "0", "9", "include ", "include \"job.conf\"", "required(", "{day}", "{day:",
            "{{", "'", "--", "/*", "`", "\r\n"),
        Arbitraries.of("job", "params", "systems", "inputs", "steps", "outputs", "run", "checks", "from", "filter",
            "select", "by", "aggregate", "join",
            "on", "union", "distinct", "order-by", "limit", "sql", "uri", "format", "schema", "type", "default", "csv",
            "v", "a = b", "= test\n"),
        Arbitraries.of("job = test\n", "inputs { v { uri = \"v.csv\" } }\n",
            "outputs { o { from = v, uri = \"-\" } }\n", "steps { s { from = v", " } }\n"),
        Arbitraries.strings().ofMaxLength(4));
  }
}
