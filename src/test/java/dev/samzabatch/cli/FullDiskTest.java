package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.samzabatch.system.file.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever a disk runs full, be it by a stream, a checkpoint, a staged file, the journal of the publication or a
 * record: the run says so, what was published before stays, and with space again the run is resumed and done.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FullDiskTest {

  private static final int ROWS = 2_000;
  private static final String JOB = """
      job = full
      inputs { a { uri = "in.csv", schema = "k long, v string" } }
      steps {
        b { from = a, by = [k, v], aggregate = ["count(*) as n"] }
        c { from = b, by = [n], aggregate = ["count(*) as k"] }
      }
      outputs {
        b { from = b, uri = "disk/out/b", format = csv, header = false, mode = replace }
        c { from = c, uri = "disk/out/c", format = json, mode = replace }
      }
      run { containers = 2, partitions = 2, commit-every = 20ms, keep-runs = 0 }
      """;

  @TempDir
  private Path directory;
  private Shell shell;

  @BeforeEach
  void writeInput() throws IOException {
    StringBuilder rows = new StringBuilder("k,v\n");
    for (int k = 0; k < ROWS; k++) {
      rows.append(k).append(",value ").append(k * 31_337L % 999_983).append('\n');
    }
    shell = new Shell(directory).file("in.csv", rows.toString());
  }

  @Test
  void aFullDiskOfTheStateDirectoryLosesNothing() throws IOException {
    outOfSpace("state", JOB.replace("disk/out", "out"), "out");
  }

  @Test
  void aFullDiskOfTheOutputsLosesNothing() throws IOException {
    outOfSpace("disk", JOB, "disk/out");
  }

  /** Runs the job with ever more pages free, and resumes it with space enough every time that it has failed. */
  private void outOfSpace(String disk, String job, String out) throws IOException {
    try (TinyDisk tiny = TinyDisk.mount(shell.path(disk))) {
      assumeTrue(tiny.isMounted(), "this user may not mount");
      int failures = 0;
      int exit = 1;
      for (int freePages = 0; exit != 0; freePages += 1 + freePages / 8) {
        FileTree.delete(shell.path(out));
        shell.file(out + "/b/part-00000.csv", "old\n").file("job.conf", job);
        tiny.fill(freePages);
        Shell.Ended ended = shell.command("run", shell.path("job.conf").toString());
        exit = ended.exit();
        if (exit != 0) {
          failures++;
          assertThat(ended.exits(1).err()).as("%d pages free", freePages).startsWith("error SB-")
              .contains("No space left on device");
          List<String> rows = shell.rows(out + "/b");
          boolean old = rows.equals(List.of("old"));
          assertThat(old || rows.isEmpty() || rows.size() == ROWS).as("%d pages free", freePages).isTrue();
        }
        tiny.empty();
        if (exit != 0) {
          Optional<String> begun = unfinished();
          shell.command(begun.isPresent() ? "resume" : "run", begun.orElse(shell.path("job.conf").toString())).exits(0);
        }
        assertThat(shell.rows(out + "/b")).hasSize(ROWS).contains("7,value 219359,1");
        assertThat(shell.rows(out + "/c")).containsExactly("{\"n\":1,\"k\":" + ROWS + "}");
        assertThat(shell.hidden()).as("%d pages free", freePages).isEmpty();
      }
      assertThat(failures).isGreaterThan(5);
      // What could not be purged on a full disk is by now: the last run has found space, and had none to keep.
      assertThat(shell.runIds()).hasSize(1);
      shell.command("clean", "--all").exits(0).says("");
      assertThat(shell.runIds()).isEmpty();
    }
  }

  /** The run that is not done; none when it did not even begin. */
  private Optional<String> unfinished() throws IOException {
    for (String run : shell.runIds()) {
      if (!shell.status(run).equals("DONE")) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }
}
