package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.system.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job over files loads no class that only others need. */
class LoadedClassesTest {

  private static final int HALTED = 137;

  @TempDir
  Path directory;
  private Shell shell;
  private String job;

  @BeforeEach
  void makeJob() throws IOException {
    shell = new Shell(directory);
    shell.file("in.csv", "k,v\n1,2\n1,3\n2,4\n");
    shell.file("job.conf", """
        job = local
        inputs { a { uri = "in.csv", schema = "k long, v long" } }
        steps { sums { from = a, by = [k], aggregate = ["sum(v) as s"] } }
        outputs { o { from = sums, uri = "out", format = json, mode = replace } }
        """);
    job = shell.path("job.conf").toString();
  }

  /** Runs a command in a process of its own, and looks at the names of the classes that it has loaded. */
  private void loadsNoneOfKafka(String faults, int exit, String... args) throws Exception {
    Path loaded = directory.resolve("loaded.txt");
    Path said = directory.resolve("said.txt");
    List<String> command = ChildJvm.command(
        List.of("-Xlog:class+load:file=" + loaded, "-D" + Faults.PROPERTY + "=" + faults), List.of(args));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly().onExit().join();
    }
    assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(exit);
    try (Stream<String> lines = Files.lines(loaded)) {
      List<String> ours = lines.filter(line -> line.contains("] dev.samzabatch.") || line.contains("] org.apache."))
          .map(line -> line.replaceAll(".*\\] (\\S+) .*", "$1")).toList();
      assertThat(ours).contains("dev.samzabatch.cli.Main");
      assertThat(ours.stream().filter(c -> c.startsWith("org.apache.kafka.") || c.startsWith("org.apache.avro.")))
          .as("%s", List.of(args)).isEmpty();
    }
  }

  private String[] inState(String... args) {
    return shell.arguments(args);
  }

  @Test
  void aRunOverFilesLoadsNothingOfKafka() throws Exception {
    loadsNoneOfKafka("", ExitCode.DONE, inState("run", job));
    assertThat(shell.rows("out")).containsExactly("{\"k\":1,\"s\":5}", "{\"k\":2,\"s\":4}");
    loadsNoneOfKafka("", ExitCode.DONE, inState("runs"));
    loadsNoneOfKafka("", ExitCode.DONE, "plan", job);
    loadsNoneOfKafka("", ExitCode.DONE, "check", job, "--connect");
  }

  @Test
  void neitherDoResumingNorDeleting() throws Exception {
    loadsNoneOfKafka("BLOCK_WRITE:halt", HALTED, inState("run", job));
    List<String> runs = shell.runIds();
    assertThat(runs).hasSize(1);
    loadsNoneOfKafka("", ExitCode.DONE, inState("resume", runs.get(0)));
    assertThat(shell.rows("out")).containsExactly("{\"k\":1,\"s\":5}", "{\"k\":2,\"s\":4}");
    loadsNoneOfKafka("", ExitCode.DONE, inState("clean", "--all"));
    assertThat(shell.runIds()).isEmpty();
  }
}
