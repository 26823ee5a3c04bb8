package dev.samzabatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.run.DrainRequest;
import dev.samzabatch.run.RunOutcome;
import dev.samzabatch.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/** A process that stood still, while another host has taken its job over, wakes up and does no harm. */
class KafkaStalledTest {

  private static final Duration BOUND = Duration.ofSeconds(90);

  private static int runs;

  @Tag("chaos")
  @RepeatedTest(5)
  void whoeverWakesUpWhenAnotherHasTakenOverWritesNothing() throws IOException, InterruptedException {
    String name = "stalled-" + runs++;
    try (KafkaBench bench = new KafkaBench(KafkaForm.STREAMING_ON_BUS, KafkaCluster.shared(), name, "30s");
        Lab other = Lab.open().job(Files.readString(bench.lab().path("job.conf")))) {
      Process first = ChaosChild.begin(bench.lab(), "run", "");
      try {
        bench.send(3000);
        awaitRows(bench, 50, first);
        bench.send(3000);
        signal("STOP", first);
        bench.send(3000);
        CompletableFuture<Optional<RunOutcome>> second = CompletableFuture.supplyAsync(other::run);
        Await.until("the other host goes on", BOUND, () -> second.isDone() || bench.rows("windows") > 350);
        assertThat(second.isDone()).as("%s %s", second, other.refusal()).isFalse();
        bench.send(1000);
        signal("CONT", first);
        bench.send(2000);
        assertThat(first.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(bench.lab().path("child.log"));
        assertThat(first.exitValue()).as(said).isEqualTo(1);
        assertThat(said).contains("SB-4342");
        bench.send(1000);
        DrainRequest.write(other.state(), other.runs().get(0).runId());
        RunOutcome outcome = second.orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join().orElseThrow();
        assertThat(outcome.record().status()).as(outcome.record().failure()).isEqualTo(RunStatus.DONE);
        assertThat(bench.wrong()).isEmpty();
      } finally {
        first.destroyForcibly();
      }
    }
  }

  private static void awaitRows(KafkaBench bench, int least, Process process) {
    Await.until(least + " rows", BOUND, () -> !process.isAlive() || bench.rows("windows") >= least);
    assertThat(process.isAlive()).isTrue();
  }

  private static void signal(String signal, Process process) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor()).isZero();
  }
}
