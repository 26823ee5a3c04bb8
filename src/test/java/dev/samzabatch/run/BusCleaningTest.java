package dev.samzabatch.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.samzabatch.data.UserException;
import dev.samzabatch.job.KafkaSpec;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs have left on Kafka is deleted where their systems are now. */
class BusCleaningTest {

  private static final String NOBODY = "127.0.0.1:1";

  private final Topics topics = KafkaCluster.shared().topics();
  private final String runId = RunIds.next(ZonedDateTime.now());
  private final String topic = "cleaning-" + runId;

  @TempDir
  private Path directory;

  private RecordedBus bus(String brokers) {
    KafkaSpec kafka = new KafkaSpec(brokers, Map.of(), Optional.empty(), Duration.ofMinutes(2));
    return new RecordedBus(kafka, List.of(topic), List.of(topic));
  }

  @Test
  void theJobThatIsRunSaysHowASystemIsReached() throws IOException {
    topics.create(topic, 1);
    RecordedBus live = bus(KafkaCluster.shared().bootstrap());
    BusCleaning cleaning = new BusCleaning(Map.of("bus", live.system("bus")), Map.of());
    assertThat(cleaning.delete("bus", runId, bus(NOBODY), true)).containsOnlyKeys(topic);
    assertThat(topics.names()).contains(topic);
    assertThat(cleaning.delete("bus", runId, bus(NOBODY), false)).containsOnlyKeys(topic);
    assertThat(topics.names()).doesNotContain(topic);
    assertThat(cleaning.delete("bus", runId, bus(NOBODY), false)).isEmpty();
  }

  @Test
  void aSystemThatDoesNotAnswerSoonIsNotAskedAgain() {
    BusCleaning cleaning = BusCleaning.ofManifests();
    UserException first = silence(cleaning, NOBODY);
    assertThat(first).hasMessageContaining("SB-4301").hasMessageContaining("within 10.0s");
    assertThat(silence(cleaning, NOBODY)).isSameAs(first);
  }

  private UserException silence(BusCleaning cleaning, String brokers) {
    return catchThrowableOfType(UserException.class, () -> cleaning.delete("bus", runId, bus(brokers), false));
  }

  @Test
  void aRunDeletesWhatOthersHaveLeftWhereTheBrokersAreNow() throws IOException {
    String name = "cleaned" + runId;
    topics.create(name, 1);
    TestJobs jobs = new TestJobs(directory);
    String job = """
        job = %s
        systems { bus { type = kafka, bootstrap.servers = "%s", timeout = 30s } }
        inputs { a { uri = "in.csv", schema = "k long" } }
        steps { b { from = a, select = [k] } }
        outputs { o { from = b, uri = "bus:%s", publish = as-you-go } }
        """.formatted(name, KafkaCluster.shared().bootstrap(), name);
    Files.writeString(directory.resolve("in.csv"), "k\n1\nnone\n");
    RunRecord failed = jobs.start(job, RunSettings.DEFAULT).outcome().record();
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(topics.names()).anyMatch(t -> t.endsWith(failed.runId()));
    Path manifest = jobs.state().runDirectory(failed.runId()).resolve(Manifest.FILE);
    Files.writeString(manifest, Files.readString(manifest).replace(KafkaCluster.shared().bootstrap(), NOBODY));
    Files.writeString(directory.resolve("in.csv"), "k\n1\n");
    jobs.run(job);
    assertThat(topics.names()).noneMatch(t -> t.endsWith(failed.runId()));
  }
}
