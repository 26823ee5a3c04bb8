package dev.samzabatch.cli;

import dev.samzabatch.data.ErrorKind;
import dev.samzabatch.run.RunOutcome;

/** What the process answers. Zero always means success, anything else never does. */
final class ExitCode {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int CHECKS = 3;
  static final int UNREACHABLE = 4;
  static final int ALREADY_RUNNING = 75;
  /** Asked to stop; usually the Java machine itself answers so. */
  static final int INTERRUPTED = 130;
  static final int TERMINATED = 143;

  private ExitCode() {}

  /** The answer to an error before anything was run. */
  static int of(ErrorKind kind) {
    return switch (kind) {
      case USER -> USAGE;
      case EXTERNAL -> UNREACHABLE;
      case CHECKS -> CHECKS;
      case RESOURCES, INTERNAL -> FAILED;
    };
  }

  /** The answer to a run that has ended. */
  static int of(RunOutcome outcome) {
    return switch (outcome.record().status()) {
      case DONE -> DONE;
      case CHECKS_FAILED -> CHECKS;
      case INTERRUPTED -> INTERRUPTED;
      case FAILED, RUNNING, DEAD -> FAILED;
    };
  }
}
