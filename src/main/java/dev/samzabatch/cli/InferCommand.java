package dev.samzabatch.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samza-batch infer}. */
@Command(name = "infer", mixinStandardHelpOptions = true,
    description = "Guesses the schema of files from a sample of them, and prints an input to paste into a job file.")
final class InferCommand implements Callable<Integer> {
  @Parameters(paramLabel = "URI", description = "A file, a folder or a pattern, as in a job file.")
  private String uri;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of the input. Default: ${DEFAULT-VALUE}.",
      defaultValue = "data")
  private String name;

  @Option(names = "--format", paramLabel = "FORMAT",
      description = "json, csv or tsv. Default: what the name ends with.")
  private Optional<String> format = Optional.empty();

  @Option(names = "--header", arity = "1", paramLabel = "true|false",
      description = "Whether the first line of each file holds the names of the columns.")
  private Optional<Boolean> header = Optional.empty();

  @Option(names = "--delimiter", paramLabel = "CHAR", description = "What stands between two cells.")
  private Optional<String> delimiter = Optional.empty();

  @Mixin
  private ConsoleOptions console;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    return new InferAction(new Console(console), name, json).infer(uri, format, header, delimiter);
  }
}
