package dev.samzabatch.run;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** The log of a run, {@code run.log} in its directory: a line an event, stack traces included. Thread-safe. */
final class RunLog implements Closeable {

  private final BufferedWriter writer;

  RunLog(Path runDirectory) throws IOException {
    writer =
        Files.newBufferedWriter(
            file(runDirectory), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The log of a run. */
  static Path file(Path runDirectory) {
    return runDirectory.resolve("run.log");
  }

  /** Writes a line and flushes it. A log that cannot be written does not stop a run. */
  synchronized void line(String message) {
    try {
      writer.write(Instant.now() + "  " + message + System.lineSeparator());
      writer.flush();
    } catch (IOException e) {
      // The run's own files tell of a full disk; the log must not be what fails.
    }
  }

  /** Writes what went wrong with its stack trace. */
  void failure(Throwable cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    line(trace.toString().stripTrailing());
  }

  @Override
  public synchronized void close() {
    try {
      writer.close();
    } catch (IOException e) {
      // As for lines.
    }
  }
}
