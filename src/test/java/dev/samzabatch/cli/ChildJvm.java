package dev.samzabatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samzabatch.system.Faults;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own, which can be ended like any other. It is killed when closed. */
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader err;

  private ChildJvm(Process process) {
    this.process = process;
    this.err = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
  }

  /** Starts a command, not quietly. */
  static ChildJvm start(Shell shell, String... args) throws IOException {
    return startArmed("", shell, args);
  }

  /** Starts a command, not quietly, that meets these {@link dev.samzabatch.system.Faults}. */
  static ChildJvm startArmed(String faults, Shell shell, String... args) throws IOException {
    List<String> arguments = new ArrayList<>(Arrays.asList(shell.arguments(args)));
    arguments.remove("-q");
    List<String> command = command(List.of("-D" + Faults.PROPERTY + "=" + faults), arguments);
    return new ChildJvm(new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** What starts a process of its own, with these options of Java. */
  static List<String> command(List<String> options, List<String> arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-Xmx512m", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return command;
  }

  /** Reads what the command says up to a line that matches, and gives that line. */
  String await(String regex) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      said.append(line).append('\n');
      if (line.matches(regex)) {
        return line;
      }
    }
    throw new IOException("the command ended without a line like " + regex + ":\n" + said);
  }

  /** What the command says from here to its end. */
  String rest() throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      said.append(line).append('\n');
    }
    return said.toString();
  }

  long pid() {
    return process.pid();
  }

  /** Sends SIGTERM; unlike that of the process, the handle leaves what the child says readable. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Sends SIGKILL and waits for the end. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    exit();
  }

  /** Waits for the end and gives the exit code. */
  int exit() throws InterruptedException {
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the process ends").isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
