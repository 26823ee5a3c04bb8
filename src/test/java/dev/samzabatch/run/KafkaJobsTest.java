package dev.samzabatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.kafka.Topics;
import dev.samzabatch.system.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The same job from files to topics, from topics to topics, and with its internal streams on Kafka. */
class KafkaJobsTest {

  private static final int ROWS = 20_000;

  private final Topics topics = KafkaCluster.shared().topics();

  @TempDir
  private Path directory;

  private TestJobs jobs;
  private String name;

  @BeforeEach
  void makeInput(TestInfo test) throws IOException {
    jobs = new TestJobs(directory);
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
    List<String> lines = IntStream.range(0, ROWS)
        .mapToObj(i -> "{\"id\":" + i + ",\"member\":\"m" + i % 97 + "\",\"spent\":" + i % 13 + "}").toList();
    Files.write(directory.resolve("views.json"), lines);
  }

  @AfterEach
  void disarm() {
    Faults.arm("");
  }

  private String job(String input, String output, String run) {
    return """
        job = %s
        systems { bus { type = kafka, bootstrap.servers = "%s", timeout = 30s } }
        inputs { views { %s, schema = "id long, member string, spent long" } }
        steps {
          counts { from = views, by = [member], aggregate = ["count(*) as views", "sum(spent) as spent"], partitions = 3 }
        }
        outputs { counts { from = counts, %s } }
        run { containers = 2, %s }
        """
        .formatted(name, KafkaCluster.shared().bootstrap(), input, output, run);
  }

  private String files() {
    return "uri = \"views.json\"";
  }

  private String toTopic(String topic, String more) {
    topics.create(topic, 4);
    return "uri = \"bus:" + topic + "\", key = member" + more;
  }

  private List<String> rows(String topic) {
    return topics.values(topic).stream().sorted().toList();
  }

  /** What the job gives when it writes a file. */
  private List<String> expected() throws IOException {
    jobs.run(job(files(), "uri = \"expected.json\", mode = replace, files = 1", ""));
    return jobs.lines("expected.json").stream().sorted().toList();
  }

  /** Fills a topic with what is in the file. */
  private String fromTopic(String topic) throws IOException {
    topics.create(topic, 5);
    List<String> lines = Files.readAllLines(directory.resolve("views.json"));
    topics.sendMany(topic, lines.size(), i -> "k" + i, i -> lines.get((int) i));
    return "uri = \"bus:" + topic + "\"";
  }

  private List<String> ownTopics() {
    return topics.names().stream().filter(t -> t.startsWith(name + "-") && t.matches(".*-[0-9]{8}-[0-9]{6}-.*"))
        .toList();
  }

  @Test
  void filesGoToATopicAllAtOnce() throws IOException {
    List<String> expected = expected();
    RunRecord run = jobs.run(job(files(), toTopic(name, ""), ""));
    assertThat(rows(name)).isEqualTo(expected);
    assertThat(run.outputs()).extracting(RunRecord.OutputFigures::rows).containsExactly((long) expected.size());
    assertThat(topics.groups()).noneMatch(g -> g.startsWith(name));
  }

  @Test
  void topicsGoToTopicsWithTheSameRows() throws IOException {
    List<String> expected = expected();
    jobs.run(job(fromTopic(name + "-in"), toTopic(name, ""), ""));
    assertThat(rows(name)).isEqualTo(expected);
  }

  @Test
  void everyCommitPublishesWhatIsNew() throws IOException {
    List<String> expected = expected();
    jobs.run(job(fromTopic(name + "-in"), toTopic(name, ", publish = as-you-go"), ""));
    assertThat(rows(name)).isEqualTo(expected);
    assertThat(ownTopics()).isEmpty();
  }

  @Test
  void internalStreamsOnKafkaGiveTheSameRows() throws IOException {
    List<String> expected = expected();
    jobs.run(job(fromTopic(name + "-in"), toTopic(name, ""), "streams-on = bus"));
    assertThat(rows(name)).isEqualTo(expected);
    assertThat(ownTopics()).isEmpty();
  }

  @Test
  void internalStreamsOnKafkaAndCommitsThatPublishGiveTheSameRows() throws IOException {
    List<String> expected = expected();
    jobs.run(job(fromTopic(name + "-in"), toTopic(name, ", publish = as-you-go"), "streams-on = bus"));
    assertThat(rows(name)).isEqualTo(expected);
    assertThat(ownTopics()).isEmpty();
  }

  @Test
  void aPublicationThatIsBrokenOffIsFinishedWithoutSendingTwice() throws IOException {
    List<String> expected = expected();
    String job = job(files(), toTopic(name, ""), "");
    for (String point : List.of("BUS_COMMIT", "BUS_COMMITTED")) {
      Faults.arm(point + ":throw");
      RunOutcome broken = jobs.start(job, RunSettings.DEFAULT).outcome();
      assertThat(broken.record().isResumable()).as(point).isTrue();
      Faults.arm("");
      RunOutcome resumed = new JobRunner(jobs.state(), RunSettings.DEFAULT, new TestJobs.Silent())
          .resume(new RunRegistry(jobs.state()).find(broken.record().runId()).orElseThrow(),
              new ResumeRequest(List.of(), false, Map.of()))
          .outcome();
      assertThat(resumed.record().status()).isEqualTo(RunStatus.DONE);
    }
    assertThat(rows(name)).hasSize(2 * expected.size()).containsAll(expected);
  }
}
