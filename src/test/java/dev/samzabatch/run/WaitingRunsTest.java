package dev.samzabatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.data.UserException;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host waits for the job that another one runs; when its turn comes, it goes by what the other has left by then. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WaitingRunsTest {

  private static final int ROWS = 300;

  private final Topics topics = KafkaCluster.shared().topics();

  @TempDir
  private Path directory;
  private Path file;
  private StateDirectory here;
  private StateDirectory there;
  private String name;

  @BeforeEach
  void makeHosts(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    topics.create(name + "-in", 2);
    topics.create(name + "-out", 2);
    topics.sendMany(name + "-in", ROWS, i -> "k" + i, i -> "{\"id\":" + i + "}");
    here = new StateDirectory(directory.resolve("here"));
    there = new StateDirectory(directory.resolve("there"));
    file = directory.resolve("job.conf");
  }

  private void write(String mode) throws IOException {
    Files.writeString(file, """
        job = %s
        mode = %s
        systems { bus { type = kafka, bootstrap.servers = "%s", timeout = 30s } }
        inputs { a { uri = "bus:%s-in", schema = "id long" } }
        steps { b { from = a, select = [id] } }
        outputs { o { from = b, uri = "bus:%s-out" } }
        run { containers = 1, commit-every = 200ms, streams-on = bus, if-running = wait }
        """.formatted(name, mode, KafkaCluster.shared().bootstrap(), name, name));
  }

  /** The first run on a host, which goes on when the other host has begun to wait for it. */
  private final class First extends TestJobs.Silent {

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch awaited = new CountDownLatch(1);

    @Override
    public void started(PreparedJob job, RunProgress progress) {
      started.countDown();
      await(awaited);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private CompletableFuture<RunRecord> start(JobRunner runner) {
    return CompletableFuture.supplyAsync(() -> {
      RunOutcome outcome = runner.run(TestJobs.request(file)).outcome();
      UserException failure = outcome.failure();
      if (failure != null) {
        throw failure;
      }
      return outcome.record();
    });
  }

  /** Runs the job on both hosts; {@code whenAwaited} is called when the second waits for the first. */
  private List<RunRecord> runBoth(Runnable whenAwaited, First first, JobRunner firstRunner) {
    CompletableFuture<RunRecord> one = start(firstRunner);
    one.whenComplete((record, failure) -> first.started.countDown());
    await(first.started);
    assertThat(one).isNotDone();
    JobRunner second = new JobRunner(there, RunSettings.DEFAULT, new TestJobs.Silent() {
      @Override
      public void waiting(LockHolder holder) {
        whenAwaited.run();
        first.awaited.countDown();
      }

      @Override
      public void started(PreparedJob job, RunProgress progress) {
        DrainRequest.write(there, job.plan().runId());
      }
    });
    CompletableFuture<RunRecord> two = start(second);
    return List.of(one.join(), two.join());
  }

  private RunStatus statusHere(String runId) throws IOException {
    try (SharedRuns shared = new SharedRuns(here, Map.of())) {
      shared.attachFor(runId);
      return new RunRegistry(here).find(runId).orElseThrow().status();
    }
  }

  @Test
  void whatTheOtherHostHasDoneStaysDone() throws IOException {
    write("batch");
    First first = new First();
    List<RunRecord> runs = runBoth(() -> {}, first, new JobRunner(here, RunSettings.DEFAULT, first));
    assertThat(runs).extracting(RunRecord::status).containsExactly(RunStatus.DONE, RunStatus.DONE);
    assertThat(statusHere(runs.get(0).runId())).isEqualTo(RunStatus.DONE);
    assertThat(topics.values(name + "-out")).hasSize(2 * ROWS);
  }

  @Test
  void aRunThatIsDrainedMeanwhileIsNotGoneOnWith() throws IOException {
    write("streaming");
    First first = new First();
    List<RunRecord> runs =
        runBoth(() -> DrainRequest.write(here, new RunRegistry(here).runs(name).get(0).runId()), first,
            new JobRunner(here, RunSettings.DEFAULT, first));
    assertThat(runs).extracting(RunRecord::status).containsExactly(RunStatus.DONE, RunStatus.DONE);
    assertThat(runs.get(1).runId()).isNotEqualTo(runs.get(0).runId());
    assertThat(statusHere(runs.get(0).runId())).isEqualTo(RunStatus.DONE);
  }

  @Test
  void aRunThatIsStoppedMeanwhileIsGoneOnWith() throws IOException {
    write("streaming");
    First first = new First();
    JobRunner runner = new JobRunner(here, RunSettings.DEFAULT, first);
    List<RunRecord> runs = runBoth(() -> CompletableFuture.runAsync(() -> stop(runner)), first, runner);
    assertThat(runs).extracting(RunRecord::status).containsExactly(RunStatus.INTERRUPTED, RunStatus.DONE);
    assertThat(runs.get(1).runId()).isEqualTo(runs.get(0).runId());
    assertThat(topics.values(name + "-out")).hasSize(ROWS);
  }

  private static void stop(JobRunner runner) {
    try {
      runner.stop();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
