package dev.samzabatch.cli;

import dev.samzabatch.run.SharedRuns;
import dev.samzabatch.run.StateDirectory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samza-batch show}. */
@Command(name = "show", mixinStandardHelpOptions = true,
    description = "Shows a run: how it ended, its stages, streams, rows, outputs and checks.")
final class ShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "A run.id, or the beginning or end of one.")
  private String run;

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
      return new HistoryAction(directory, new Console(console), json).show(run);
    }
  }
}
