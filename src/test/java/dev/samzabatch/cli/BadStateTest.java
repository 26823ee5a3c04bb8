package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** State directories that are missing, not writable, full or damaged. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BadStateTest {

  private static final String JOB = """
      job = s
      inputs { a { uri = "in.csv", schema = "k long, v string" } }
      steps { b { from = a, by = [k, v], aggregate = ["count(*) as n"] } }
      outputs { o { from = b, uri = "out", format = json, mode = replace } }
      run { containers = 2, partitions = 2 }
      """;
  private static final String HINT =
      "   make it writable, free space, or choose another one with --state-dir DIR or $SAMZA_BATCH_STATE\n";

  @TempDir
  private Path directory;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(directory).file("in.csv", "k,v\n1,x\n2,y\n");
  }

  @Test
  void aMissingDirectoryIsMade() throws IOException {
    shell.runs(JOB);
    String run = shell.runIds().get(0);
    assertThat(shell.tree("state").keySet()).containsExactly("state/", "state/jobs/", "state/jobs/s/",
        "state/jobs/s/lock",
        "state/runs/", "state/runs/" + run + "/", "state/runs/" + run + "/manifest.json",
        "state/runs/" + run + "/run.json",
        "state/runs/" + run + "/run.log");
  }

  @Test
  void aFileInItsPlaceIsNamed() throws IOException {
    Shell.Ended ended = shell.file("state", "precious").changesNothing(JOB).exits(1);
    assertThat(ended.err()).startsWith("error SB-5001: the state directory DIR/state cannot be used: ").contains(HINT);
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsNamed() throws IOException {
    shell.directory("state");
    Files.setPosixFilePermissions(shell.path("state"), PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(shell.path("state")), "this user may write everywhere");
    Shell.Ended ended = shell.changesNothing(JOB).exits(1);
    assertThat(ended.err()).startsWith("error SB-5001: the state directory DIR/state cannot be used: ").contains(HINT);
  }

  @Test
  void aFullDiskBeforeTheStartLeavesNoRun() throws IOException {
    try (TinyDisk disk = TinyDisk.mount(shell.path("state"))) {
      assumeTrue(disk.isMounted(), "this user may not mount");
      disk.fill(0);
      Map<String, String> before = shell.outside();
      Shell.Ended ended = shell.run(JOB).exits(1);
      assertThat(ended.err()).startsWith("error SB-5001: the state directory DIR/state cannot be used: ")
          .contains("No space left on device", HINT);
      before.put("job.conf", JOB);
      assertThat(shell.outside()).isEqualTo(before);
      assertThat(shell.runIds()).isEmpty();
      assertThat(shell.tree("state").keySet()).isSubsetOf("state/", "state/filler", "state/jobs/", "state/jobs/s/",
          "state/jobs/s/lock", "state/runs/");
      disk.empty();
      shell.runs(JOB);
    }
  }

  @Test
  void whereverTheDiskRunsFullTheRunCanBeCleanedAway() throws IOException {
    shell.file("out/part-00000.json", "old\n");
    try (TinyDisk disk = TinyDisk.mount(shell.path("state"))) {
      assumeTrue(disk.isMounted(), "this user may not mount");
      int freePages = 0;
      for (int exit = 1; exit != 0; freePages++) {
        disk.fill(freePages);
        shell.file("job.conf", JOB);
        Map<String, String> before = shell.outside();
        Shell.Ended ended = shell.run(JOB);
        exit = ended.exit();
        if (exit != 0) {
          assertThat(ended.exits(1).err()).as("%d pages free", freePages).startsWith("error SB-500")
              .contains("No space left on device");
          assertThat(withoutStaging()).isEqualTo(before);
        }
        shell.command("clean", "--all").exits(0).says("");
        assertThat(shell.tree("state").keySet()).as("%d pages free", freePages).isSubsetOf("state/", "state/filler",
            "state/jobs/", "state/jobs/s/", "state/jobs/s/lock", "state/runs/");
        disk.empty();
      }
      assertThat(freePages).isBetween(4, 40);
      assertThat(shell.rows("out")).hasSize(2);
    }
  }

  @Test
  void aDiskThatIsFilledByStreamsFailsTheRunAndCanBeCleaned() throws IOException {
    StringBuilder rows = new StringBuilder("k,v\n");
    for (int i = 0; i < 200_000; i++) {
      rows.append(i * 7_919L % 1_000_003).append(",value-").append(i * 31_337L % 999_983).append('\n');
    }
    shell.file("in.csv", rows.toString()).file("out/part-00000.json", "old\n");
    try (TinyDisk disk = TinyDisk.mount(shell.path("state"))) {
      assumeTrue(disk.isMounted(), "this user may not mount");
      Map<String, String> before = shell.outside();
      Shell.Ended ended = shell.run(JOB).exits(1);
      assertThat(ended.err()).startsWith("error SB-5004: ").contains("No space left on device",
          "free space on that disk", "; nothing was published. See: samza-batch show RUN",
          "resume: samza-batch resume RUN");
      before.put("job.conf", JOB);
      assertThat(withoutStaging()).isEqualTo(before);
      assertThat(shell.runIds()).hasSize(1);
      shell.command("clean", "--failed").exits(0);
      assertThat(shell.runIds()).isEmpty();
      assertThat(shell.outside()).isEqualTo(before);
      shell.file("in.csv", "k,v\n1,x\n").runs(JOB);
    }
  }

  @Test
  void aDamagedRecordOfAnotherRunStopsNobody() throws IOException {
    shell.runs(JOB);
    String run = shell.runIds().get(0);
    shell.file("state/runs/" + run + "/run.json", "{ \"version\": 1, \"run.id\": ");
    shell.runs(JOB);
    assertThat(shell.command("runs").exits(0).out()).contains("RUN  s    done");
  }

  /** What lies outside of the state directory, but for what a run that may be resumed has staged. */
  private Map<String, String> withoutStaging() throws IOException {
    Map<String, String> outside = shell.outside();
    outside.keySet().removeIf(name -> name.startsWith(".out.staging-"));
    return outside;
  }
}
