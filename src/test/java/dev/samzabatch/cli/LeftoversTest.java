package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What runs leave behind, and that it is deleted exactly: by the next run, or by clean. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LeftoversTest {

  private static final String HEAD = """
      job = s
      inputs { a { uri = "in.csv", schema = "k long, v string" } }
      steps { b { from = a, by = [v], aggregate = ["sum(k) as n"] } }
      outputs { o { from = b, uri = "out", format = json, mode = replace } }
      """;
  private static final String GOOD = "k,v\n1,x\n2,y\n3,x\n";
  private static final String BAD = "k,v\n1,x\n2,y\nthree,x\n";

  @TempDir
  private Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory);
  }

  @Test
  void aRunThatFailsKeepsItsStreamsUntilOneSucceeds() throws IOException {
    shell.file("in.csv", BAD).fails(HEAD).exits(1);
    String first = shell.failedRun();
    assertThat(shell.tree("state/runs/" + first + "/streams").keySet())
        .contains("state/runs/" + first + "/streams/s-b-intermediate-" + first + "/",
            "state/runs/" + first + "/streams/s-checkpoint-" + first + "/");
    shell.fails(HEAD).exits(1);
    assertThat(shell.tree("state/runs/" + first + "/streams")).isNotEmpty();
    shell.file("in.csv", GOOD).runs(HEAD);
    assertThat(shell.rows("out")).containsExactly("{\"v\":\"x\",\"n\":4}", "{\"v\":\"y\",\"n\":2}");
    assertThat(shell.tree("state/runs").keySet()).noneMatch(name -> name.contains("/streams"));
    assertThat(shell.runIds()).hasSize(3);
  }

  @Test
  void onlySoManyEarlierRunsAreKept() throws IOException {
    shell.file("in.csv", GOOD);
    for (int i = 0; i < 4; i++) {
      shell.runs(HEAD + "run { keep-runs = 2 }\n");
    }
    assertThat(shell.runIds()).hasSize(3);
    shell.runs(HEAD + "run { keep-runs = 0 }\n");
    assertThat(shell.runIds()).hasSize(1);
  }

  @Test
  void runsOfOtherJobsAreNotPurged() throws IOException {
    shell.file("in.csv", BAD).fails(HEAD);
    Map<String, String> other = shell.tree("state/runs");
    shell.file("in.csv", GOOD).runs(HEAD.replace("job = s", "job = t") + "run { keep-runs = 0 }\n");
    assertThat(shell.tree("state/runs")).containsAllEntriesOf(other);
  }

  @Test
  void cleanDeletesOneRunAndNothingElse() throws IOException {
    shell.file("in.csv", GOOD).runs(HEAD);
    shell.file("in.csv", BAD).fails(HEAD);
    String failed = shell.failedRun();
    shell.file("state/runs/" + failed.replaceAll(".$", "x") + "/precious", "not a run");
    Map<String, String> before = shell.tree("");

    Shell.Ended tried = shell.command("clean", "-n", "--run-id", failed).exits(0).says("");
    assertThat(shell.tree("")).isEqualTo(before);
    assertThat(tried.out()).isEmpty();

    shell.command("clean", "--run-id", failed).exits(0).says("");
    before.keySet().removeIf(name -> name.startsWith("state/runs/" + failed + "/"));
    assertThat(shell.tree("")).isEqualTo(before);
  }

  @Test
  void cleanGivesAReceipt() throws IOException {
    shell.file("in.csv", BAD).fails(HEAD);
    String receipt = shell.command("clean", "--all", "--json").exits(0).out();
    assertThat(receipt).contains("\"kind\" : \"stream\"", "\"name\" : \"s-b-intermediate-RUN\"",
        "\"name\" : \"s-checkpoint-RUN\"", "\"kind\" : \"run\"", "\"name\" : \"DIR/state/runs/RUN\"",
        "\"failures\" : [ ]");
    assertThat(shell.runIds()).isEmpty();
  }

  @Test
  void whatAManifestNamesOutsideOfItsRunIsNotDeleted() throws IOException {
    shell.file("in.csv", BAD).fails(HEAD);
    String failed = shell.failedRun();
    shell.file("precious/data.csv", "1\n");
    Path manifest = shell.path("state/runs/" + failed + "/manifest.json");
    String forged = Files.readString(manifest)
        .replaceAll("\"staging\" : \"[^\"]*\"", "\"staging\" : \"" + shell.path("precious") + "\"");
    Files.writeString(manifest, forged);
    Map<String, String> before = shell.tree("");
    Shell.Ended ended = shell.command("clean", "--run-id", failed).exits(1);
    assertThat(ended.err()).startsWith("could not delete RUN: DIR/state/runs/RUN/manifest.json: ")
        .contains("DIR/precious");
    assertThat(shell.tree("")).isEqualTo(before);
  }

  @Test
  void anUnknownRunIsAnError() throws IOException {
    shell.file("in.csv", GOOD).runs(HEAD);
    Map<String, String> before = shell.tree("");
    Shell.Ended ended = shell.command("clean", "--run-id", "19990101").exits(2);
    assertThat(ended.err()).startsWith("error SB-5010: no run in DIR/state fits \"19990101\"\n")
        .contains("see: samza-batch runs");
    assertThat(shell.tree("")).isEqualTo(before);
  }
}
