package dev.samzabatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.run.DrainRequest;
import dev.samzabatch.run.RunOutcome;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunStatus;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The cluster goes away while a job runs: for a short time, and the run waits; for longer than it may, and the run
 * fails so that it can be resumed. Either way everything is in the topics exactly once in the end.
 */
class KafkaOutageTest {

  private static final int ROWS = 20_000;
  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final String LONG = "60s";
  private static final String SHORT = "3s";
  private static final long SOME_SECONDS = 4;

  /** The program's answer when what it needs from outside cannot be reached. */
  private static final int UNREACHABLE = 4;

  private static KafkaCluster cluster;

  private String name;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = KafkaCluster.startBehindProxies(1);
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
  }

  @BeforeEach
  void nameJob(TestInfo test) {
    name = "o" + Integer.toHexString(test.getDisplayName().hashCode()) + "-"
        + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
  }

  @AfterEach
  void repair() {
    Faults.arm("");
    cluster.proxy(0).restore();
  }

  /** What is done to the cluster while the job stands still; it goes on when this returns. */
  private interface Outage {
    void begin() throws IOException;
  }

  /** Runs the job to a point, begins the outage there, and lets it go on. */
  private static CompletableFuture<Optional<RunOutcome>> runInto(KafkaBench bench, FaultPoint point, int times,
      Outage outage) throws IOException {
    Faults.arm(point + ":stall:" + times + "+");
    CompletableFuture<Optional<RunOutcome>> run = CompletableFuture.supplyAsync(bench.lab()::run);
    Await.until(point + " is reached", BOUND, () -> run.isDone() || Faults.times(point) >= times);
    assertThat(run.isDone()).as("ended before %s: %s", point, bench.lab().refusal()).isFalse();
    outage.begin();
    Faults.arm("");
    return run;
  }

  /** How it ended; one without end is drained. */
  private static RunRecord end(KafkaBench bench, CompletableFuture<Optional<RunOutcome>> run) {
    if (bench.isEndless()) {
      DrainRequest.write(bench.lab().state(), bench.newest().orElseThrow().runId());
    }
    Optional<RunOutcome> outcome = run.orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join();
    return outcome.orElseThrow(() -> new AssertionError("refused: " + bench.lab().refusal())).record();
  }

  private KafkaBench bench(KafkaForm form, KafkaCluster where, String timeout) throws IOException {
    KafkaBench bench = new KafkaBench(form, where, name, timeout);
    bench.send(form.isStreaming() ? 3000 : ROWS);
    return bench;
  }

  private static void assertRight(KafkaBench bench, RunRecord run) throws IOException {
    assertThat(run.status()).as(run.failure()).isEqualTo(RunStatus.DONE);
    assertThat(bench.wrong()).isEmpty();
  }

  private static void pass(long seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aConnectionThatIsCutForSomeSecondsChangesNothing() throws IOException {
    cutForSomeSeconds(KafkaForm.BUS_AS_YOU_GO, FaultPoint.BUS_COMMIT, 5);
  }

  @Test
  void aConnectionThatIsCutForLongerThanTheTimeoutFailsARunThatCanBeResumed() throws IOException {
    cutForLongerThanTheTimeout(KafkaForm.LOCAL_AT_END, FaultPoint.BUS_COMMIT, 1);
  }

  @Tag("chaos")
  @ParameterizedTest
  @CsvSource({"LOCAL_AT_END, TASK_BATCH, 40", "LOCAL_AT_END, BUS_COMMIT, 1", "STREAMING, TASK_BATCH, 10",
      "STREAMING_ON_BUS, BUS_COMMIT, 3"})
  void cutForSomeSeconds(KafkaForm form, FaultPoint point, int times) throws IOException {
    try (KafkaBench bench = bench(form, cluster, LONG)) {
      CompletableFuture<Optional<RunOutcome>> run = runInto(bench, point, times, cluster.proxy(0)::cut);
      pass(SOME_SECONDS);
      assertThat(run.isDone()).as("%s", run).isFalse();
      cluster.proxy(0).restore();
      assertRight(bench, end(bench, run));
    }
  }

  @Tag("chaos")
  @ParameterizedTest
  @CsvSource({"LOCAL_AT_END, TASK_BATCH, 40", "LOCAL_AS_YOU_GO, BUS_COMMIT, 5",
      "BUS_AS_YOU_GO, TASK_BATCH, 40", "BUS_AS_YOU_GO, BUS_COMMIT, 5", "STREAMING, BUS_COMMIT, 3"})
  void cutForLongerThanTheTimeout(KafkaForm form, FaultPoint point, int times) throws IOException {
    try (KafkaBench bench = bench(form, cluster, SHORT)) {
      RunRecord failed =
          runInto(bench, point, times, cluster.proxy(0)::cut).orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join()
              .orElseThrow().record();
      assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
      assertThat(failed.isResumable()).as(failed.failure()).isTrue();
      assertThat(failed.failure()).contains(cluster.bootstrap(), "systems.bus.timeout");
      cluster.proxy(0).restore();
      CompletableFuture<Optional<RunOutcome>> resumed =
          CompletableFuture.supplyAsync(bench.isEndless() ? bench.lab()::run : bench.lab()::resume);
      assertRight(bench, end(bench, resumed));
    }
  }

  @Test
  void aBrokerThatIsAwayBeforeTheStartIsSaidByTheExitCode() throws IOException, InterruptedException {
    try (KafkaBench bench = bench(KafkaForm.BUS_AS_YOU_GO, cluster, SHORT)) {
      cluster.proxy(0).cut();
      assertThat(program(bench)).as(Files.readString(bench.lab().path("child.log"))).isEqualTo(UNREACHABLE);
      assertThat(Files.readString(bench.lab().path("child.log"))).contains(cluster.bootstrap(), "systems.bus.timeout");
      assertThat(bench.lab().runs()).isEmpty();
      cluster.proxy(0).restore();
      assertThat(program(bench)).as(Files.readString(bench.lab().path("child.log"))).isZero();
      assertThat(bench.wrong()).isEmpty();
    }
  }

  /** Runs the job as people do, and gives the exit code. */
  private static int program(KafkaBench bench) throws IOException, InterruptedException {
    List<String> words = List.of("run", bench.lab().path("job.conf").toString(), "--state-dir",
        bench.lab().path("state").toString());
    Process process = ChaosChild.java(bench.lab(), "dev.samzabatch.cli.Main", words, "");
    if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the program hangs");
    }
    return process.exitValue();
  }

  @Tag("chaos")
  @ParameterizedTest
  @EnumSource
  void aBrokerThatIsKilledAndComesBackChangesNothing(KafkaForm form) throws IOException {
    try (KafkaBench bench = bench(form, cluster, LONG)) {
      CompletableFuture<Optional<RunOutcome>> run =
          runInto(bench, FaultPoint.TASK_BATCH, 10, () -> cluster.kill(0));
      pass(1);
      cluster.restart(0);
      assertRight(bench, end(bench, run));
    }
  }

  @Tag("chaos")
  @Test
  void threeNodesMayLoseTheLeaderOfTheTopics() throws IOException {
    try (KafkaCluster three = KafkaCluster.start(3)) {
      for (KafkaForm form : KafkaForm.values()) {
        name = "leader-" + form.ordinal();
        try (KafkaBench bench = bench(form, three, LONG)) {
          int leader = three.leaderOf(name + "-in", 0);
          CompletableFuture<Optional<RunOutcome>> run =
              runInto(bench, FaultPoint.TASK_BATCH, 10, () -> three.kill(leader));
          assertRight(bench, end(bench, run));
          three.restart(leader);
          three.topics().awaitInSync(name + "-in");
        }
      }
    }
  }
}
