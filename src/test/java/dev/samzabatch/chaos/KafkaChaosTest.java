package dev.samzabatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.run.DrainRequest;
import dev.samzabatch.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that run a job over Kafka are killed, at a point that the seed chooses or from outside at a time that it
 * chooses, and started again, until the job is done: whoever reads committed records finds every row exactly once, and
 * nothing else is left in the cluster. A seed is run again with {@code -Dchaos.seed=N}.
 */
class KafkaChaosTest {

  private static final long SEED = Long.getLong("chaos.seed", System.nanoTime() & 0xFFFF_FFFFL);
  private static final int KILLS = Integer.getInteger("chaos.kills", 50);
  private static final int BATCH_ROWS = 30_000;
  private static final int KILLS_OF_A_RUN = 8;
  private static final Duration BOUND = Duration.ofMinutes(2);

  private final Random random = new Random(SEED);
  private int kills;
  private String last = "";

  @Test
  void aResultThatIsPublishedAtTheEndIsThereOnce() throws IOException, InterruptedException {
    killAll(KafkaForm.LOCAL_AT_END, 1);
  }

  @Test
  void aResultThatIsPublishedWithEveryCommitIsThereOnce() throws IOException, InterruptedException {
    killAll(KafkaForm.BUS_AS_YOU_GO, 1);
  }

  @Tag("chaos")
  @Test
  void windowsOfAJobWithoutEndAreToldOnce() throws IOException, InterruptedException {
    killAll(KafkaForm.STREAMING, 1);
  }

  @Tag("chaos")
  @ParameterizedTest
  @EnumSource
  void everyFormMayBeKilledManyTimes(KafkaForm form) throws IOException, InterruptedException {
    killAll(form, KILLS);
  }

  private void killAll(KafkaForm form, int wanted) throws IOException, InterruptedException {
    System.out.println("chaos: seed " + SEED + ", " + form + " over Kafka is killed " + wanted + " times");
    long start = System.nanoTime();
    int runs = 0;
    while (kills < wanted) {
      int before = kills;
      int most = Math.min(wanted, kills + KILLS_OF_A_RUN);
      String name = "c" + SEED + "-" + form.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + runs;
      try (KafkaBench bench = new KafkaBench(form, KafkaCluster.shared(), name, "30s")) {
        if (form.isStreaming()) {
          stream(bench, most);
        } else {
          bench.send(BATCH_ROWS);
          batch(bench, most);
        }
        assertThat(bench.wrong()).as("%s, seed %d, run %d, killed %d times, last %s", form, SEED, runs, kills - before,
            last).isEmpty();
      }
      runs++;
    }
    System.out.printf("chaos: %s over Kafka: %d kills in %d runs, every result right, %.0f s%n", form, kills, runs,
        (System.nanoTime() - start) / 1e9);
  }

  /** Runs and resumes until the job is done. */
  private void batch(KafkaBench bench, int most) throws IOException, InterruptedException {
    String command = "run";
    while (!bench.isDone()) {
      boolean kill = kills < most && (command.equals("run") || random.nextInt(4) > 0);
      lived(bench, command, kill);
      boolean begun = bench.newest().isPresent() && !said(bench).contains("died before it had begun");
      command = begun ? "resume" : "run";
    }
  }

  /** Runs again and again while views come, and drains in the end. */
  private void stream(KafkaBench bench, int most) throws IOException, InterruptedException {
    while (kills < most) {
      bench.send(700);
      lived(bench, "run", true);
    }
    bench.send(700);
    Process process = ChaosChild.begin(bench.lab(), "run", "");
    Await.until("the run", BOUND,
        () -> !process.isAlive() || bench.newest().filter(r -> r.status() == RunStatus.RUNNING).isPresent());
    assertThat(process.isAlive()).as("after %s: %s", last, said(bench)).isTrue();
    DrainRequest.write(bench.lab().state(), bench.newest().orElseThrow().runId());
    assertThat(end(process)).as("after %s: %s", last, said(bench)).isZero();
  }

  /** One process, which may be killed. */
  private void lived(KafkaBench bench, String command, boolean kill) throws IOException, InterruptedException {
    boolean outside = kill && random.nextInt(3) == 0;
    String fault = KafkaForm.POINTS.get(random.nextInt(KafkaForm.POINTS.size())) + ":halt:" + (1 + random.nextInt(6));
    int millis = 500 + random.nextInt(4000);
    last = kills + ": " + command + " " + (outside ? millis + " ms" : kill ? fault : "undisturbed");
    System.out.println("chaos: " + last);
    Process process = ChaosChild.begin(bench.lab(), command, kill && !outside ? fault : "");
    // One without end, whose point is not reached, is killed from outside too.
    boolean bounded = command.equals("run") && bench.isEndless();
    if ((outside || bounded) && !process.waitFor(outside ? millis : 6000, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
    int exit = end(process);
    kills += exit == ChaosChild.KILLED ? 1 : 0;
    boolean unbegun = said(bench).contains("died before it had begun");
    assertThat(exit == ChaosChild.KILLED || exit == 0 || unbegun).as("seed %d, %s ended with %d: %s", SEED, last, exit,
        said(bench)).isTrue();
  }

  private static int end(Process process) throws InterruptedException {
    if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the process hangs");
    }
    return process.exitValue();
  }

  private static String said(KafkaBench bench) throws IOException {
    Path log = bench.lab().path("child.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }
}
