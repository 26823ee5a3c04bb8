package dev.samzabatch.kafka;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** One node of a cluster and its process, of which there is none while the node is dead. Not thread-safe. */
final class KafkaNode {

  private static final Duration START = Duration.ofSeconds(60);
  private static final int TAIL_CHARS = 6_000;

  private final Path directory;
  private final List<String> command;
  private Process process;

  /** A node that keeps everything in this directory; {@code arguments} are those of {@link NodeMain} after it. */
  KafkaNode(Path directory, Properties settings, List<String> arguments) throws IOException {
    this.directory = Files.createDirectories(directory);
    try (Writer writer = Files.newBufferedWriter(directory.resolve(NodeMain.SETTINGS))) {
      settings.store(writer, null);
    }
    command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-cp", System.getProperty("java.class.path"), NodeMain.class.getName(), directory.toString()));
    command.addAll(arguments);
  }

  /** Starts the process and returns at once. */
  void start() throws IOException {
    Files.deleteIfExists(directory.resolve(NodeMain.SERVING));
    process = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
  }

  /** Waits until the started node serves. */
  void awaitServing() {
    Path serving = directory.resolve(NodeMain.SERVING);
    try {
      Await.until("the broker serves", START, () -> Files.exists(serving) || !process.isAlive());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ", its log ends with\n" + logTail(), e);
    }
    if (!process.isAlive()) {
      throw new AssertionError("the broker ended with " + process.exitValue() + ", its log ends with\n" + logTail());
    }
  }

  /** Sends SIGKILL and waits for the end of the process; nothing is done when there is none. */
  void kill() {
    if (process != null) {
      process.destroyForcibly();
      try {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
          throw new AssertionError("the broker with pid " + process.pid() + " outlives its kill");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for the end of a broker", e);
      }
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  String logTail() {
    try {
      String text = Files.readString(log(), StandardCharsets.UTF_8);
      return text.substring(Math.max(0, text.length() - TAIL_CHARS));
    } catch (IOException e) {
      return "(not readable: " + e + ")";
    }
  }

  private Path log() {
    return directory.resolve("broker.log");
  }
}
