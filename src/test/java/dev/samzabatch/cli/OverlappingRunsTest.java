package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several runs at once: of one job never, of different jobs over one state directory freely. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OverlappingRunsTest {

  @TempDir
  private Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory);
  }

  @Test
  void aSecondRunOfAJobFailsOrIsSkippedAndNamesTheFirst() throws IOException, InterruptedException {
    try (ChildJvm child = SlowJob.start(shell)) {
      Map<String, String> before = shell.outside();
      List<String> runs = shell.runIds();
      Shell.Ended failed = shell.run(SlowJob.QUICK).exits(75);
      assertThat(failed.err()).matches("the job is already running: run RUN, pid " + child.pid()
          + " on host \\S+, since \\S+; not run \\(if-running = fail\\)\n   see: samza-batch show RUN\n");
      shell.run(SlowJob.QUICK + "run { if-running = skip }\n").exits(0).says("");
      before.put("job.conf", SlowJob.QUICK + "run { if-running = skip }\n");
      assertThat(shell.outside()).isEqualTo(before);
      assertThat(shell.runIds()).isEqualTo(runs);
    }
  }

  @Test
  void aRunThatIsUnderWayIsNotCleaned() throws IOException, InterruptedException {
    try (ChildJvm child = SlowJob.start(shell)) {
      String run = shell.runIds().get(0);
      assertThat(shell.command("runs").out()).contains("slow  running");
      shell.command("clean", "--all").exits(0).says("run RUN of job slow is under way and stays\n");
      shell.command("clean", "--run-id", run).exits(2).says("""
          error SB-6001: run RUN of job slow is under way
             stop it, or wait until it has ended
          1 error; more about it: samza-batch explain SB-6001
          """);
      assertThat(shell.tree("state/runs/" + run + "/streams")).isNotEmpty();
      child.terminate();
      assertThat(child.exit()).isEqualTo(143);
    }
  }

  @Test
  void aRunThatWaitsRunsWhenTheOtherHasEnded() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (ChildJvm running = SlowJob.start(shell)) {
      shell.file("waiting.conf", SlowJob.QUICK + "run { if-running = wait }\n");
      try (ChildJvm waiting = ChildJvm.start(shell, "run", shell.path("waiting.conf").toString())) {
        assertThat(waiting.await("waiting for .*")).contains("pid " + running.pid());
        Future<String> rest = threads.submit(waiting::rest);
        running.kill();
        assertThat(waiting.exit()).as(rest.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(shell.rows("out")).containsExactly("{\"k\":1,\"n\":3}");
    assertThat(shell.hidden()).isEmpty();
  }

  @Test
  void runsOfDifferentJobsShareAStateDirectory() throws Exception {
    shell.file("in.csv", "k,v\n1,a\n2,b\n1,c\n");
    int jobs = 4;
    ExecutorService threads = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<Integer>> ends = new ArrayList<>();
      for (int job = 0; job < jobs; job++) {
        String file = "job-" + job + ".conf";
        shell.file(file, """
            job = job-%d
            inputs { a { uri = "in.csv", schema = "k long, v string" } }
            steps { b { from = a, by = [k], aggregate = ["count(*) as n"] } }
            outputs { o { from = b, uri = "out-%d", format = json, mode = replace } }
            run { containers = 2, keep-runs = 1 }
            """.formatted(job, job));
        ends.add(threads.submit(() -> runsThrice(file)));
      }
      for (Future<Integer> end : ends) {
        assertThat(end.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
    for (int job = 0; job < jobs; job++) {
      assertThat(shell.rows("out-" + job)).containsExactly("{\"k\":1,\"n\":2}", "{\"k\":2,\"n\":1}");
    }
    assertThat(shell.hidden()).isEmpty();
    assertThat(shell.runIds()).hasSize(2 * jobs);
    assertThat(shell.tree("state/runs").keySet()).noneMatch(name -> name.contains("/streams"));
  }

  private int runsThrice(String file) {
    int worst = 0;
    for (int i = 0; i < 3; i++) {
      worst = Math.max(worst, shell.command("run", shell.path(file).toString()).exit());
    }
    return worst;
  }
}
