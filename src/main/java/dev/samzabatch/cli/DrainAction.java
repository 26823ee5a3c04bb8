package dev.samzabatch.cli;

import dev.samzabatch.data.Place;
import dev.samzabatch.data.Problem;
import dev.samzabatch.data.UserException;
import dev.samzabatch.run.DrainRequest;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunRegistry;
import dev.samzabatch.run.RunStatus;
import dev.samzabatch.run.StateDirectory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Asks a run to drain, and waits until it has ended. */
final class DrainAction {

  private static final long LOOK_MILLIS = 250;

  private final StateDirectory state;
  private final Console console;

  DrainAction(StateDirectory state, Console console) {
    this.state = state;
    this.console = console;
  }

  /**
   * Drains a run.
   *
   * @return the exit code
   * @throws UserException when it is not under way
   */
  int drain(RunRecord run) throws InterruptedException {
    if (run.status() != RunStatus.RUNNING) {
      throw new UserException(Problem.error("SB-6010", Place.none(),
          "run " + run.runId() + " of job " + run.job() + " is not under way: it is " + word(run.status()),
          run.isResumable() ? "start it again first: samza-batch resume " + run.runId() : "there is nothing to drain"));
    }
    DrainRequest.write(state, run.runId());
    RunRecord now = run;
    while (now.status() == RunStatus.RUNNING) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      now = new RunRegistry(state).find(run.runId()).orElseThrow();
    }
    console.tell("run " + now.runId() + " of job " + now.job() + ": " + word(now.status())
        + (now.failure().isEmpty() ? "" : ": " + now.failure()));
    return now.status().isDone() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String word(RunStatus status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
