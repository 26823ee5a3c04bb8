package dev.samzabatch.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code samza-batch explain}. */
@Command(name = "explain", mixinStandardHelpOptions = true,
    description = "Tells more about an error, by its code. Without a code it lists all of them.")
final class ExplainCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "CODE", description = "For example SB-1020.")
  private Optional<String> code = Optional.empty();

  @Mixin
  private ConsoleOptions console;

  @Override
  public Integer call() {
    return new ExplainAction(new Console(console)).explain(code);
  }
}
