package dev.samzabatch.cli;

import dev.samzabatch.run.SharedRuns;
import dev.samzabatch.run.StateDirectory;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samza-batch runs}. */
@Command(name = "runs", mixinStandardHelpOptions = true, description = "Lists runs, the newest first.")
final class RunsCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "JOB", description = "Only runs of the job of this name.")
  private Optional<String> job = Optional.empty();

  @Mixin
  private StateOptions state;

  @Mixin
  private ViaOptions via;

  @Mixin
  private ConsoleOptions console;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    StateDirectory directory = Settings.state(state);
    try (SharedRuns shared = Settings.shared(directory)) {
      Settings.connect(shared, via);
      return new HistoryAction(directory, new Console(console), json).list(job);
    }
  }
}
