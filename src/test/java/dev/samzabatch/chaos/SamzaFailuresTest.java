package dev.samzabatch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.run.RunOutcome;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunStatus;
import dev.samzabatch.system.FaultPoint;
import dev.samzabatch.system.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Places where batch jobs on Samza 1.8 hang, lose or double records, each with what happens there, and what happens
 * here instead.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SamzaFailuresTest {

  private static final int ROWS = 3_000;
  private static final int GROUPS = 300;
  private static final String INPUTS = """
      job = samza
      inputs { views { uri = "in/*.csv", schema = "id long, member long, page string" } }
      """;
  private static final String GROUPED = INPUTS + """
      steps {
        members { from = views, by = [member], aggregate = ["count(*) as views", "sum(id) as ids"] }
        sizes { from = members, by = [views], aggregate = ["count(*) as members", "sum(ids) as ids"] }
      }
      outputs {
        members { from = members, uri = "out/members", format = csv, header = false, mode = replace }
        sizes { from = sizes, uri = "out/sizes", format = json, mode = replace }
      }
      """;

  private Lab lab;

  @BeforeEach
  void openLab() throws IOException {
    lab = Lab.open();
    for (int file = 0; file < 4; file++) {
      StringBuilder rows = new StringBuilder("id,member,page\n");
      for (int id = file; id < ROWS; id += 4) {
        rows.append(id).append(',').append(id % GROUPS).append(",page ").append(id % 7).append('\n');
      }
      lab.file("in/" + file + ".csv", rows.toString());
    }
  }

  @AfterEach
  void closeLab() throws IOException {
    Faults.arm("");
    lab.close();
  }

  private static String run(String how) {
    return "run { " + how + ", commit-every = 1ms, keep-runs = 5 }\n";
  }

  private static List<String> grouped() {
    Stream<String> members = IntStream.range(0, GROUPS).mapToObj(m -> {
      long sum = IntStream.range(0, ROWS / GROUPS).mapToLong(i -> m + (long) i * GROUPS).sum();
      return "members: " + m + "," + ROWS / GROUPS + "," + sum;
    });
    long all = (long) ROWS * (ROWS - 1) / 2;
    String sizes = "sizes: {\"views\":" + ROWS / GROUPS + ",\"members\":" + GROUPS + ",\"ids\":" + all + "}";
    return Stream.concat(members, Stream.of(sizes)).toList();
  }

  private void assertGrouped() throws IOException {
    assertThat(lab.rows()).containsExactlyInAnyOrderElementsOf(grouped());
    assertThat(lab.leftovers()).isEmpty();
  }

  /** As above, where the run may not have been able to delete its streams: the next one does. */
  private void assertGroupedAndLeftoversDeletedByTheNextRun() throws IOException {
    assertThat(lab.rows()).containsExactlyInAnyOrderElementsOf(grouped());
    if (!lab.leftovers().isEmpty()) {
      assertThat(record(lab.run()).status()).isEqualTo(RunStatus.DONE);
    }
    assertGrouped();
  }

  private static RunRecord record(Optional<RunOutcome> outcome) {
    return outcome.orElseThrow().record();
  }

  /**
   * Item 1. Samza keeps in memory which upstream tasks have ended, but checkpoints the offsets of their marks: a task
   * that has read some of them, commits, and is restarted waits for ever for the others to say it again. Here the marks
   * are part of what is committed: broken at any commit, and resumed or restarted, the job ends.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void aTaskThatHasSeenSomeEndsOfStreamIsRestartedAndEnds(int retries) throws IOException {
    int broken = 1;
    for (int time = 1; broken > 0; time += 1 + time / 3) {
      broken = 0;
      lab.job(GROUPED + run("containers = 2, partitions = 3, retries = " + retries));
      Faults.arm(FaultPoint.COMMIT_PUBLISHED + ":throw:" + time);
      RunRecord first = record(lab.run());
      broken = Faults.times(FaultPoint.COMMIT_PUBLISHED) >= time ? 1 : 0;
      Faults.arm("");
      if (retries == 0 && broken > 0) {
        assertThat(first.status()).isEqualTo(RunStatus.FAILED);
        assertThat(record(lab.resume()).status()).isEqualTo(RunStatus.DONE);
      } else {
        assertThat(first.status()).as(first.failure()).isEqualTo(RunStatus.DONE);
        assertThat(first.recovery().restarts()).isEqualTo(broken);
      }
      assertGrouped();
    }
  }

  /**
   * Item 2. In a job of a single stage Samza drops the end of stream before it reaches operators and output: windows
   * are not emitted, and what producers hold is not flushed. Here it always reaches every operator, and a commit
   * follows.
   */
  @Test
  void inAJobOfASingleStageTheLastRowsArePublishedToo() throws IOException {
    lab.job(INPUTS + "outputs { out { from = views, uri = \"out\", format = csv, header = false, mode = replace } }\n"
        + "run { containers = 2, commit-every = 1h }\n");
    RunRecord record = record(lab.run());
    assertThat(record.stages()).hasSize(1);
    assertThat(Files.list(lab.path("out")).filter(p -> p.getFileName().toString().startsWith("part"))).isNotEmpty();
    assertThat(lab.rows().stream().filter(row -> row.endsWith(",page 3"))).hasSize(ROWS / 7 + 1);
    assertThat(record.outputs()).singleElement().satisfies(o -> assertThat(o.rows()).isEqualTo(ROWS));
  }

  /**
   * Item 3. With all partitions in a single task, Samza's aggregator waits for its own broadcast for ever; and a job
   * over an empty directory hangs, since it has no tasks. Here one task may read all partitions, there may be more
   * containers than tasks, and no rows are rows too.
   */
  @ParameterizedTest
  @ValueSource(strings = {"containers = 1, partitions = 4", "containers = 8, partitions = 1",
      "containers = 3, partitions = 16"})
  void tasksAndPartitionsMayBeDistributedInAnyWay(String how) throws IOException {
    lab.job(GROUPED + run(how));
    assertThat(record(lab.run()).status()).isEqualTo(RunStatus.DONE);
    assertGrouped();
  }

  @Test
  void anEmptyInputIsAResultWithoutRows() throws IOException {
    lab.job(GROUPED.replace("in/*.csv", "empty/*.csv") + run("containers = 2, partitions = 3"));
    lab.file("empty/0.csv", "");
    assertThat(record(lab.run()).status()).isEqualTo(RunStatus.DONE);
    assertThat(lab.rows()).isEmpty();
  }

  /**
   * Item 4. Samza only logs what goes wrong when producers are stopped, may skip the final commit or lose its failure,
   * and exits with 0. Here nothing that cannot be written, at any time, lets a run be done, and what was published
   * before stays; and there is nothing that a commit declares and that is not durable, as what follows shows.
   */
  @ParameterizedTest
  @EnumSource(names = {"BLOCK_WRITE", "LANE_SYNC", "PART_WRITE", "PART_SYNC", "COMMIT_STATE_SAVED",
      "COMMIT_STREAMS_FLUSHED", "COMMIT_FILES_FLUSHED", "OUTPUT_SEAL"})
  void whatCannotBeWrittenIsNeverASuccess(FaultPoint point) throws IOException {
    lab.file("out/members/part-00000.csv", "old\n");
    lab.job(GROUPED + run("containers = 2, partitions = 3"));
    for (int time : new int[] {1, 2, 3}) {
      Faults.arm(point + ":enospc:" + time + "+");
      RunRecord failed = record(time == 1 ? lab.run() : lab.resume());
      int times = Faults.times(point);
      Faults.arm("");
      if (times < time) {
        assertThat(failed.status()).isEqualTo(RunStatus.DONE);
        break;
      }
      assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
      assertThat(failed.failure()).contains("No space left on device");
      assertThat(lab.rows()).containsExactly("members: old");
    }
    if (lab.runs().get(0).status() != RunStatus.DONE) {
      assertThat(record(lab.resume()).status()).isEqualTo(RunStatus.DONE);
    }
    assertGrouped();
  }

  /**
   * Item 5. Samza's producer tells one partition that it has ended, while data for another may still be on its way:
   * that one may be told the end too early. Here every producer ends every partition behind its data, in the same
   * commit.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void theEndOfAStreamNeverOvertakesItsRows(int containers) throws IOException {
    for (int partitions : new int[] {1, 2, 5, 16}) {
      lab.job(GROUPED + run("containers = " + containers + ", partitions = " + partitions));
      assertThat(record(lab.run()).status()).isEqualTo(RunStatus.DONE);
      assertGrouped();
    }
  }

  /**
   * Item 7. Samza restores the windows of a task but not their triggers: if no more input comes, they are never
   * emitted. Here a group that was restored is emitted at the end like any other: the jobs break when the first result
   * is written, which is when all input was read.
   */
  @Test
  void restoredGroupsAreEmittedThoughNoInputFollows() throws IOException {
    lab.job(GROUPED + run("containers = 1, partitions = 1, retries = 0"));
    Faults.arm(FaultPoint.PART_WRITE + ":throw:1");
    assertThat(record(lab.run()).status()).isEqualTo(RunStatus.FAILED);
    Faults.arm("");
    assertThat(record(lab.resume()).status()).isEqualTo(RunStatus.DONE);
    assertGrouped();
  }

  static Stream<FaultPoint> publishing() {
    return Stream.of(FaultPoint.PART_WRITE, FaultPoint.OUTPUT_SEAL, FaultPoint.JOURNAL_WRITE, FaultPoint.PUBLISH_RENAME,
        FaultPoint.PUBLISH_RENAMED, FaultPoint.PUBLISH_CLEAN, FaultPoint.STREAMS_DELETE);
  }

  /**
   * Item 10. Samza's outputs are written as rows come, at least once: after a restart some are there twice, and a
   * reader sees half a result at any time. Here a result appears as a whole, once, whenever the job breaks; and a job
   * that is run again replaces it with the same.
   */
  @ParameterizedTest
  @MethodSource("publishing")
  void aResultIsThereOnceAndAsAWhole(FaultPoint point) throws IOException {
    lab.file("out/sizes/part-00000.json", "old\n").file("out/members/part-00000.csv", "old\n");
    lab.job(GROUPED + run("containers = 2, partitions = 3, retries = 0"));
    int reached = 1;
    for (int time = 1; reached >= time && time < 8; time++) {
      Faults.arm(point + ":throw:" + time);
      lab.run();
      reached = Faults.times(point);
      Faults.arm("");
      assertWhole("members");
      assertWhole("sizes");
      if (lab.runs().get(0).status() != RunStatus.DONE) {
        assertThat(record(lab.resume()).status()).isEqualTo(RunStatus.DONE);
      }
      assertGroupedAndLeftoversDeletedByTheNextRun();
    }
  }

  /** An output is the old one or the new one, or, between two renames, not there at all. */
  private void assertWhole(String output) throws IOException {
    List<String> found = lab.rows().stream().filter(row -> row.startsWith(output)).toList();
    List<String> expected = grouped().stream().filter(row -> row.startsWith(output)).toList();
    if (!found.isEmpty() && !found.equals(List.of(output + ": old"))) {
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /**
   * Item 11. Samza has no run.id with some coordinators, takes the same one again after an unclean stop, or changes it
   * when the launcher restarts. Here every run has its own; a run whose process was killed is listed with it, is
   * resumed under it, and a new run is another one.
   */
  @Test
  void aRunKeepsItsIdThroughTheDeathOfItsProcessAndNoOtherRunGetsIt() throws IOException, InterruptedException {
    lab.job(GROUPED + run("containers = 2, partitions = 3"));
    assertThat(ChaosChild.start(lab, "run", FaultPoint.COMMIT_DONE + ":halt:3")).isEqualTo(ChaosChild.KILLED);
    assertThat(lab.runs()).singleElement().satisfies(r -> assertThat(r.status()).isEqualTo(RunStatus.DEAD));
    String runId = lab.runs().get(0).runId();
    RunRecord resumed = record(lab.resume());
    assertThat(resumed.runId()).isEqualTo(runId);
    assertThat(resumed.status()).isEqualTo(RunStatus.DONE);
    assertThat(resumed.recovery().resumes()).isEqualTo(1);
    assertGrouped();
    assertThat(record(lab.run()).runId()).isNotEqualTo(runId);
    assertThat(lab.runs()).hasSize(2);
  }

  /**
   * Item 12. Samza purges what a run has left only when the next one starts, and stops at the first error; local state
   * and checkpoints stay. Here a run that is done has deleted its streams itself, and what could not be deleted is
   * deleted by the next run, which a failure to do so does not stop.
   */
  @Test
  void whatCouldNotBePurgedIsPurgedByTheNextRun() throws IOException {
    lab.job(GROUPED + run("containers = 2, partitions = 3, retries = 0").replace("keep-runs = 5", "keep-runs = 0"));
    Faults.arm(FaultPoint.COMMIT_DONE + ":throw:3");
    String failed = record(lab.run()).runId();
    assertThat(lab.path("state/runs/" + failed + "/streams")).isDirectory();
    Faults.arm(FaultPoint.PURGE_RUN + ":throw:1+");
    RunRecord done = record(lab.run());
    assertThat(done.status()).as(done.failure()).isEqualTo(RunStatus.DONE);
    assertThat(lab.path("state/runs/" + failed)).isDirectory();
    Faults.arm("");
    assertThat(record(lab.run()).status()).isEqualTo(RunStatus.DONE);
    assertThat(lab.path("state/runs/" + failed)).doesNotExist();
    assertGrouped();
  }

  /**
   * Item 13. Several stages need Kafka on Samza, and YARN or ZooKeeper. Here they need a directory: all that a run
   * makes is below the lab, and is gone when it is done.
   */
  @Test
  void severalStagesNeedNothingButADirectory() throws IOException {
    lab.job(GROUPED + run("containers = 2, partitions = 3"));
    RunRecord record = record(lab.run());
    assertThat(record.stages()).hasSize(3);
    assertThat(record.recovery().commits()).isGreaterThan(3);
    assertGrouped();
  }

  /**
   * Item 14. Standalone, Samza never restarts anything; elsewhere it does so at once and again for a record that can
   * never be read, or drops it uncounted. Here a container is restarted when that may help, and only so often; an error
   * that it cannot help is told at once, with the record's place.
   */
  @Test
  void aContainerIsRestartedOnlySoOften() throws IOException {
    lab.job(GROUPED + run("containers = 2, partitions = 3, retries = 2"));
    Faults.arm(FaultPoint.TASK_BATCH + ":throw:5," + FaultPoint.TASK_BATCH + ":throw:9");
    RunRecord survived = record(lab.run());
    assertThat(survived.status()).as(survived.failure()).isEqualTo(RunStatus.DONE);
    assertThat(survived.recovery().restarts()).isEqualTo(2);
    assertGrouped();
    Faults.arm(FaultPoint.TASK_BATCH + ":throw:5+");
    RunRecord failed = record(lab.run());
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.failure()).contains("injected fault at TASK_BATCH");
    Faults.arm("");
    assertThat(record(lab.resume()).status()).isEqualTo(RunStatus.DONE);
    assertGrouped();
  }

  @Test
  void aRecordThatCannotBeReadIsToldAtOnceWithItsPlace() throws IOException {
    lab.file("in/1.csv", "id,member,page\n1,one,page 1\n");
    lab.job(GROUPED + run("containers = 2, partitions = 3, retries = 5"));
    RunRecord failed = record(lab.run());
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.recovery().restarts()).isZero();
    assertThat(failed.failure()).contains("1.csv", "one");
  }
}
