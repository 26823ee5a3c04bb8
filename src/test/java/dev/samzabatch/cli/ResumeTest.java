package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.system.Faults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that die at every place between lock and record, and are resumed, or run again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ResumeTest {

  private static final String JOB = """
      job = s
      inputs { a { uri = "in.csv", schema = "k long, v string" }, b { uri = "b.csv", schema = "k long, w string" } }
      steps {
        sums { from = a, by = [v], aggregate = ["sum(k) as n"], partitions = 3 }
        pairs { from = a, join = b, on = [k], partitions = 3 }
        pages { from = pairs, by = [w], aggregate = ["count(*) as n"], partitions = 2 }
      }
      outputs {
        o { from = sums, uri = "out", format = csv, mode = replace }
        p { from = pages, uri = "pages.csv", files = 1, mode = replace }
      }
      checks { some { on = sums, rows = ">= 1" } }
      run { containers = 2, commit-every = 10ms, retries = 0 }
      """;

  private static final int ROWS = 20_000;

  @TempDir
  private Path directory;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(directory).file("job.conf", JOB).file("out/part-00000.csv", "old\n");
    shell.file("in.csv", rows("k,v", i -> i % 5_000 + ",v" + i % 700));
    shell.file("b.csv", rows("k,w", i -> i + ",w" + i % 90));
  }

  @AfterEach
  void disarm() {
    Faults.arm("");
  }

  private static String rows(String header, IntFunction<String> row) {
    return IntStream.range(0, ROWS).mapToObj(row).collect(Collectors.joining("\n", header + "\n", "\n"));
  }

  private String job() {
    return shell.path("job.conf").toString();
  }

  /** Lets a command die at a place. */
  private void dies(String faults, String... command) throws IOException, InterruptedException {
    try (ChildJvm child = ChildJvm.startArmed(faults, shell, command)) {
      String said = child.rest();
      assertThat(child.exit()).as(said).isEqualTo(137);
    }
  }

  /** Everything is published as if nothing had happened, and nothing else is left. */
  private void isPublished() throws IOException {
    Map<Integer, Long> sums = IntStream.range(0, ROWS).boxed()
        .collect(Collectors.groupingBy(i -> i % 700, Collectors.summingLong(i -> i % 5_000)));
    List<String> expected = sums.entrySet().stream().map(e -> "v" + e.getKey() + "," + e.getValue()).sorted().toList();
    assertThat(shell.rows("out").stream().filter(row -> !row.equals("v,n")).toList()).isEqualTo(expected);
    assertThat(shell.rows("pages.csv")).hasSize(91).contains("w,n", "w0,224", "w89,220");
    assertThat(shell.hidden()).isEmpty();
    assertThat(shell.tree("state/runs").keySet()).noneMatch(name -> name.contains("/str") || name.contains("/sto")
        || name.contains("publish.json"));
    assertThat(shell.tree("state/jobs").keySet()).noneMatch(name -> name.contains("holder"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MANIFEST_WRITTEN", "STREAM_CREATE", "STAGING_CREATE:halt:2", "TASK_BATCH:halt:15",
      "OUTPUT_SEAL:halt:2", "JOURNAL_WRITE", "PUBLISH_RENAME", "PUBLISH_RENAMED", "PUBLISH_RENAMED:halt:2",
      "PUBLISH_RENAMED:halt:3", "RECORD_WRITE"})
  void aRunThatDiesIsResumed(String point) throws IOException, InterruptedException {
    dies(point.contains(":") ? point : point + ":halt", "run", job());
    assertThat(shell.command("runs").exits(0).out()).contains("dead, resumable");
    shell.command("resume", "--last").exits(0);
    isPublished();
    String run = shell.runIds().get(0);
    assertThat(shell.runIds()).hasSize(1);
    assertThat(shell.status(run)).isEqualTo("DONE");
    assertThat(shell.command("show", run).out()).contains("done", "1 resume");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOCK_TAKE", "LOCK_TAKEN", "MANIFEST_WRITTEN", "JOURNAL_WRITE", "PUBLISH_RENAMED",
      "PUBLISH_RENAMED:halt:2", "RECORD_WRITE", "STREAMS_DELETE", "LOCK_RELEASE"})
  void afterARunThatDiedTheNextOneLeavesNothingHalf(String point) throws IOException, InterruptedException {
    dies(point.contains(":") ? point : point + ":halt", "run", job());
    shell.command("run", job()).exits(0);
    isPublished();
  }

  @Test
  void aPurgeThatDiesIsDoneByTheNextRun() throws IOException, InterruptedException {
    dies("COMMIT_DONE:halt:3", "run", job());
    String first = shell.runIds().get(0);
    dies("PURGE_RUN:halt", "run", job(), "--set", "run.keep-runs=0");
    assertThat(shell.runIds()).hasSize(2).contains(first);
    shell.command("run", job(), "--set", "run.keep-runs=0").exits(0);
    assertThat(shell.runIds()).hasSize(1).doesNotContain(first);
    isPublished();
  }

  @Test
  void aPurgeThatFailsIsAWarningAndIsTriedAgain() throws IOException, InterruptedException {
    dies("COMMIT_DONE:halt:3", "run", job());
    String first = shell.runIds().get(0);
    Faults.arm("PURGE_RUN:eio:1");
    Shell.Ended ended = shell.command("run", job(), "--set", "run.keep-runs=0").exits(0);
    assertThat(ended.err()).contains("could not delete RUN: Input/output error (injected at PURGE_RUN)");
    assertThat(shell.runIds()).hasSize(2);
    shell.command("run", job(), "--set", "run.keep-runs=0").exits(0);
    assertThat(shell.runIds()).hasSize(1).doesNotContain(first);
    isPublished();
  }

  @Test
  void aResumeThatDiesIsResumedUntilItIsDone() throws IOException, InterruptedException {
    dies("COMMIT_DONE:halt:3", "run", job());
    for (String point : List.of("RESTORE_BEGIN", "RESTORE_CUT", "COMMIT_DONE:halt:2", "JOURNAL_WRITE",
        "PUBLISH_RENAMED", "RECORD_WRITE")) {
      dies(point.contains(":") ? point : point + ":halt", "resume", "--last", "--job", "s");
    }
    shell.command("resume", "--last").exits(0);
    isPublished();
    assertThat(shell.command("show", shell.runIds().get(0)).out()).contains("7 resumes");
  }

  @Test
  void aRunIsResumedOnAnotherNumberOfContainers() throws IOException, InterruptedException {
    for (String containers : List.of("1", "5")) {
      dies("COMMIT_DONE:halt:5", "run", job());
      try (ChildJvm child =
          ChildJvm.start(shell, "resume", "--last", "--set", "run.containers=" + containers)) {
        String said = child.rest();
        assertThat(child.exit()).as(said).isZero();
        assertThat(said).contains("resuming run ", "reused  continued  redone");
      }
      isPublished();
    }
  }

  @Test
  void whatIsDoneIsNotResumed() throws IOException {
    shell.command("run", job()).exits(0);
    String run = shell.runIds().get(0);
    Map<String, String> before = shell.tree("");
    assertThat(shell.command("resume", run).exits(0).out()).isEmpty();
    assertThat(shell.command("resume", run, "--json").exits(0).out()).contains("\"status\" : \"DONE\"");
    assertThat(shell.tree("")).isEqualTo(before);
  }

  @Test
  void whatWouldFailAgainIsNotResumed() throws IOException {
    shell.file("job.conf", JOB.replace(">= 1\"", ">= 100000\"")).command("run", job()).exits(3);
    assertThat(shell.command("resume", "--last").exits(2).err()).startsWith("""
        error SB-5040: run RUN of job s cannot be resumed: its checks failed, and would again
           start it anew: samza-batch run DIR/job.conf
        """);
    shell.file("in.csv", "k,v\nx,y\n").command("run", job()).exits(1);
    assertThat(shell.command("resume", "--last").exits(2).err()).startsWith(
        "error SB-5040: run RUN of job s cannot be resumed: what failed it would do so again");
    assertThat(shell.command("runs").out()).doesNotContain("resumable");
    assertThat(shell.hidden()).isEmpty();
  }

  @Test
  void aRunWhoseStreamsArePurgedIsNotResumed() throws IOException, InterruptedException {
    dies("COMMIT_DONE:halt:3", "run", job());
    String dead = shell.runIds().get(0);
    shell.command("run", job()).exits(0);
    assertThat(shell.command("resume", dead).exits(2).err())
        .startsWith("error SB-5040: run RUN of job s cannot be resumed: what it had left is deleted\n");
    isPublished();
  }

  @Test
  void everythingThatHasChangedIsNamedAndNothingIsTouched() throws IOException, InterruptedException {
    dies("COMMIT_DONE:halt:3", "run", job());
    shell.file("in.csv", Files.readString(shell.path("in.csv")) + "1,x\n");
    shell.file("job.conf", JOB.replace("sum(k)", "max(k)").replace("format = csv", "format = json"));
    Map<String, String> before = shell.tree("");
    before.remove("state/jobs/s/holder.json");
    Shell.Ended refused = shell.command("resume", "--last").exits(2);
    String said = refused.err().replaceAll("[0-9a-f]{16}", "HASH").replace("samza-batch run DIR/job.conf", "RUN IT");
    assertThat(said).startsWith("""
        error SB-5042: the plan is not the one that the run began with (HASH, now HASH); changed: sums
           what the run has left was made by the other plan; undo the change, or start it anew: RUN IT
        error SB-5043: input "a" has changed since the run began: DIR/in.csv has 192378 bytes, it had 192374
        """);
    assertThat(refused.err()).contains("error SB-5044: output \"o\" has changed since the run began: it was sums to "
        + "DIR/out, format = csv, header = auto, delimiter = ',', ",
        "it is sums to DIR/out, format = json, "
            + "compress = none, mode = replace, if-empty = publish\n");
    shell.command("resume", "--last", "--anyway").exits(2);
    assertThat(shell.tree("")).isEqualTo(before);
  }

  @Test
  void filesThatComeGoOrGrowAreNamed() throws IOException, InterruptedException {
    shell.file("many/1.csv", "k,v\n1,x\n").file("many/2.csv", "k,v\n1,x\n").file("many/3.csv", "k,v\n1,x\n");
    String many = JOB.replace("uri = \"in.csv\"", "uri = \"many/*.csv\"");
    shell.file("job.conf", many);
    dies("JOURNAL_WRITE:halt", "run", job());
    Files.delete(shell.path("many/1.csv"));
    shell.file("many/2.csv", "k,v\n1,x\n2,y\n").file("many/4.csv", "k,v\n1,x\n");
    assertThat(shell.command("resume", "--last").exits(2).err()).contains("error SB-5043: input \"a\" has changed "
        + "since the run began: DIR/many/1.csv is gone; DIR/many/2.csv has 12 bytes, it had 8; DIR/many/4.csv is new\n");
  }

  @Test
  void aFileThatHasOnlyANewTimeIsForAPersonToDecide() throws IOException, InterruptedException {
    dies("COMMIT_DONE:halt:3", "run", job());
    Files.setLastModifiedTime(shell.path("in.csv"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(shell.command("resume", "--last").exits(2).err()).startsWith("error SB-5043: input \"a\" has changed "
        + "since the run began: DIR/in.csv was written at 2020-01-01T00:00:00Z, its size is the same\n")
        .contains("--anyway");
    assertThat(shell.command("resume", "--last", "--anyway").exits(0).err()).startsWith("warning SB-5043: ");
    isPublished();
  }

  @Test
  void aCheckThatAsksForSomethingElseIsForAPersonToDecide() throws IOException, InterruptedException {
    dies("COMMIT_DONE:halt:3", "run", job());
    shell.file("job.conf", JOB.replace("rows = \">= 1\"", "rows = \">= 100000\""));
    assertThat(shell.command("resume", "--last").exits(2).err())
        .startsWith("error SB-5044: check \"some\" has changed since the run began: it was rows from 1 up on sums, ");
    shell.command("resume", "--last", "--anyway").exits(3);
    assertThat(shell.rows("out")).containsExactly("old");
  }

  @Test
  void whatWasLeftByAnotherVersionIsRefused() throws IOException, InterruptedException {
    dies("COMMIT_DONE:halt:3", "run", job());
    Path manifest = shell.path("state/runs/" + shell.runIds().get(0) + "/manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"state.version\" : 2", "\"state.version\" : 7"));
    assertThat(shell.command("resume", "--last").exits(2).err()).startsWith("error SB-5041: run RUN was begun by "
        + "another version of samza-batch: what it has left is of version 7, this program knows 2\n");
  }

  @Test
  void theRequestOfThenCountsFromAnyDirectory() throws IOException, InterruptedException {
    shell.file("job.conf", JOB.replace("job = s", "job = s\nparams { least { type = int, default = 1 } }"));
    shell.file("over.conf", "run { partitions = 3 }\n");
    dies("COMMIT_DONE:halt:3", "run", job(), "-f", shell.path("over.conf").toString(), "--set", "outputs.o.uri="
        + shell.path("elsewhere"), "--param", "least=2");
    shell.command("resume", "--last").exits(0);
    assertThat(shell.rows("elsewhere")).hasSizeGreaterThan(700);
    assertThat(shell.rows("out")).containsExactly("old");
  }

  @Test
  void ofTwoResumesAtOnceOneIsToldThatTheRunIsUnderWay() throws Exception {
    dies("COMMIT_DONE:halt:3", "run", job());
    String run = shell.runIds().get(0);
    try (ChildJvm first = ChildJvm.startArmed("COMMIT_DONE:stall:3", shell, "resume", run, "--set",
        "run.stall-after=100ms")) {
      assertThat(first.await("nothing has happened for .*")).contains("run.log");
      Shell.Ended second = shell.command("resume", run).exits(75);
      assertThat(second.err()).startsWith("the job is already running: run RUN, pid " + first.pid() + " on host ");
      shell.command("clean", "--run-id", run).exits(2);
      first.kill();
    }
    shell.command("resume", run).exits(0);
    isPublished();
  }

  @Test
  void aRunThatHangsIsToldAndFailsIfItIsTo() throws Exception {
    Faults.arm("TASK_BATCH:stall:3");
    Shell.Ended ended =
        shell.command("run", job(), "--set", "run.stall-after=100ms", "--set", "run.fail-on-stall=true");
    assertThat(ended.exits(1).err()).contains(
        "nothing has happened for 0.10s; what each thread does is in DIR/state/runs/RUN/run.log",
        "error SB-5050: nothing has happened in the run for 0.10s (stall-after), and fail-on-stall = true",
        "resume: samza-batch resume RUN");
    String log = Files.readString(shell.path("state/runs/" + shell.runIds().get(0) + "/run.log"));
    assertThat(log).contains("\"container-c0\"", "dev.samzabatch.system.Faults");
    Faults.arm("");
    shell.command("resume", "--last", "--set", "run.stall-after=5m").exits(0);
    isPublished();
  }

  @Test
  void restartsAreToldAtTheEnd() throws IOException {
    Faults.arm("TASK_BATCH:throw:3");
    shell.command("run", job(), "--set", "run.retries=5").exits(0);
    assertThat(shell.command("show", "--json", shell.runIds().get(0)).out()).contains("\"restarts\" : 1");
    isPublished();
  }

  @Test
  void aRunThatDiedAsItPublishedIsFinishedBeforeItIsCleaned() throws IOException, InterruptedException {
    dies("PUBLISH_RENAMED:halt", "run", job());
    Map<String, String> before = shell.tree("");
    shell.command("clean", "--failed", "-n").exits(0);
    assertThat(shell.tree("")).isEqualTo(before);
    assertThat(shell.command("clean", "--failed").exits(0).err())
        .isEqualTo("run RUN had died while it published; its complete result is published now: "
            + "DIR/out, DIR/pages.csv\n");
    isPublished();
    assertThat(shell.runIds()).isEmpty();
  }

  @Test
  void orphansAreDeletedByTheirManifestsAndNothingElseIs() throws IOException, InterruptedException {
    dies("COMMIT_DONE:halt:3", "run", job());
    String orphan = shell.runIds().get(0);
    Files.delete(shell.path("state/runs/" + orphan + "/run.json"));
    String stranger = "20200101-000000-00000000";
    shell.file("state/runs/" + stranger + "/precious", "1\n");
    shell.command("run", job()).exits(0);
    assertThat(shell.hidden()).contains(".out.staging-" + orphan + "/");
    shell.command("clean", "--all").exits(0);
    assertThat(shell.runIds()).containsExactly(stranger, orphan);
    assertThat(shell.command("clean", "--orphans", "-n").exits(0).err())
        .isEqualTo("not touched: DIR/state/runs/RUN has no manifest, so nobody knows what it is\n");
    assertThat(shell.command("clean", "--orphans", "--json").exits(0).out()).contains("\"kind\" : \"staging\"",
        "\"kind\" : \"run\"");
    assertThat(shell.runIds()).containsExactly(stranger);
    isPublished();
  }

  @Test
  void aPublicationThatCannotBeFinishedStopsTheNextRunUntilItCan() throws IOException, InterruptedException {
    dies("PUBLISH_RENAMED:halt:2", "run", job());
    assertThat(shell.tree("out")).hasSize(5);
    Files.createDirectories(shell.path("pages.csv/in-the-way"));
    assertThat(shell.command("run", job()).exits(1).err()).startsWith("error SB-5013: run RUN of job s has published a "
        + "part of its result, and the rest cannot be published: ");
    assertThat(shell.runIds()).hasSize(1);
    Files.delete(shell.path("pages.csv/in-the-way"));
    Files.delete(shell.path("pages.csv"));
    assertThat(shell.command("run", job()).exits(0).err()).contains("run RUN had died while it published");
    isPublished();
  }

  @Test
  void rowsForStandardOutputAreGivenByTheResume() throws IOException, InterruptedException {
    String stdout =
        JOB.replace("uri = \"pages.csv\", files = 1, mode = replace", "uri = \"-\", format = csv, files = 1");
    shell.file("job.conf", stdout);
    dies("PUBLISH_RENAMED:halt:3", "run", job());
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(rows, true));
    try {
      shell.command("resume", "--last").exits(0);
    } finally {
      System.setOut(before);
    }
    assertThat(rows.toString().lines()).hasSize(91).contains("w,n", "w0,224");
  }
}
