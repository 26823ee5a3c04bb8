package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.system.kafka.RegistryTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hosts that share a Kafka system: two state directories, and processes that are killed or stopped on the first.
 */
class TwoHostsTest {

  private static final String HELD = "the job is already running: run %s, pid %d on host ";

  private static KafkaCluster cluster;

  @TempDir
  Path directory;
  private Shell first;
  private Shell second;
  private String name;
  private String job;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = KafkaCluster.start(1);
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
  }

  @BeforeEach
  void makeHosts(TestInfo test) throws IOException {
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    first = new Shell(Files.createDirectory(directory.resolve("first")));
    second = new Shell(Files.createDirectory(directory.resolve("second")));
    Files.writeString(directory.resolve("in.csv"), "k,v\n1,2\n1,3\n2,4\n");
    Files.writeString(directory.resolve("job.conf"), """
        job = NAME
        inputs { a { uri = "in.csv", schema = "k long, v long" } }
        steps { sums { from = a, by = [k], aggregate = ["sum(v) as s"] } }
        outputs { o { from = sums, uri = "out", format = json, mode = replace } }
        """.replace("NAME", name) + onBus());
    job = directory.resolve("job.conf").toString();
  }

  private static String onBus() {
    return "systems { bus { type = kafka, bootstrap.servers = \"" + cluster.bootstrap() + "\", timeout = 30s } }\n"
        + "run { streams-on = bus }\n";
  }

  /** The first host runs the job, and is in the midst of it. */
  private ChildJvm startAndStall() throws IOException {
    ChildJvm child = ChildJvm.startArmed("TASK_BATCH:stall:1", first, "run", job);
    try {
      child.await(".* stage [0-9]+ .*: started.*");
      return child;
    } catch (IOException e) {
      child.close();
      throw e;
    }
  }

  /** The run that the first host has started last; others it may have heard of. */
  private String newestRun() throws IOException {
    List<String> runs = first.runIds();
    return runs.get(runs.size() - 1);
  }

  /** The first host runs the job, and is killed in the midst of it. */
  private String startAndDie() throws Exception {
    try (ChildJvm child = startAndStall()) {
      child.kill();
    }
    return newestRun();
  }

  private static Set<String> topicsOf(String runId) {
    Set<String> names = new TreeSet<>(cluster.topics().names());
    names.removeIf(name -> !name.endsWith(runId));
    return names;
  }

  @Test
  void aRunIsSeenByTheOtherHostAndKeepsItFromStarting() throws Exception {
    try (ChildJvm child = startAndStall()) {
      String runId = newestRun();
      assertThat(second.command("runs", "--json", "--via", job, name).exits(0).out())
          .contains("\"status\" : \"RUNNING\"");
      assertThat(second.status(runId)).isEqualTo("RUNNING");
      Shell.Ended refused = second.command("run", job).exits(ExitCode.ALREADY_RUNNING);
      assertThat(refused.err()).startsWith(first.told(String.format(HELD, runId, child.pid())));
      assertThat(second.command("clean", "--run-id", runId).exits(2).err()).contains("SB-6001", "is under way");
      assertThat(second.command("resume", runId).exits(ExitCode.ALREADY_RUNNING).err()).contains("pid " + child.pid());
      child.kill();
    }
    assertThat(second.command("runs", "--json", "--via", job, name).exits(0).out())
        .contains("\"status\" : \"DEAD\"");
    second.command("run", job).exits(0);
    assertThat(Files.exists(directory.resolve("out"))).isTrue();
    assertThat(first.command("runs", "--json", "--via", job, name).exits(0).out())
        .contains("\"status\" : \"DONE\"");
  }

  @Test
  void aDeadRunIsDeletedFromTheOtherHost() throws Exception {
    String runId = startAndDie();
    assertThat(topicsOf(runId)).isNotEmpty();
    second.command("runs", "--via", job).exits(0);
    assertThat(second.command("clean", "--run-id", runId).exits(0).err()).isEmpty();
    assertThat(topicsOf(runId)).isEmpty();
    assertThat(second.runIds()).doesNotContain(runId);
    assertThat(first.runIds()).contains(runId);
    first.command("runs", "--via", job).exits(0);
    assertThat(first.runIds()).doesNotContain(runId);
  }

  @Test
  void aDeadRunIsResumedOnTheOtherHost() throws Exception {
    String runId = startAndDie();
    second.command("resume", runId, "--via", job).exits(0);
    assertThat(second.status(runId)).isEqualTo("DONE");
    assertThat(topicsOf(runId)).isEmpty();
    assertThat(first.status(runId)).isEqualTo("RUNNING");
    assertThat(first.command("show", runId, "--via", job).exits(0).out()).contains("done");
    assertThat(first.status(runId)).isEqualTo("DONE");
  }

  @Test
  void theNextRunOnTheOtherHostPurgesWhatADeadOneHasLeft() throws Exception {
    String runId = startAndDie();
    second.command("run", job).exits(0);
    assertThat(topicsOf(runId)).isEmpty();
  }

  @Test
  void aRunThatOtherHostsSeeIsNotDeletedHereOnly() throws Exception {
    String runId = startAndDie();
    Path manifest = first.path("state/runs/" + runId + "/manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"bus\"", "\"other\""));
    Files.delete(directory.resolve("job.conf"));
    assertThat(first.command("clean", "--run-id", runId).exits(2).err()).contains("SB-5060", "--via JOB.CONF");
    assertThat(first.runIds()).contains(runId);
  }

  @Test
  void whoeverWasStoppedForTooLongDoesNotPublish() throws Exception {
    String quick = SlowJob.QUICK.replace("\"out\"", "\"" + directory.resolve("first/out") + "\"") + onBus();
    try (ChildJvm zombie = SlowJob.start(first, onBus())) {
      String runId = newestRun();
      signal("STOP", zombie);
      second.file("quick.csv", "k,v\n1,1\n").file("quick.conf", quick);
      second.command("run", second.path("quick.conf").toString()).exits(0);
      signal("CONT", zombie);
      String said = zombie.rest();
      assertThat(zombie.exit()).as(said).isNotZero();
      assertThat(first.rows("out")).containsExactly("{\"k\":1,\"n\":1}");
      assertThat(said).contains("SB-4342", "the lock of job slow was ");
      assertThat(first.status(runId)).isEqualTo("FAILED");
      assertThat(first.command("runs", "--via", first.path("slow.conf").toString(), "slow").exits(0).out())
          .contains("done");
    }
  }

  private static void signal(String signal, ChildJvm child) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(child.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  void theRegistryHoldsWhatTheRunsAreAndForgetsThemWithThem() throws IOException {
    first.command("run", job).exits(0);
    String runId = newestRun();
    assertThat(cluster.topics().names()).contains(RegistryTopic.NAME, "samza-batch-locks");
    second.command("clean", "--all", "--via", job).exits(0);
    assertThat(second.runIds()).isEmpty();
    first.command("runs", "--via", job).exits(0);
    assertThat(first.runIds()).doesNotContain(runId);
  }
}
