package dev.samzabatch.cli;

import dev.samzabatch.run.RunRegistry;
import dev.samzabatch.run.StateDirectory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code samza-batch drain}. */
@Command(name = "drain", mixinStandardHelpOptions = true,
    description = "Lets a run without end read no further, finish its windows, publish what it has and end; waits "
        + "until it has.")
final class DrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "A run.id, or the beginning or end of one.")
  private String run;

  @Mixin
  private StateOptions state;

  @Mixin
  private ConsoleOptions console;

  @Override
  public Integer call() throws InterruptedException {
    StateDirectory directory = Settings.state(state);
    return new DrainAction(directory, new Console(console)).drain(new RunRegistry(directory).resolve(run));
  }
}
