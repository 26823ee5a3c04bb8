package dev.samzabatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludesTest {

  @TempDir
  Path temp;
  private JobFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new JobFolder(temp);
  }

  @Test
  void aFileBesideIsIncludedInEveryForm() {
    folder.file("run.conf", "run { containers = 3 }\n");
    for (String form : new String[] {"\"run.conf\"", "required(\"run.conf\")", "file(\"run.conf\")",
        "required(file(\"run.conf\"))", "required( \"./run.conf\" )"}) {
      folder.job("include " + form + "\n" + JobFolder.jobWith(""));
      assertThat(folder.load().run().containers()).as(form).isEqualTo(3);
    }
  }

  @Test
  void includesOfIncludesStartAtTheirOwnFolder() {
    folder.file("sub/run.conf", "include \"deep/more.conf\"\n").file("sub/deep/more.conf", "run { containers = 4 }");
    folder.job("include \"sub/run.conf\"\n" + JobFolder.jobWith(""));
    assertThat(folder.load().run().containers()).isEqualTo(4);
  }

  @Test
  void anIncludeInsideAnObjectFillsThatObject() {
    folder.file("run.conf", "containers = 5, partitions = ${containers}");
    folder.job(JobFolder.jobWith("run { include \"run.conf\" }"));
    assertThat(folder.load().run().containers()).isEqualTo(5);
    assertThat(folder.load().run().partitions()).hasValue(5);
  }

  @Test
  void aMissingIncludeIsAnError() {
    folder.job("include \"systems.conf\"\n" + JobFolder.jobWith(""));
    assertThat(folder.errors()).isEqualTo("""
        job.conf:1:9  error SB-1010: the included file systems.conf does not exist
            1 | include "systems.conf"
              |         ^^^^^^^^^^^^^^ an included file is looked for in the folder of the file that includes it""");
  }

  @Test
  void formsThatAreNoFilesAreRefused() {
    for (String form : new String[] {"url(\"http://x/y\")", "classpath(\"x\")", "optional(\"x\")",
        "required(url(\"x\"))"}) {
      folder.job("include " + form + "\n" + JobFolder.jobWith(""));
      assertThat(folder.errors()).as(form)
          .startsWith("job.conf:1:1  error SB-1014: this form of include is not known here\n");
    }
  }

  @Test
  void circlesOfIncludesAreReported() {
    folder.file("a.conf", "include \"b.conf\"\n").file("b.conf", "x = 1\n  include \"a.conf\"\n");
    folder.job("include \"a.conf\"\n");
    assertThat(folder.errors()).isEqualTo("""
        b.conf:2:11  error SB-1011: a.conf includes itself, directly or through others
            2 |   include "a.conf"
              |           ^^^^^^^^ remove one of the includes""");
    folder.job("include \"job.conf\"\n");
    assertThat(folder.errors()).startsWith("job.conf:1:9  error SB-1011: ");
  }

  @Test
  void aFileMayBeIncludedTwiceByDifferentFiles() {
    folder.file("common.conf", "run { containers = 2 }").file("a.conf", "include \"common.conf\"").file("b.conf",
        "include \"common.conf\"");
    folder.job("include \"a.conf\"\ninclude \"b.conf\"\n" + JobFolder.jobWith(""));
    assertThat(folder.load().run().containers()).isEqualTo(2);
  }

  @Test
  void mistakesAreReportedInTheIncludedFile() {
    folder.file("sub/run.conf", "run {\n  containers = 2\n  containers = 3\n  keep = 4\n}\n");
    folder.job("include \"sub/run.conf\"\n" + JobFolder.jobWith(""));
    assertThat(folder.errors()).isEqualTo(
        """
            sub/run.conf:3:3  error SB-1012: run.containers is set twice: here and at sub/run.conf:2:3
                3 |   containers = 3
                  |   ^^^^^^^^^^ remove one of the two
            sub/run.conf:4:3  error SB-1020: "keep" is no key of run
                4 |   keep = 4
                  |   ^^^^ keys: containers, memory, state, streams-on, streams, commit-every, partitions, if-running, keep-runs, retries, retry-window, stall-after, fail-on-stall""");
  }

  @Test
  void aFileMayOverrideWhatItIncludes() {
    folder.file("run.conf", "run { containers = 2 }");
    folder.job("include \"run.conf\"\n" + JobFolder.jobWith("run { containers = 6 }"));
    assertThat(folder.load().run().containers()).isEqualTo(6);
    assertThat(folder.warnings()).isEmpty();
  }

  @Test
  void anIncludeThatOverridesTheFileBeforeItIsAWarning() {
    folder.file("run.conf", "run { containers = 2 }");
    folder.job(JobFolder.jobWith("run { containers = 6 }\ninclude \"run.conf\""));
    assertThat(folder.load().run().containers()).isEqualTo(2);
    assertThat(folder.warnings()).isEqualTo("""
        run.conf:1:7  warning SB-1015: run.containers is set here, so its value at job.conf:4:7 is lost
            1 | run { containers = 2 }
              |       ^^^^^^^^^^ move the include before it if that value is meant to win""");
  }

  @Test
  void anIncludedDirectoryIsAnError() {
    folder.file("sub/x.conf", "").job("include \"sub\"\n");
    assertThat(folder.errors()).startsWith("sub  error SB-1001: the file is a directory, a job file was expected\n");
  }
}
