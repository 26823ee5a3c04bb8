package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are asked to stop, or killed, in the middle of a run. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KilledRunsTest {

  @TempDir
  private Path directory;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(directory).file("out/part-00000.json", "old\n");
  }

  private String onlyRun() throws IOException {
    assertThat(shell.runIds()).hasSize(1);
    return shell.runIds().get(0);
  }

  @Test
  void aRunThatIsAskedToStopEndsInGoodOrder() throws IOException, InterruptedException {
    try (ChildJvm child = SlowJob.start(shell)) {
      child.terminate();
      String said = shell.told(child.rest());
      assertThat(child.exit()).isEqualTo(143);
      assertThat(said).endsWith(
          "run RUN of job slow: interrupted after TIME; nothing was published. See: samza-batch show RUN\n"
              + "resume: samza-batch resume RUN\n");
    }
    String stopped = onlyRun();
    assertThat(shell.tree("out")).isEqualTo(Map.of("out/", "", "out/part-00000.json", "old\n"));
    assertThat(shell.hidden()).containsExactly(".out.staging-" + stopped + "/");
    assertThat(shell.status(stopped)).isEqualTo("INTERRUPTED");
    assertThat(shell.tree("state/jobs/slow").keySet()).containsExactly("state/jobs/slow/", "state/jobs/slow/lock");
    shell.runs(SlowJob.QUICK);
    assertThat(shell.rows("out")).containsExactly("{\"k\":1,\"n\":3}");
  }

  @Test
  void aRunThatWasAskedToStopIsResumed() throws IOException, InterruptedException {
    try (ChildJvm child = SlowJob.start(shell)) {
      child.terminate();
      child.rest();
      child.exit();
    }
    try (ChildJvm child = ChildJvm.start(shell, "resume", onlyRun())) {
      child.await("resuming run .*");
      child.await(" +few.* reused .*it had ended");
      child.await(" +counts.* redone .*nothing of it was committed");
      child.await("run .* of job slow");
    }
    assertThat(shell.command("runs").out()).contains("dead, resumable");
  }

  @Test
  void aRunThatIsKilledHasPublishedNothingAndTheNextOneClearsUp() throws IOException, InterruptedException {
    try (ChildJvm child = SlowJob.start(shell)) {
      child.kill();
    }
    String dead = onlyRun();
    assertThat(shell.tree("out")).isEqualTo(Map.of("out/", "", "out/part-00000.json", "old\n"));
    assertThat(shell.hidden()).contains(".out.staging-" + dead + "/");
    assertThat(shell.tree("state/runs/" + dead + "/streams")).isNotEmpty();
    assertThat(shell.command("runs").out()).contains("slow  dead");

    shell.runs(SlowJob.QUICK + "run { keep-runs = 3 }\n");
    assertThat(shell.rows("out")).containsExactly("{\"k\":1,\"n\":3}");
    assertThat(shell.tree("state/runs/" + dead).keySet()).containsExactly("state/runs/" + dead + "/",
        "state/runs/" + dead + "/manifest.json", "state/runs/" + dead + "/run.json", "state/runs/" + dead + "/run.log");
  }

  @Test
  void ofARunThatWasKilledNothingStaysWhenNoRunsAreKept() throws IOException, InterruptedException {
    try (ChildJvm child = SlowJob.start(shell)) {
      child.kill();
    }
    String dead = onlyRun();
    shell.runs(SlowJob.QUICK + "run { keep-runs = 0 }\n");
    assertThat(onlyRun()).isNotEqualTo(dead);
  }

  @Test
  void aRunThatWasKilledCanBeCleaned() throws IOException, InterruptedException {
    try (ChildJvm child = SlowJob.start(shell)) {
      child.kill();
    }
    Map<String, String> kept = shell.outside();
    kept.keySet().removeIf(name -> name.startsWith(".out.staging-"));
    assertThat(shell.command("clean", "--failed").exits(0).err()).isEmpty();
    assertThat(shell.outside()).isEqualTo(kept);
    assertThat(shell.runIds()).isEmpty();
  }
}
