package dev.samzabatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.kafka.Topics;
import dev.samzabatch.system.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are started again when somebody has deleted internal topics of their runs. */
class LostTopicsTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int ROWS = 40;

  private final Topics topics = KafkaCluster.shared().topics();

  @TempDir
  private Path directory;

  private TestJobs jobs;
  private String name;
  private Path file;

  @BeforeEach
  void writeJob(TestInfo test) throws IOException {
    jobs = new TestJobs(directory);
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    topics.create(name + "-in", 2);
    topics.create(name + "-out", 1);
    topics.create(name + "-pages", 1);
    file = directory.resolve("job.conf");
    Files.writeString(file, """
        job = %1$s
        mode = streaming
        systems { bus { type = kafka, bootstrap.servers = "%2$s", timeout = 20s } }
        inputs {
          views {
            uri = "bus:%1$s-in", schema = "id long, page string, ts timestamp"
            event-time { on = ts, delay = 0s, idle-after = 1h }
          }
        }
        steps { pages { from = views, by = [page], window { size = 1m, on = ts }, aggregate = ["count(*) as views"] } }
        outputs {
          views { from = views, uri = "bus:%1$s-out" }
          pages { from = pages, uri = "bus:%1$s-pages" }
        }
        run { containers = 2, commit-every = 200ms, streams-on = bus }
        """.formatted(name, KafkaCluster.shared().bootstrap()));
    topics.sendMany(name + "-in", ROWS, i -> "k" + i,
        i -> "{\"id\":" + i + ",\"page\":\"p" + i % 3 + "\",\"ts\":\"2026-01-01T00:00:00Z\"}");
  }

  @AfterEach
  void disarm() {
    Faults.arm("");
  }

  /** Runs the job, going on with the run before, until all rows are in its output, and stops it, unless it fails. */
  private RunOutcome runAndStop() throws InterruptedException {
    JobRunner runner = new JobRunner(jobs.state(), RunSettings.DEFAULT, new TestJobs.Silent());
    CompletableFuture<RunOutcome> run =
        CompletableFuture.supplyAsync(() -> runner.run(TestJobs.request(file)).outcome());
    Await.until("rows", BOUND, () -> run.isDone() || topics.values(name + "-out").size() >= ROWS);
    runner.stop();
    return run.join();
  }

  private String internalTopic(String kind) {
    List<String> found =
        topics.names().stream().filter(t -> t.startsWith(name + "-") && t.contains(kind)).sorted().toList();
    assertThat(found).as("topics of kind %s", kind).isNotEmpty();
    return found.get(0);
  }

  private void assertRefused(String why) throws InterruptedException {
    RunOutcome refused = runAndStop();
    assertThat(refused.record().status()).isEqualTo(RunStatus.FAILED);
    assertThat(refused.record().failure()).contains(why);
    assertThat(topics.values(name + "-out")).as("rows, none of them sent twice").hasSize(ROWS);
  }

  @Test
  void aCheckpointTopicThatIsGoneIsNotMadeAgain() throws InterruptedException {
    assertThat(runAndStop().record().status()).isEqualTo(RunStatus.INTERRUPTED);
    String lost = internalTopic("-checkpoint-");
    topics.delete(lost);
    assertRefused("topic " + lost + " of bus is gone");
    assertThat(topics.names()).doesNotContain(lost);
  }

  @Test
  void aChangelogThatSomebodyHasMadeAgainIsRefused() throws InterruptedException {
    assertThat(runAndStop().record().status()).isEqualTo(RunStatus.INTERRUPTED);
    String lost = internalTopic("-changelog-");
    int partitions = topics.describe(lost).partitions().size();
    topics.delete(lost);
    topics.create(lost, partitions);
    assertRefused("topic " + lost + " of bus is not the one that the run has used");
  }

  @Test
  void aRunThatDiedBeforeAllTopicsWereMadeMakesThem() throws InterruptedException {
    Faults.arm("STREAM_CREATE:throw:2");
    assertThat(runAndStop().record().failure()).contains("STREAM_CREATE");
    Faults.arm("");
    assertThat(runAndStop().record().status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(topics.values(name + "-out")).hasSize(ROWS);
  }
}
