package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Outputs that cannot be published: what was there stays as it was, byte for byte. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BadOutputsTest {

  private static final String HEAD = """
      job = s
      inputs { a { uri = "in.csv", schema = "k long, v string" } }
      """;

  @TempDir
  private Path directory;
  private Shell shell;

  @BeforeEach
  void open() throws IOException {
    shell = new Shell(directory).file("in.csv", "k,v\n1,x\n2,y\n");
  }

  private static String job(String output) {
    return HEAD + "outputs { o { from = a, " + output + " } }\n";
  }

  @Test
  void anOutputThatExistsIsNotTouched() throws IOException {
    shell.file("out/old.json", "old").refused(job("uri = \"out\", format = json")).says("""
        DIR/job.conf:3:32  error SB-4101: the output DIR/out exists already
           set mode = replace to replace it, mode = append to add to it, or delete it: rm -r DIR/out
        1 error; more about it: samza-batch explain SB-4101
        """);
  }

  @Test
  void anInputIsNoOutputUnlessItIsToBeReplaced() throws IOException {
    shell.refused(job("uri = \"in.csv\", files = 1")).says("""
        DIR/job.conf:3:32  error SB-4101: the output DIR/in.csv exists already
           set mode = replace to replace it, mode = append to add to it, or delete it: rm -r DIR/in.csv
        1 error; more about it: samza-batch explain SB-4101
        """);
    shell.runs(HEAD + "steps { b { from = a, filter = \"k > 1\" } }\n"
        + "outputs { o { from = b, uri = \"in.csv\", files = 1, mode = replace } }\n");
    assertThat(shell.path("in.csv")).hasContent("k,v\n2,y\n");
  }

  @Test
  void anInputThatIsToBeReplacedStaysWhenTheRunFails() throws IOException {
    shell.file("in.csv", "k,v\n1,x\ntwo,y\n");
    shell.fails(job("uri = \"in.csv\", files = 1, mode = replace")).exits(1).saysFirst("""
        DIR/job.conf:3:32  warning SB-4107: output "o" takes the place of files that input "a" reads
           after this run its files are gone
        DIR/in.csv:3:1  error SB-3001: column k is long, but here it is "two\"""");
  }

  @Test
  void aDirectoryThatIsReadMayBeReplacedAndAppendedTo() throws IOException {
    String input = "job = s\ninputs { a { uri = \"in\", format = csv, schema = \"k long, v string\" } }\n";
    shell.file("in/x.csv", "k,v\n1,x\n");
    shell.runs(input + "outputs { o { from = a, uri = \"in\", format = csv, mode = append } }\n");
    assertThat(shell.rows("in")).containsExactly("1,x", "1,x", "k,v", "k,v");
    shell.runs(input + "outputs { o { from = a, uri = \"in\", format = csv, mode = replace } }\n");
    assertThat(shell.rows("in").stream().distinct()).containsExactly("1,x", "k,v");
    assertThat(shell.path("in/x.csv")).doesNotExist();
  }

  @Test
  void aDirectoryThatIsNoResultIsNotReplaced() throws IOException {
    shell.file("data/deep/precious.csv", "1\n").refused(job("uri = \"data\", format = json, mode = replace")).says(
        """
            DIR/job.conf:3:32  error SB-4102: DIR/data is not replaced: it holds the directory deep and no _SUCCESS file of an \
            earlier run
               check the uri; if all of it may go, delete it yourself: rm -r DIR/data
            1 error; more about it: samza-batch explain SB-4102
            """);
    shell.refused(job("uri = \".\", format = json, mode = replace")).saysFirst(
        "DIR/job.conf:3:32  error SB-4103: replacing DIR would delete the job file, DIR/job.conf\n");
  }

  @Test
  void aPathThroughAFileIsNoPath() throws IOException {
    shell.refused(job("uri = \"in.csv/out\", format = json")).says("""
        DIR/job.conf:3:32  error SB-4104: DIR/in.csv/out cannot be created: DIR/in.csv is a file
           choose another uri
        1 error; more about it: samza-batch explain SB-4104
        """);
    shell.refused(job("uri = \"/dev/full\", format = json, mode = replace")).says("""
        DIR/job.conf:3:32  error SB-4104: /dev/full is to be a directory of result files, but a file has this name
           choose another uri, or delete the file: rm /dev/full
        1 error; more about it: samza-batch explain SB-4104
        """);
    shell.refused(job("uri = \"in.csv\", mode = replace")).says("""
        DIR/job.conf:3:32  error SB-4104: DIR/in.csv is to be a directory of result files, but a file has this name
           set files = 1 to replace this one file, choose another uri, or delete the file: rm DIR/in.csv
        1 error; more about it: samza-batch explain SB-4104
        """);
  }

  @Test
  void twoOutputsHaveNoPathInCommon() throws IOException {
    shell
        .refused(HEAD
            + "outputs { o { from = a, uri = \"x\", format = json }, p { from = a, uri = \"x/y\", format = json } }\n")
        .saysFirst("DIR/job.conf:3:73  error SB-1043: ");
  }

  @Test
  void anEmptyResultFailsOnlyIfItMust() throws IOException {
    String job = HEAD + "steps { b { from = a, filter = \"k > 5\" } }\n"
        + "outputs { o { from = b, uri = \"out\", format = json, mode = replace, if-empty = %s } }\n";
    shell.file("out/part-00000.json", "old\n");
    Map<String, String> old = shell.tree("out");
    shell.fails(job.formatted("fail")).exits(1).says("""
        DIR/job.conf:4:11  error SB-5020: output "o" has no rows, and if-empty = fail
           nothing was published
        1 error; more about it: samza-batch explain SB-5020
        run RUN of job s: failed after TIME; nothing was published. See: samza-batch show RUN
        """);
    shell.runs(job.formatted("keep"));
    assertThat(shell.tree("out")).isEqualTo(old);
    shell.runs(job.formatted("publish"));
    assertThat(shell.rows("out")).isEmpty();
  }

  @Test
  void checksThatFailLeaveTheOldResult() throws IOException {
    shell.runs(job("uri = \"out\", format = json"));
    Map<String, String> old = shell.tree("out");
    shell.file("in.csv", "k,v\n1,x\n1,y\n");
    String checked = job("uri = \"out\", format = json, mode = replace")
        + "checks { many { on = a, rows = \">= 3\" }, one-each { on = a, unique = [k] }, good { on = a, true-for = \"k > 0\" } }\n";
    shell.fails(checked).exits(3).says("""
        check many failed: 2 rows
        check one-each failed: 1 of 2 rows repeat a key
        run RUN of job s: checks failed: many, one-each after TIME; nothing was published. See: samza-batch show RUN
        """);
    assertThat(shell.tree("out")).isEqualTo(old);
    assertThat(shell.status(shell.failedRun())).isEqualTo("CHECKS_FAILED");
  }

  @Test
  void nothingIsPrintedByARunThatFails() throws IOException {
    String rows = "k,v\n" + "1,x\n".repeat(20_000);
    shell.file("in.csv", rows + "two,y\n").file("job.conf", job("uri = \"-\", format = json"));
    Cli cli = new Cli(shell.path("state"));
    Cli.Answer failed = cli.run("run", "-q", shell.path("job.conf").toString());
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    shell.file("in.csv", rows);
    Cli.Answer done = cli.run("run", "-q", shell.path("job.conf").toString());
    assertThat(done.code()).isZero();
    assertThat(done.outLines()).hasSize(20_000).containsOnly("{\"k\":1,\"v\":\"x\"}");
  }

  @Test
  void aFullDiskFailsTheRunAndLeavesTheOldResult() throws IOException {
    shell.file("in.csv", "k,v\n" + "1234567,abcdefghijklmnopqrstuvwxyz\n".repeat(100_000));
    try (TinyDisk disk = TinyDisk.mount(shell.path("disk"))) {
      assumeTrue(disk.isMounted(), "this user may not mount");
      shell.file("disk/out/part-00000.json", "old\n");
      shell.run(job("uri = \"disk/out\", format = json, mode = replace")).exits(1).says("""
          error SB-5004: cannot write DIR/disk/.out.staging-RUN/part-00000.json: No space left on device
             free space on that disk
          1 error; more about it: samza-batch explain SB-5004
          run RUN of job s: failed after TIME; nothing was published. See: samza-batch show RUN
          resume: samza-batch resume RUN
          """);
      assertThat(shell.rows("disk/out")).containsExactly("old");
      shell.command("clean", "--failed").exits(0);
      assertThat(shell.hidden()).isEmpty();
    }
  }
}
