package dev.samzabatch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samza-batch check}. */
@Command(name = "check", mixinStandardHelpOptions = true,
    description = "Looks for everything that is wrong with a job, its inputs included. Creates nothing.")
final class CheckCommand implements Callable<Integer> {
  @Mixin
  private JobOptions job;

  @Mixin
  private ConsoleOptions console;

  @Option(names = "--json", description = "Prints all problems as one JSON document.")
  private boolean json;

  @Option(names = "--connect", description = "Tells first what the job must be allowed to do on the Kafka systems that "
      + "it names.")
  private boolean connect;

  @Override
  public Integer call() {
    return new PlanAction(new Console(console)).check(Settings.request(job), json, connect);
  }
}
