package dev.samzabatch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samza-batch run}. */
@Command(name = "run", mixinStandardHelpOptions = true,
    description = "Runs a job once: publishes its complete result, or nothing and says why.")
final class RunCommand implements Callable<Integer> {
  @Mixin
  private JobOptions job;

  @Mixin
  private StateOptions state;

  @Mixin
  private ConsoleOptions console;

  @Option(names = "--json", description = "Prints the run's record as one JSON document instead of the summary (on "
      + "standard error, when an output goes to standard output).")
  private boolean json;

  @Option(names = "--fresh",
      description = "A job without end (mode = streaming) begins anew, rather than go on with the "
          + "run that was stopped.")
  private boolean fresh;

  @Override
  public Integer call() throws Exception {
    return new RunAction(Settings.state(state), new Console(console), json).run(Settings.request(job), fresh);
  }
}
