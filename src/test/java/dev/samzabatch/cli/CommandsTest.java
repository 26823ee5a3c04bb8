package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands over small jobs: what they answer, with which exit code, and what is left on disk. */
class CommandsTest {

  private static final String JOB = """
      job = sums
      inputs { a { uri = "a.csv", header = true } }
      steps { sums { from = a, by = [k], aggregate = ["sum(v) as s"] }, top { from = sums, order-by = [k] } }
      outputs { top { from = top, uri = "out.csv", files = 1, mode = replace } }
      checks { some { on = top, rows = ">= 1" } }
      """;

  @TempDir
  private Path directory;

  private Cli cli;
  private String job;

  @BeforeEach
  void writeJob() throws IOException {
    cli = new Cli(directory.resolve("state"));
    Files.writeString(directory.resolve("a.csv"), "k,v\nx,1\ny,2\nx,3\n");
    job = write("job.conf", JOB);
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private Map<String, Object> json(Cli.Answer answer) throws IOException {
    return JSON.std.mapFrom(answer.out());
  }

  private List<Object> jsonList(Cli.Answer answer) throws IOException {
    return JSON.std.listFrom(answer.out());
  }

  private String runId() throws IOException {
    return ((Map<?, ?>) jsonList(cli.run("runs", "--json")).get(0)).get("run.id").toString();
  }

  private List<String> names(String below) throws IOException {
    Path path = directory.resolve(below);
    if (!Files.exists(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void runTellsTheSummaryAndTheTopOfTheResult() throws IOException {
    Cli.Answer answer = cli.run("run", job);
    assertThat(answer.code()).as(answer.err()).isZero();
    String runId = runId();
    assertThat(answer.outLines()).contains("the top of top", "  k  s", "  x  4", "  y  2")
        .anyMatch(line -> line.startsWith("run " + runId + " of job sums: done, "))
        .anyMatch(line -> line.contains("sums-sums-intermediate-" + runId))
        .anyMatch(line -> line.matches("  some   held  2 rows"));
    assertThat(answer.err()).contains("stage 0 sums: done, 3 rows in, 2 out");
    assertThat(Files.readString(directory.resolve("out.csv"))).isEqualTo("k,s\nx,4\ny,2\n");
  }

  @Test
  void quietSaysNothingWhenAllIsWell() {
    Cli.Answer answer = cli.run("run", job, "-q");
    assertThat(answer).isEqualTo(new Cli.Answer(0, "", ""));
  }

  @Test
  void jsonIsTheRecordOfTheRun() throws IOException {
    Map<String, Object> record = json(cli.run("run", job, "--json"));
    assertThat(record).containsEntry("status", "DONE").containsEntry("job", "sums").containsKeys("steps", "deleted");
    assertThat(cli.run("show", record.get("run.id").toString(), "--json").out()).contains("\"status\" : \"DONE\"");
  }

  @Test
  void rowsForStandardOutputAreAloneThere() {
    Cli.Answer answer = cli.run("run", job, "--set", "outputs.top.uri=-", "--set", "outputs.top.mode=null",
        "--set", "outputs.top.files=null", "--set", "outputs.top.format=json");
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.outLines()).containsExactly("{\"k\":\"x\",\"s\":4}", "{\"k\":\"y\",\"s\":2}");
    assertThat(answer.err()).contains("of job sums: done");
  }

  @Test
  void aFailedCheckPublishesNothingAndIsThree() throws IOException {
    Cli.Answer answer = cli.run("run", job, "--set", "checks.some.rows=\">= 10\"");
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.errLines()).contains("check some failed: 2 rows").last().asString()
        .startsWith("run " + runId() + " of job sums: checks failed: some after ")
        .endsWith("; nothing was published. See: samza-batch show " + runId());
    assertThat(directory.resolve("out.csv")).doesNotExist();
  }

  @Test
  void aFailureInTheDataIsOneAndHasNoStackTrace() throws IOException {
    String strict = write("strict.conf", JOB.replace("header = true", "header = true, schema = \"k long, v long\""));
    Cli.Answer answer = cli.run("run", strict);
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("SB-3001", "a.csv:2", "nothing was published").doesNotContain("\tat ");
    assertThat(directory.resolve("out.csv")).doesNotExist();
    assertThat(cli.run("show", runId()).out()).contains("failed", "SB-3001", "samza-batch clean --run-id " + runId());
  }

  @Test
  void anExpressionWithoutAnAnswerIsTheUsersToMend() {
    Cli.Answer answer = cli.run("run", job, "--set", "steps.sums.filter=1 / (v - v) = 1");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("error SB-3900: ", "division by zero").doesNotContain("our bug");
  }

  @Test
  void aJobThatCannotStartIsTwoAndCreatesNothing() throws IOException {
    Cli.Answer answer = cli.run("run", write("bad.conf", JOB.replace("by = [k]", "by = [kk]")), "--json");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("bad.conf:3", "kk").contains("samza-batch explain SB-");
    assertThat(json(answer)).containsEntry("ok", false).containsEntry("kind", "USER");
    assertThat(names("state")).isEmpty();
  }

  @Test
  void checkTellsAllProblemsAtOnce() throws IOException {
    assertThat(Cli.plain("check", job).out()).contains("job sums has no errors (1 input, 2 steps, 1 output, 1 check)");
    assertThat(json(Cli.plain("check", job, "--json"))).containsEntry("ok", true);
    String wrong = JOB.replace("from = a,", "from = b,").replace("on = top", "on = tip");
    Cli.Answer bad = Cli.plain("check", write("bad.conf", wrong));
    assertThat(bad.code()).isEqualTo(2);
    assertThat(bad.err()).contains("bad.conf:3", "bad.conf:5", "2 errors");
  }

  @Test
  void planIsTextJsonDotOrMermaid() throws IOException {
    assertThat(Cli.plain("plan", job).out()).startsWith("job sums, run ").contains("stage 0 sums: 1 task");
    assertThat(json(Cli.plain("plan", job, "--json"))).containsEntry("job", "sums");
    assertThat(Cli.plain("plan", job, "--dot").out()).startsWith("digraph \"sums\" {");
    assertThat(Cli.plain("plan", job, "--mermaid").out()).startsWith("flowchart TD");
  }

  @Test
  void previewShowsRowsOfAStepAndPublishesNothing() throws IOException {
    assertThat(Cli.plain("preview", job).outLines()).containsExactly("k  s", "x  4", "y  2");
    assertThat(Cli.plain("preview", job, "--step", "a", "-n", "1").outLines()).containsExactly("k  v", "x  1");
    assertThat(json(Cli.plain("preview", job, "--json"))).containsEntry("sampled", false)
        .containsEntry("rows", List.of(Map.of("k", "x", "s", 4), Map.of("k", "y", "s", 2)));
    assertThat(directory.resolve("out.csv")).doesNotExist();
    assertThat(Cli.plain("preview", job, "--step", "tpo").code()).isEqualTo(2);
  }

  @Test
  void inferPrintsAnInputToPaste() throws IOException {
    String file = directory.resolve("a.csv").toString();
    assertThat(Cli.plain("infer", file, "--name", "a").outLines())
        .containsExactly("a {", "  uri = \"" + file + "\"", "  schema = \"k string, v long\"", "}");
    assertThat(json(Cli.plain("infer", file, "--json"))).containsEntry("schema", "k string, v long");
    assertThat(Cli.plain("infer", write("data", "x"), "--format", "cvs").err()).contains("did you mean \"csv\"?");
    assertThat(Cli.plain("infer", directory.resolve("data").toString()).err()).contains("SB-6003", "--format");
  }

  @Test
  void anEmptyStateDirectoryHasNoRunsAndIsNotCreated() {
    Cli.Answer answer = cli.run("runs");
    assertThat(answer.code()).isZero();
    assertThat(answer.out()).startsWith("no runs in " + directory.resolve("state") + " yet");
    assertThat(cli.run("clean", "--all").out()).startsWith("nothing to delete");
    assertThat(directory.resolve("state")).doesNotExist();
  }

  @Test
  void runsShowAndCleanAgreeWithWhatIsOnDisk() throws IOException {
    cli.run("run", job, "-q");
    String first = runId();
    cli.run("run", job, "-q", "--set", "checks.some.rows=\">= 10\"");
    String second = runId();
    assertThat(names("state/runs")).containsExactlyInAnyOrder(first, second);
    assertThat(cli.run("runs").outLines()).hasSize(3).element(1).asString()
        .startsWith(second + "  sums  checks failed");
    assertThat(cli.run("runs", "other").out()).startsWith("no runs of job other");
    assertThat(cli.run("show", second.substring(second.length() - 8)).out()).contains("checks failed");
    Cli.Answer dry = cli.run("clean", "--failed", "-n");
    assertThat(dry.out()).contains("would delete", "sums-sums-intermediate-" + second).doesNotContain(first);
    assertThat(names("state/runs")).hasSize(2);
    assertThat(cli.run("clean", "--failed").out()).contains("deleted").doesNotContain(first);
    assertThat(names("state/runs")).containsExactly(first);
    assertThat(cli.run("clean", "--older", "7d").out()).startsWith("nothing to delete");
    assertThat(cli.run("clean", "--run-id", first, "-q").code()).isZero();
    assertThat(names("state/runs")).isEmpty();
    assertThat(Files.readString(directory.resolve("out.csv"))).isEqualTo("k,s\nx,4\ny,2\n");
  }

  @Test
  void aRunThatIsNotThereIsAnErrorThatNamesThoseThatAre() throws IOException {
    cli.run("run", job, "-q");
    Cli.Answer answer = cli.run("show", "nonsense");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("SB-5010", "fits \"nonsense\"", runId());
  }

  @Test
  void theStreamsOfAFailedRunCanBeLookedInto() throws IOException {
    cli.run("run", job, "-q", "--set", "checks.some.rows=\">= 10\"");
    String runId = runId();
    String stream = "sums-some-intermediate-" + runId;
    assertThat(cli.run("streams", "ls", runId).outLines()).anyMatch(line -> line.startsWith(stream + "  "));
    List<String> lines = cli.run("streams", "cat", runId, stream).outLines();
    assertThat(lines).anyMatch(line -> line.contains("\"row\":{\"rows\":2,\"good\":2}"))
        .anyMatch(line -> line.contains("\"end-of-stream\":\"top."));
    assertThat(cli.run("streams", "cat", runId, "some").outLines()).isEqualTo(lines);
    assertThat(cli.run("streams", "cat", runId, "smoe").err()).contains("SB-6005", "there are: ");
  }

  @Test
  void theStreamsOfAGoodRunAreGone() throws IOException {
    cli.run("run", job, "-q");
    assertThat(cli.run("streams", "ls", runId()).out()).contains("has no streams any more");
    assertThat(cli.run("streams", "cat", runId()).code()).isEqualTo(2);
  }
}
