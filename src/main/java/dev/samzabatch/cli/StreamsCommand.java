package dev.samzabatch.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code samza-batch streams}. */
@Command(name = "streams", mixinStandardHelpOptions = true,
    description = "Looks into the internal streams of a run. They are deleted when a run is done, and kept when it is "
        + "not.",
    subcommands = {StreamsCommand.Ls.class, StreamsCommand.Cat.class})
final class StreamsCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: ls or cat.");
  }

  /** {@code samza-batch streams ls}. */
  @Command(name = "ls", mixinStandardHelpOptions = true,
      description = "Lists the internal streams that a run has left.")
  static final class Ls implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "A run.id, or the beginning or end of one.")
    private String run;

    @Mixin
    private StateOptions state;

    @Mixin
    private ConsoleOptions console;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      return new StreamsAction(Settings.state(state), new Console(console)).list(run, json);
    }
  }

  /** {@code samza-batch streams cat}. */
  @Command(name = "cat", mixinStandardHelpOptions = true,
      description = "Prints what is in internal streams, end-of-stream marks included: a JSON object a line.")
  static final class Cat implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "A run.id, or the beginning or end of one.")
    private String run;

    @Parameters(index = "1", arity = "0..1", paramLabel = "STREAM",
        description = "A stream's name or the name of its step. Default: all streams.")
    private Optional<String> stream = Optional.empty();

    @Mixin
    private StateOptions state;

    @Mixin
    private ConsoleOptions console;

    @Override
    public Integer call() throws Exception {
      return new StreamsAction(Settings.state(state), new Console(console)).cat(run, stream);
    }
  }
}
