package dev.samzabatch.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where runs of other hosts are known. */
final class ViaOptions {

  @Option(names = "--via", paramLabel = "JOB.CONF",
      description = "Asks the system that this job file names in run.streams-on for the runs of all hosts.")
  private Optional<Path> jobFile = Optional.empty();

  /** A job file that leads there. */
  Optional<Path> jobFile() {
    return jobFile;
  }
}
