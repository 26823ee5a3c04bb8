package dev.samzabatch.cli;

import dev.samzabatch.run.ResumeRequest;
import dev.samzabatch.run.RunRecord;
import dev.samzabatch.run.RunRegistry;
import dev.samzabatch.run.SharedRuns;
import dev.samzabatch.run.StateDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samza-batch resume}. */
@Command(name = "resume", mixinStandardHelpOptions = true,
    description = "Goes on with a run that failed, was interrupted or died, from the last commit of each of its "
        + "tasks. Refuses when the job, its inputs or the program have changed since it began.")
final class ResumeCommand implements Callable<Integer> {

  /** Which run is meant; exactly one of them is given. */
  static final class Selection {
    @Parameters(paramLabel = "RUN", description = "A run.id, or the beginning or end of one.")
    private String run;

    @Option(names = "--last", required = true, description = "The newest run.")
    private boolean last;
  }

  @ArgGroup(multiplicity = "1")
  private Selection selection;

  @Option(names = "--job", paramLabel = "JOB", description = "With --last: the newest run of this job.")
  private Optional<String> job = Optional.empty();

  @Option(names = "--set", paramLabel = "PATH=VALUE",
      description = "Sets a key that does not change the plan, for example run.containers=4.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--anyway", description = "Goes on with what has changed where that can still be right: an input "
      + "that has only a new time, a check that asks for something else.")
  private boolean anyway;

  @Mixin
  private StateOptions state;

  @Mixin
  private ViaOptions via;

  @Mixin
  private ConsoleOptions console;

  @Option(names = "--json", description = "Prints the run's record as one JSON document instead of the summary (on "
      + "standard error, when an output goes to standard output).")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (job.isPresent() && !selection.last) {
      throw console.usageError("--job goes with --last.");
    }
    StateDirectory directory = Settings.state(state);
    try (SharedRuns shared = Settings.shared(directory)) {
      Settings.connect(shared, via);
      RunRegistry registry = new RunRegistry(directory);
      RunRecord run = selection.last ? registry.newest(job) : registry.resolve(selection.run);
      return new RunAction(directory, new Console(console), json)
          .resume(run, new ResumeRequest(sets, anyway, System.getenv()));
    }
  }
}
