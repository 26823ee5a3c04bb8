package dev.samzabatch.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process leaves that dies between making the directory of a run and its record. */
class UnbegunRunTest {

  private static final String RUN = "20260101-000000-00000000";
  private static final String JOB = """
      job = small
      inputs { a { uri = "a.csv", schema = "k long" } }
      outputs { o { from = a, uri = "out", format = csv, mode = replace } }
      run { keep-runs = 5 }
      """;

  @TempDir
  Path directory;
  private TestJobs jobs;
  private Path unbegun;

  @BeforeEach
  void leaveARun() throws IOException {
    jobs = new TestJobs(directory);
    Files.writeString(directory.resolve("a.csv"), "k\n1\n");
    unbegun = jobs.state().runDirectory(RUN);
    Files.createDirectories(unbegun);
    Files.createDirectories(jobs.state().jobDirectory("small"));
    Files.writeString(jobs.state().jobDirectory("small").resolve("holder.json"),
        "{\"run.id\": \"" + RUN + "\", \"pid\": 1, \"host\": \"h\", \"since\": \"2026-01-01T00:00:00Z\"}");
  }

  @Test
  void isDeletedByWhoeverHasTheLockNext() throws IOException {
    Files.writeString(unbegun.resolve("run.json.unfinished"), "{");
    jobs.run(JOB);
    assertThat(unbegun).doesNotExist();
  }

  @Test
  void staysWhenThereIsAnythingElse() throws IOException {
    Files.writeString(unbegun.resolve("run.json.unfinished"), "{");
    Files.writeString(unbegun.resolve("precious"), "mine");
    jobs.run(JOB);
    assertThat(unbegun.resolve("precious")).hasContent("mine");
  }

  @Test
  void ofAnotherJobStays() throws IOException {
    jobs.run(JOB.replace("job = small", "job = other"));
    assertThat(unbegun).isEmptyDirectory();
  }
}
