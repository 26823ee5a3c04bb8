package dev.samzabatch.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.kafka.Await;
import dev.samzabatch.kafka.KafkaCluster;
import dev.samzabatch.kafka.SecureKafkaCluster;
import dev.samzabatch.kafka.Topics;
import dev.samzabatch.system.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs over a cluster with logins and ACLs: they run with exactly what {@code check --connect} lists, and say clearly
 * what is missing without any one of it.
 */
class KafkaSecurityTest {

  private static final String USER = "worker";
  private static final String PASSWORD = "hunter2-of-the-worker";
  private static final Duration BOUND = Duration.ofSeconds(60);

  /** One rule of the document. */
  private static final Pattern RULE = Pattern.compile("\\{\\s*\"system\" : \"bus\",\\s*\"operation\" : \"(\\w+)\",\\s*"
      + "\"resource\" : \"([\\w-]+)\",\\s*\"name\" : \"([^\"]+)\",\\s*\"prefixed\" : (true|false)");

  private static SecureKafkaCluster cluster;

  @TempDir
  Path directory;
  private Shell shell;
  private String name;
  private String job;
  private int states;

  /** Runs of before, of which hosts that share a system tell each other. */
  private final Set<String> known = new HashSet<>();

  /** Something that the list names. */
  private record Right(AclOperation operation, ResourceType type, String name, boolean prefixed) {

    AclBinding acl(String user) {
      return new AclBinding(new ResourcePattern(type, name, prefixed ? PatternType.PREFIXED : PatternType.LITERAL),
          new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    /** Whether without it a run does all that it is for, and only leaves behind what it has made. */
    boolean isForDeleting() {
      return operation == AclOperation.DELETE;
    }
  }

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = KafkaCluster.startSecure(Map.of(USER, PASSWORD));
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
  }

  @BeforeEach
  void makeJob(TestInfo test) throws IOException {
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    name = name.substring(0, Math.min(24, name.length()));
    job = directory.resolve("job.conf").toString();
    newState();
    Files.writeString(directory.resolve("pages.csv"), "page,title\np0,A\np1,B\np2,C\n");
    Files.writeString(directory.resolve("store"), SecureKafkaCluster.STORE_PASSWORD + "\n");
  }

  private void newState() throws IOException {
    states++;
    shell = new Shell(Files.createDirectory(directory.resolve("host" + states)));
  }

  private static Topics topics() {
    return cluster.topics();
  }

  private String in() {
    return "in-of-" + name;
  }

  private String out() {
    return "out-of-" + name;
  }

  /** The system of a job that logs in with these properties, those that are secret in files. */
  private String system(Map<String, String> login) throws IOException {
    StringBuilder client = new StringBuilder();
    for (Map.Entry<String, String> property : new TreeMap<>(login).entrySet()) {
      String value = property.getValue();
      if (property.getKey().equals("sasl.jaas.config")) {
        Files.writeString(directory.resolve("login"), value);
        value = "secret:file:" + directory.resolve("login");
      } else if (property.getKey().endsWith("password")) {
        value = "secret:file:" + directory.resolve("store");
      }
      if (!property.getKey().equals("bootstrap.servers")) {
        client.append("    ").append(property.getKey()).append(" = \"").append(value).append("\"\n");
      }
    }
    return "systems { bus { type = kafka, bootstrap.servers = \"" + login.get("bootstrap.servers")
        + "\", timeout = 10s, client {\n" + client + "} } }\n";
  }

  private void batchJob(String output, String run) throws IOException {
    batchJob(cluster.scram(USER, PASSWORD), output, run);
  }

  /** A file and a topic go to a topic. */
  private void batchJob(Map<String, String> login, String output, String run) throws IOException {
    Files.writeString(directory.resolve("job.conf"), """
        job = %s
        %s
        inputs {
          views { uri = "bus:%s", format = json, schema = "page string, n long" }
          pages { uri = "pages.csv", schema = "page string, title string" }
        }
        steps {
          named { from = views, join = pages, on = [page] }
          sums { from = named, by = [title], aggregate = ["sum(n) as s"] }
        }
        outputs { sums { from = sums, uri = "bus:%s", key = title, %s } }
        run { containers = 1, %s }
        """.formatted(name, system(login), in(), out(), output, run));
  }

  private void fillTopics(boolean withOutput) {
    topics().create(in(), 2);
    for (int partition = 0; partition < 2; partition++) {
      topics().send(in(), partition, "{\"page\":\"p0\",\"n\":1}", "{\"page\":\"p1\",\"n\":2}");
    }
    if (withOutput) {
      topics().create(out(), 2);
    }
  }

