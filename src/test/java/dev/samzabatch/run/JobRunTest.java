package dev.samzabatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.run.RunRecord.StepFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells and leaves behind. */
class JobRunTest {

  private static final String JOB = """
      job = orders
      inputs {
        orders { uri = "orders.csv" }
        customers { uri = "customers.csv" }
      }
      steps {
        large { from = orders, filter = "amount > 1" }
        sums { from = large, by = [customer], aggregate = ["sum(amount) as total", "count(*) as n"] }
        named { from = sums, join = customers, on = [customer] }
        numbers { from = orders, aggregate = ["count(distinct customer) as customers"] }
      }
      outputs {
        named { from = named, uri = "out/named.csv", files = 1, mode = replace }
        numbers { from = numbers, uri = "out/numbers", format = json, mode = replace }
      }
      """;
  private static final String RUN = "run { containers = 2 }";

  @TempDir
  Path directory;
  private TestJobs jobs;

  @BeforeEach
  void writeInputs() throws IOException {
    jobs = new TestJobs(directory);
    Files.writeString(directory.resolve("orders.csv"), "customer,amount\na,1\na,2\nb,3\nc,4\nc,5\n");
    Files.writeString(directory.resolve("customers.csv"), "customer,name\na,Ann\nc,Carl\nd,Dora\n");
  }

  @Test
  void everyStepTellsWhatItReadAndGave() throws IOException {
    RunRecord record = jobs.run(JOB + RUN);
    assertThat(record.steps())
        .contains(
            new StepFigures("orders", 5, 5),
            new StepFigures("customers", 3, 3),
            new StepFigures("sums", 4, 3),
            new StepFigures("named", 6, 2),
            new StepFigures("numbers", 5, 1));
    assertThat(Files.readString(directory.resolve("out/named.csv"))).contains("a,2,1,Ann", "c,9,2,Carl");
    assertThat(jobs.lines("out/numbers")).containsExactly("{\"customers\":3}");
  }

  @Test
  void aRunThatIsDoneLeavesItsRecordAndNoStream() throws IOException {
    RunRecord first = jobs.run(JOB + RUN);
    RunRecord second = jobs.run(JOB + RUN);
    assertThat(second.runId()).isNotEqualTo(first.runId());
    for (RunRecord run : List.of(first, second)) {
      assertThat(names(jobs.state().runDirectory(run.runId())))
          .containsExactlyInAnyOrder("manifest.json", "run.json", "run.log");
    }
    assertThat(names(directory.resolve("out"))).containsExactlyInAnyOrder("named.csv", "numbers");
  }

  @Test
  void onlyAsManyEarlierRunsAreKeptAsTheJobSays() throws IOException {
    for (int i = 0; i < 4; i++) {
      jobs.run(JOB + "run { keep-runs = 1 }");
    }
    assertThat(new RunRegistry(jobs.state()).runs("orders")).hasSize(2);
  }

  @Test
  void commitsInTheMiddleOfTasksChangeNothing() throws IOException {
    jobs.run(JOB + RUN);
    List<String> once = jobs.lines("out");
    jobs.run(JOB + "run { commit-every = 1ms }", new RunSettings(1, 64, 1));
    assertThat(jobs.lines("out")).containsExactlyInAnyOrderElementsOf(once);
  }

  @Test
  void outputsThatMeetThroughALinkAreRefused() throws IOException {
    Files.createDirectories(directory.resolve("out/real"));
    Files.createSymbolicLink(directory.resolve("out/link"), directory.resolve("out/real"));
    String job = "job = meet\ninputs { orders { uri = \"orders.csv\" } }\noutputs {\n"
        + "a { from = orders, uri = \"out/real\", format = csv, mode = replace }\n"
        + "b { from = orders, uri = \"out/link\", format = csv, mode = replace } }\n";
    assertThat(jobs.failure(job)).hasMessageContaining("SB-4106")
        .hasMessageContaining("give each output a path of its own");
    assertThat(names(directory.resolve("out/real"))).isEmpty();
  }

  @Test
  void anOldResultThatADeadRunHasMovedAsideIsBackBeforeTheNextRunFails() throws IOException {
    RunRecord dead = jobs.run(JOB + RUN);
    Path target = directory.resolve("out/numbers");
    Path aside = directory.resolve("out/.numbers.replaced-" + dead.runId());
    Files.move(target, aside);
    Files.writeString(directory.resolve("orders.csv"), "customer,amount\na,1\na,many\n");
    String declared =
        (JOB + RUN).replace("uri = \"orders.csv\"", "uri = \"orders.csv\", schema = \"customer string, amount long\"");
    assertThat(jobs.failure(declared)).hasMessageContaining("many");
    assertThat(jobs.lines("out/numbers")).containsExactly("{\"customers\":3}");
    assertThat(aside).doesNotExist();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(p -> p.getFileName().toString()).toList();
    }
  }
}
