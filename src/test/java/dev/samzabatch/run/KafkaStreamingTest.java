package dev.samzabatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Jobs without end over Kafka: what they give in the end is what a batch over the finished topic gives. */
class KafkaStreamingTest {

  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Topics topics = KafkaCluster.shared().topics();

  @TempDir
  private Path directory;

  private TestJobs jobs;
  private String name;
  private long sent;

  @BeforeEach
  void createTopics(TestInfo test) {
    jobs = new TestJobs(directory);
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    topics.create(name + "-in", 4);
    topics.create(name + "-out", 3);
  }

  private String job(String mode, String output, String run) {
    return """
        job = %s
        mode = %s
        systems { bus { type = kafka, bootstrap.servers = "%s", timeout = 30s } }
        inputs {
          views {
            uri = "bus:%s-in", schema = "id long, page string, ts timestamp"
            event-time { on = ts, delay = 5s, idle-after = 1h }
          }
        }
        steps {
          windows { from = views, by = [page], window { size = 1m, on = ts }, aggregate = ["count(*) as views", "max(id) as last"] }
        }
        outputs { windows { from = windows, %s } }
        run { containers = 2, commit-every = 300ms, %s }
        """
        .formatted(name, mode, KafkaCluster.shared().bootstrap(), name, output, run);
  }

  private String streaming(String run) {
    return job("streaming", "uri = \"bus:" + name + "-out\", key = [page, window_start]", run);
  }

  /** Sends views of so many minutes of event time, 100 a minute. */
  private void send(int minutes) {
    long from = sent;
    long count = 100L * minutes;
    topics.sendMany(name + "-in", count, i -> "k" + (from + i), i -> {
      long id = from + i;
      Instant ts = Instant.parse("2026-01-01T00:00:00Z").plusMillis(id * 600 + id * 7919 % 4000);
      return "{\"id\":" + id + ",\"page\":\"p" + id % 5 + "\",\"ts\":\"" + ts + "\"}";
    });
    sent += count;
  }

  private CompletableFuture<RunOutcome> start(String job) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return jobs.start(job, RunSettings.DEFAULT).outcome();
      } catch (IOException e) {
        throw new CompletionException(e);
      }
    });
  }

  private RunRecord running() {
    Await.until("the run", BOUND, () -> new RunRegistry(jobs.state()).runs(name).stream()
        .anyMatch(r -> r.status() == RunStatus.RUNNING));
    return new RunRegistry(jobs.state()).runs(name).get(0);
  }

  private void awaitRows(int least, CompletableFuture<RunOutcome> run) {
    Await.until(least + " rows", BOUND, () -> run.isDone() || topics.values(name + "-out").size() >= least);
    assertThat(run.isDone()).as("run %s", run).isFalse();
  }

  private List<String> batch() throws IOException {
    jobs.run(job("batch", "uri = \"expected.json\", mode = replace, files = 1", "").replace("job = ", "job = b-"));
    return jobs.lines("expected.json").stream().sorted().toList();
  }

  private List<String> streamed() {
    return topics.values(name + "-out").stream().sorted().toList();
  }

  @Test
  void windowsAreToldAsTheyAreCompleteAndDrainTellsTheRest() throws Exception {
    CompletableFuture<RunOutcome> run = start(streaming(""));
    send(10);
    awaitRows(20, run);
    send(5);
    DrainRequest.write(jobs.state(), running().runId());
    assertThat(run.join().record().status()).isEqualTo(RunStatus.DONE);
    assertThat(streamed()).isEqualTo(batch());
  }

  @Test
  void theSameHoldsWithInternalStreamsOnKafka() throws Exception {
    CompletableFuture<RunOutcome> run = start(streaming("streams-on = bus"));
    send(10);
    awaitRows(20, run);
    send(5);
    DrainRequest.write(jobs.state(), running().runId());
    assertThat(run.join().record().status()).isEqualTo(RunStatus.DONE);
    assertThat(streamed()).isEqualTo(batch());
  }

  @Test
  void aRunThatIsStoppedGoesOnWhenTheJobIsStartedAgain() throws Exception {
    Path file = directory.resolve("job.conf");
    Files.writeString(file, streaming(""));
    String first = "";
    for (int round = 0; round < 3; round++) {
      JobRunner runner = new JobRunner(jobs.state(), RunSettings.DEFAULT, new TestJobs.Silent());
      CompletableFuture<RunOutcome> run =
          CompletableFuture.supplyAsync(() -> runner.run(TestJobs.request(file)).outcome());
      send(8);
      awaitRows(8 * 5 * round + 10, run);
      String runId = running().runId();
      assertThat(runId).isEqualTo(first.isEmpty() ? runId : first);
      first = runId;
      if (round < 2) {
        runner.stop();
        assertThat(run.join().record().status()).isEqualTo(RunStatus.INTERRUPTED);
      } else {
        DrainRequest.write(jobs.state(), runId);
        assertThat(run.join().record().status()).isEqualTo(RunStatus.DONE);
      }
    }
    assertThat(streamed()).isEqualTo(batch());
  }
}