  /** What the check tells to a user who may do nothing yet. */
  private List<Right> list() {
    Cli.Answer check = Cli.plain("check", job, "--connect", "--json");
    assertThat(check.code()).as(check.err()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(check.err()).contains("SB-4303");
    assertThat(check.out()).contains("\"ok\" : false", "SB-4303");
    List<Right> rights = new ArrayList<>();
    Matcher rule = RULE.matcher(check.out());
    while (rule.find()) {
      rights.add(new Right(AclOperation.valueOf(rule.group(1)),
          ResourceType.fromString(rule.group(2).replace('-', '_').toUpperCase(Locale.ROOT)), rule.group(3),
          Boolean.parseBoolean(rule.group(4))));
    }
    assertThat(rights).isNotEmpty();
    return rights;
  }

  private static void allow(String user, List<Right> rights) {
    cluster.allow(rights.stream().map(r -> r.acl(user)).toArray(AclBinding[]::new));
  }

  private static void revoke(String user, List<Right> rights) {
    cluster.revoke(rights.stream().map(r -> r.acl(user)).toArray(AclBinding[]::new));
  }

  /**
   * Runs with all rights, then without each of them.
   *
   * @param made topics that a job may find missing, and makes then
   */
  private void needsExactlyWhatIsListed(Set<String> made) throws IOException {
    List<Right> rights = list();
    allow(USER, rights);
    try {
      shell.command("run", job).exits(ExitCode.DONE);
      known.addAll(shell.runIds());
      assertThat(topics().values(out())).containsExactlyInAnyOrder("{\"title\":\"A\",\"s\":2}",
          "{\"title\":\"B\",\"s\":4}");
      assertThat(topics().names()).noneMatch(t -> t.startsWith(name + "-"));
      assertThat(topics().groups()).noneMatch(g -> g.startsWith(name + "-"));
      assertHoldNoSecret();
      for (Right missing : rights) {
        if (missing.operation() == AclOperation.CREATE) {
          made.stream().filter(topics().names()::contains).forEach(topics()::delete);
        }
        isMissed(missing);
        if (missing.operation() == AclOperation.CREATE) {
          // Makes what was missing, and fills it: of an empty topic nothing is read.
          newState();
          shell.command("run", job).exits(ExitCode.DONE);
          known.addAll(shell.runIds());
        }
      }
    } finally {
      revoke(USER, rights);
    }
  }

  private void isMissed(Right right) throws IOException {
    newState();
    revoke(USER, List.of(right));
    try {
      Shell.Ended run = isForResuming(right) ? brokenOffAndResumed() : shell.command("run", job);
      String said = run.err() + shell.logs();
      assertThat(said).as("without %s: exit %d, %s", right, run.exit(), said).contains("SB-4303", right.name());
      assertThat(said).as("without %s", right).containsAnyOf(" " + right.operation() + " on ", " DESCRIBE on ");
      assertThat(run.exit()).as("without %s: %s", right, said).isIn(
          right.isForDeleting() ? Set.of(ExitCode.DONE) : Set.of(ExitCode.FAILED, ExitCode.UNREACHABLE));
      assertThat(run.exit() == ExitCode.UNREACHABLE).as("without %s", right)
          .isEqualTo(known.containsAll(shell.runIds()));
      known.addAll(shell.runIds());
      assertThat(said).doesNotContain(PASSWORD, SecureKafkaCluster.STORE_PASSWORD);
      assertHoldNoSecret();
    } finally {
      allow(USER, List.of(right));
    }
  }

  /** Checkpoints alone are read by whoever goes on with a run. */
  private boolean isForResuming(Right right) throws IOException {
    return right.operation() == AclOperation.READ && right.name().equals(name + "-")
        && !Files.readString(Path.of(job)).contains("streams-on");
  }

  private Shell.Ended brokenOffAndResumed() throws IOException {
    Faults.arm("BUS_COMMITTED:throw");
    try {
      shell.command("run", job).exits(ExitCode.FAILED);
    } finally {
      Faults.arm("");
    }
    return shell.command("resume", shell.runIds().get(0));
  }

  /** Neither what commands say nor what runs leave holds a password. */
  private void assertHoldNoSecret() throws IOException {
    if (!Files.exists(shell.path("state"))) {
      return;
    }
    try (Stream<Path> files = Files.walk(shell.path("state"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, ISO_8859_1)).as("%s", file)
            .doesNotContain(PASSWORD, SecureKafkaCluster.STORE_PASSWORD);
      }
    }
  }

  @Test
  void atTheEndOfARun() throws IOException {
    fillTopics(true);
    batchJob("publish = at-end", "");
    needsExactlyWhatIsListed(Set.of());
  }

  @Test
  void aTopicThatIsMissing() throws IOException {
    fillTopics(false);
    batchJob("create { partitions = 1 }", "");
    needsExactlyWhatIsListed(Set.of(out()));
  }

