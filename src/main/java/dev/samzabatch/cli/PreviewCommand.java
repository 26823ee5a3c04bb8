package dev.samzabatch.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samza-batch preview}. */
@Command(name = "preview", mixinStandardHelpOptions = true,
    description = "Shows rows of a step, computed from the first rows of every input. Publishes nothing.")
final class PreviewCommand implements Callable<Integer> {
  @Mixin
  private JobOptions job;

  @Mixin
  private ConsoleOptions console;

  @Option(names = "--step", paramLabel = "NAME",
      description = "The step or input. Default: what the first output gets.")
  private Optional<String> step = Optional.empty();

  @Option(names = {"-n", "--rows"}, paramLabel = "N", description = "How many rows at most. Default: ${DEFAULT-VALUE}.",
      defaultValue = "20")
  private int rows;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    if (rows < 1) {
      throw console.usageError("Invalid value for option '--rows': " + rows + " is less than 1.");
    }
    return new PreviewAction(new Console(console), json).preview(Settings.request(job), step, rows);
  }
}
