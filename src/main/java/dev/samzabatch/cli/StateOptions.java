package dev.samzabatch.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where runs keep their state. */
final class StateOptions {

  @Option(names = "--state-dir", paramLabel = "DIR",
      description = "Where runs keep their state. Default: $SAMZA_BATCH_STATE, else $XDG_STATE_HOME/samza-batch, else "
          + "~/.local/state/samza-batch.")
  private Path directory;

  /** The directory that was named; null when none was. */
  Path directory() {
    return directory;
  }
}