  @Test
  void withEveryCommit() throws IOException {
    fillTopics(true);
    batchJob("publish = as-you-go", "");
    needsExactlyWhatIsListed(Set.of());
  }

  /** Takes minutes: every right is taken away and given back. */
  @Tag("chaos")
  @Test
  void internalStreams() throws IOException {
    fillTopics(true);
    batchJob("publish = at-end", "streams-on = bus");
    needsExactlyWhatIsListed(Set.of("samza-batch-runs", "samza-batch-locks"));
  }

  @Test
  void streamingThatIsDrained() throws Exception {
    topics().create(in(), 2);
    topics().create(out(), 1);
    Files.writeString(directory.resolve("job.conf"), """
        job = %s
        mode = streaming
        %s
        inputs {
          views {
            uri = "bus:%s", schema = "id long, page string, ts timestamp"
            event-time { on = ts, delay = 5s, idle-after = 1s }
          }
        }
        steps { windows { from = views, by = [page], window { size = 1m, on = ts }, aggregate = ["count(*) as n"] } }
        outputs { windows { from = windows, uri = "bus:%s", key = [page, window_start] } }
        run { containers = 1, commit-every = 300ms }
        """.formatted(name, system(cluster.scram(USER, PASSWORD)), in(), out()));
    List<Right> rights = list();
    allow(USER, rights);
    CompletableFuture<Shell.Ended> run = CompletableFuture.supplyAsync(() -> shell.command("run", job));
    sendViews(0, 200);
    Await.until("rows", BOUND, () -> run.isDone() || !topics().values(out()).isEmpty());
    assertThat(run).as("%s", run).isNotDone();
    sendViews(200, 300);
    shell.command("drain", shell.runIds().get(0)).exits(ExitCode.DONE);
    run.join().exits(ExitCode.DONE);
    assertThat(topics().values(out())).hasSize(3);
    assertThat(topics().names()).noneMatch(t -> t.startsWith(name + "-"));
    assertHoldNoSecret();
    revoke(USER, rights);
  }

  /** A hundred views a minute. */
  private void sendViews(int from, int to) {
    for (int id = from; id < to; id++) {
      String ts = Instant.parse("2026-01-01T00:00:00Z").plusMillis(id * 600L).toString();
      topics().send(in(), id % 2, "{\"id\":" + id + ",\"page\":\"p\",\"ts\":\"" + ts + "\"}");
    }
  }

  @Test
  void otherLogins() throws IOException {
    fillTopics(true);
    batchJob(cluster.plain(USER, PASSWORD), "publish = at-end", "");
    List<Right> rights = list();
    allow(USER, rights);
    allow(SecureKafkaCluster.CERTIFIED, rights);
    shell.command("run", job).exits(ExitCode.DONE);
    batchJob(cluster.certified(), "publish = at-end", "");
    shell.command("run", job).exits(ExitCode.DONE);
    assertThat(topics().values(out())).hasSize(4);
    assertHoldNoSecret();
    revoke(USER, rights);
    revoke(SecureKafkaCluster.CERTIFIED, rights);
  }

  @Test
  void aPasswordThatIsWrong() throws IOException {
    fillTopics(true);
    String wrong = PASSWORD + "-not";
    for (Map<String, String> login : List.of(cluster.scram(USER, wrong), cluster.plain(USER, wrong))) {
      batchJob(login, "publish = at-end", "");
      Shell.Ended run = shell.command("run", job).exits(ExitCode.UNREACHABLE);
      assertThat(run.err()).contains("SB-4302", "do not accept this client").doesNotContain(PASSWORD);
      assertThat(shell.runIds()).isEmpty();
    }
  }

  @Test
  void aLoginOfTheEnvironment() throws Exception {
    fillTopics(true);
    Map<String, String> login = cluster.scram(USER, PASSWORD);
    batchJob(login, "publish = at-end", "");
    List<Right> rights = list();
    allow(USER, rights);
    Files.writeString(Path.of(job),
        Files.readString(Path.of(job)).replaceFirst("secret:file:[^\"]*/login", "secret:env:BUS_LOGIN"));
    Path said = directory.resolve("said.txt");
    ProcessBuilder run = new ProcessBuilder(ChildJvm.command(List.of(), List.of(shell.arguments("run", job))));
    run.environment().put("BUS_LOGIN", login.get("sasl.jaas.config"));
    Process process = run.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly().onExit().join();
    }
    assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(ExitCode.DONE);
    assertThat(topics().values(out())).hasSize(2);
    assertThat(Files.readString(said)).doesNotContain(PASSWORD, SecureKafkaCluster.STORE_PASSWORD);
    assertHoldNoSecret();
    assertThat(shell.logs()).doesNotContain("SB-");
    revoke(USER, rights);
  }
}
