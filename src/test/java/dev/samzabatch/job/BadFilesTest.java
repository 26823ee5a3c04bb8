package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.samzabatch.data.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadFilesTest {

  @TempDir
  Path temp;
  private JobFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new JobFolder(temp);
  }

  @Test
  void aMissingFileIsReportedWithTheNearestName() {
    folder.file("jobs.conf", "");
    assertThat(folder.errors()).isEqualTo("""
        job.conf  error SB-1001: the file does not exist
           did you mean "jobs.conf"?""");
  }

  @Test
  void aMissingFileIsReportedWithTheFilesThereAre() {
    folder.file("flights.conf", "").file("members.conf", "").file("x.csv", "");
    assertThat(folder.errors()).isEqualTo("""
        job.conf  error SB-1001: the file does not exist
           job files there: flights.conf, members.conf""");
  }

  @Test
  void aDirectoryIsNoJobFile() {
    folder.file("job.conf/a.conf", "");
    assertThat(folder.errors()).isEqualTo("""
        job.conf  error SB-1001: the file is a directory, a job file was expected
           job files there: a.conf""");
  }

  @Test
  void anEmptyFileIsAnError() {
    String expected = """
        job.conf  error SB-1003: the job file is empty
           a job needs at least: job = a-name, inputs { ... }, outputs { ... }""";
    assertThat(folder.job("").errors()).isEqualTo(expected);
    assertThat(folder.job(" \n\r\n\t").errors()).isEqualTo(expected);
    assertThat(folder.file("job.conf", new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}).errors())
        .isEqualTo(expected);
  }

  @Test
  void aFileOfCommentsLacksEverything() {
    assertThat(folder.job("# nothing\n").errors()).isEqualTo("""
        job.conf  error SB-1022: a job needs the key "job"
           add for example job = a-name
        job.conf  error SB-1022: a job needs the key "inputs"
           add for example inputs { views { uri = "data/views.csv" } }
        job.conf  error SB-1022: a job needs the key "outputs"
           add for example outputs { result { from = views, uri = "out/views.csv" } }""");
  }

  @Test
  void binaryJunkIsNoText() {
    assertThat(folder.file("job.conf", new byte[] {'a', '\n', 'b', 0, 1}).errors()).isEqualTo("""
        job.conf:2:2  error SB-1002: the file is no UTF-8 text: a control character (0x00) stands here
           save it as plain text in UTF-8""");
    assertThat(folder.file("job.conf", new byte[] {'a', '\n', 'b', 'c', (byte) 0xc3, '('}).errors()).isEqualTo("""
        job.conf:2:3  error SB-1002: the file is no UTF-8 text: a byte that is no UTF-8 stands here
           save it as plain text in UTF-8""");
    assertThat(folder.file("job.conf", "job = a".getBytes(StandardCharsets.UTF_16)).errors()).isEqualTo("""
        job.conf:1:1  error SB-1002: the file is no UTF-8 text: it seems to be UTF-16
           save it as plain text in UTF-8""");
  }

  @Test
  void aSequenceCutOffAtTheEndIsNoText() {
    assertThat(folder.file("job.conf", new byte[] {'a', (byte) 0xe2, (byte) 0x82}).errors())
        .startsWith("job.conf:1:2  error SB-1002");
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreFine() {
    folder.job(
        "\uFEFF" + JobFolder.jobWithStep("from = v\r\n filter = \"a\"").replace("\n", "\r\n").replace("\r\r", "\r"));
    Place filter = folder.load().steps().get("s").filter().orElseThrow().place();
    assertThat(filter).isEqualTo(new Place(folder.path("job.conf").toString(), 5, 12));
    folder.job("\uFEFFjobb = a\r\njob = b\r\n");
    assertThat(folder.errors()).contains("""
        job.conf:1:1  error SB-1020: "jobb" is no key of a job
            1 | jobb = a
              | ^^^^ did you mean "job"?  keys: job, mode, params, systems, inputs, steps, outputs, run, checks
        """.stripTrailing());
  }

  @Test
  void anUnreadableFileIsReported() throws IOException {
    folder.job("job = a");
    Files.setPosixFilePermissions(folder.path("job.conf"), PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(folder.path("job.conf")), "this user reads everything");
    assertThat(folder.errors()).startsWith("job.conf  error SB-1001: the file may not be read by this user\n");
  }

  @Test
  void aJobOfOneMegabyteIsRead() {
    StringBuilder steps = new StringBuilder("job = big\ninputs { v { uri = \"v.csv\" } }\nsteps {\n");
    int count = 0;
    while (steps.length() < 1_000_000) {
      String from = count == 0 ? "v" : "s" + (count - 1);
      steps.append("  s").append(count++).append(" { from = ").append(from).append(", filter = \"a > ").append(count)
          .append("\" }\n");
    }
    steps.append("}\noutputs { o { from = s").append(count - 1).append(", uri = \"-\" } }\n");
    JobSpec job = folder.job(steps.toString()).load();
    assertThat(job.steps()).hasSize(count);
    assertThat(job.inOrder(Map.of()).get(count - 1).name()).isEqualTo("s" + (count - 1));
    assertThat(job.unused(Map.of())).isEmpty();
  }

  @Test
  void ofVeryManyProblemsTheFirstHundredAreTold() {
    StringBuilder text = new StringBuilder(JobFolder.jobWith(""));
    for (int i = 0; i < 30_000; i++) {
      text.append("nonsense").append(i).append(" = 1\n");
    }
    assertThat(folder.job(text.toString()).errors()).endsWith("""
        error SB-1099: and 29900 more problems
           mend the first ones and check again""");
  }

  @Test
  void aFileThatIsFarTooLargeIsRefused() {
    folder.file("job.conf", new byte[(16 << 20) + 1]);
    assertThat(folder.errors()).isEqualTo("""
        job.conf  error SB-1001: the file has more than 16 MB, too much for a job file
           is it a data file?""");
  }

  @Test
  void deepNestingIsAnError() {
    assertThat(folder.job("a { ".repeat(100_000)).errors())
        .startsWith("job.conf:1:195  error SB-1006: this is nested more than 48 levels deep\n");
    assertThat(folder.job("a = " + "[".repeat(100_000)).errors())
        .startsWith("job.conf:1:53  error SB-1006: this is nested more than 48 levels deep\n");
    assertThat(folder.job("a" + ".a".repeat(100_000) + " = 1").errors())
        .startsWith("job.conf:1:1  error SB-1004: this key has too many parts\n");
    assertThat(folder.job("a = ${" + "a.".repeat(100_000) + "a}").errors())
        .startsWith("job.conf:1:5  error SB-1005: this is no path to a key\n");
  }

  @Test
  void aLongChainOfSubstitutionsIsNoCrash() {
    StringBuilder text = new StringBuilder(JobFolder.jobWith(""));
    for (int i = 0; i < 20_000; i++) {
      text.append("k").append(i).append(" = ${k").append(i + 1).append("}\n");
    }
    text.append("k20000 = 1\n");
    assertThat(folder.job(text.toString()).errors()).contains("error SB-10");
  }
}
